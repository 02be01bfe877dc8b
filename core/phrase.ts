import { IntlMessageFormat } from "intl-messageformat";
import { Defect } from "./defect.ts";

/** One message of a language, in ICU MessageFormat. */
export interface Phrase {
  /** Names of what fills it, sorted. */
  readonly params: readonly string[];
  /** Why it cannot be used, naming the key. */
  readonly mistake?: string;
  /**
   * Puts the values in their places, exactly as they are: nothing in them is read as markup.
   *
   * @throws Defect naming the key and the value that is missing or is not a number
   */
  fill(values: Readonly<Record<string, string | number>>): string;
}

/**
 * Reads a message. Two things differ from ICU, because this is prose for people: tags are plain
 * text, and an apostrophe is an apostrophe even before a brace ("dell'{office}" would otherwise
 * come out with its braces and without its office).
 *
 * @param locale BCP 47, decides plurals and how numbers are written
 */
export function makePhrase(key: string, words: string, locale: string): Phrase {
  // Most have nothing to be filled, or names alone, and to read thousands of them as ICU takes its time.
  if (!/[{}]/.test(words)) return { params: [], fill: () => words };
  if (NAMES_ALONE.test(words)) return makePlain(key, words);
  const format = compile(words, locale);
  const uses = format ? usesIn(format.getAst()) : [];
  const mistake = !format
    ? `${key} is not well written, see its braces`
    : uses.some(({ as }) => as === "unknown")
      ? `${key} writes a date or a time by itself`
      : undefined;
  if (!format || mistake) return { params: [], mistake: mistake ?? key, fill: () => fail(mistake ?? key) };

  return {
    params: [...new Set(uses.map(({ name }) => name))].sort(),
    fill(values) {
      for (const { name, as } of uses) {
        if (!Object.hasOwn(values, name)) fail(`The message "${key}" lacks "${name}".`);
        if (as === "number" && typeof values[name] !== "number")
          fail(`The message "${key}" needs a number for "${name}".`);
      }
      return String(format.format({ ...values }));
    },
  };
}

const NAMES_ALONE = /^[^{}]*(\{[a-zA-Z]\w*\}[^{}]*)+$/;

/** A message that is filled by names and nothing else, as ICU would do it. */
function makePlain(key: string, words: string): Phrase {
  // What stands between the names, and the names, in turns.
  const parts = words.split(/\{(\w+)\}/);
  const names = parts.filter((_, at) => at % 2 === 1);
  return {
    params: [...new Set(names)].sort(),
    fill(values) {
      for (const name of names)
        if (!Object.hasOwn(values, name)) fail(`The message "${key}" lacks "${name}".`);
      return parts.map((part, at) => (at % 2 === 1 ? String(values[part]) : part)).join("");
    },
  };
}

function compile(words: string, locale: string): IntlMessageFormat | null {
  try {
    return new IntlMessageFormat(words.replaceAll("'", "''"), locale, undefined, { ignoreTag: true });
  } catch {
    return null;
  }
}

type Parts = ReturnType<IntlMessageFormat["getAst"]>;

/** A place in a message that a value fills, and what is made of the value. */
interface Use {
  readonly name: string;
  readonly as: "text" | "number" | "unknown";
}

function usesIn(parts: Parts): Use[] {
  return parts.flatMap((part): Use[] => {
    if ("options" in part) {
      const branches = Object.values(part.options).flatMap((branch) => usesIn(branch.value));
      return [{ name: part.value, as: "pluralType" in part ? "number" : "text" }, ...branches];
    }
    if (part.type === partType.argument) return [{ name: part.value, as: "text" }];
    if (part.type === partType.number) return [{ name: part.value, as: "number" }];
    if (part.type === partType.date || part.type === partType.time)
      return [{ name: part.value, as: "unknown" }];
    return [];
  });
}

/** The parser's numbers for the parts of a message (`TYPE` of @formatjs/icu-messageformat-parser). */
const partType = { argument: 1, number: 2, date: 3, time: 4 } as const;

function fail(reason: string): never {
  throw new Defect(reason);
}
