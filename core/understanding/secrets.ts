import type { Words } from "../words.ts";
import { isCardNumber } from "./card-number.ts";
import { normal } from "./normal.ts";
import { fold, readNumberWord } from "./numbers.ts";

/** What nobody should write in a chat, and nobody of a Comune ever asks for. */
export type Secret = "card" | "password" | "pin" | "code";

/** Tells which secret a message gives away; `undefined` where it gives away none. */
export type FindSecret = (text: string) => Secret | undefined;

/**
 * Recognises secrets that are typed by mistake: the number of a payment card by itself; passwords,
 * PINs and one-time codes by the words around them, of `locales/<language>/secret.yaml`, in every
 * language whichever the person speaks. Who asks about them gives nothing away.
 *
 * Five digits in a message of their own may be a postcode or an amount, and are no secret; nor is what
 * somebody breaks over two messages.
 */
export function makeFindSecret(words: Words): FindSecret {
  const list = (key: string) => words.languages.flatMap((one) => words.list(one, `secret.${key}`));
  const cue = (kind: string) => anyOf(list(`cue.${kind}`).map(fold));
  const between = `(?:${GAP}+${anyOf(list("between").map(fold))})*`;
  const says = new RegExp(anyOf(list("says")), "giu");
  const came = new RegExp(anyOf(list("came").map(fold)), "iu");
  const nothing = new Set([...list("other"), ...list("between")].map(normal));

  /** Four digits or more beside what names them: "il pin è 12345", "12345 è il mio pin". */
  const figures = (kind: string, [least, most] = [4, 8]) => {
    const digits = `(?<found>\\d(?:[ .-]?\\d){${least - 1},${most - 1}})`;
    const after = `${cue(kind)}(?<gap>${between}${GAP}+)${digits}(?![ .-]?\\d)(?! ?(?:€|eur))`;
    const before = `(?<![\\d./+-] ?)${digits}(?<gap> =)${between}${GAP}+${cue(kind)}`;
    return [after, before].map((pattern) => new RegExp(pattern, "giu"));
  };
  const pins = figures("pin");
  const cards = figures("card", [3, 4]);
  const codes = figures("code");
  const anyCodes = figures("any");
  const passwordDigits = figures("password");
  const told = new RegExp(
    `${cue("password")}(?<gap>${between}${GAP}*)(?<found>[^ "'«»]\\S+)(?<rest>[^.!\\n]*)`,
    "giu",
  );
  const before = new RegExp(
    `(?<![^ "'«»])(?<found>[^ "'«»]{4,64})["'»]? =${between}${GAP}+${cue("password")}`,
    "giu",
  );

  const isWord = (found: string, gap: string, rest: string) => {
    const value = found.replace(/[.,;:!?"'»)]+$/, "");
    if (value.length < 3) return false;
    if (isMixed(value)) return true;
    if (!/[=:]/.test(gap) || /\?/.test(found + rest)) return false;
    return rest.trim() === "" && !nothing.has(normal(value).split(" ")[0] ?? "");
  };
  const isPassword = (text: string) =>
    matches([told], text).some(({ found, gap, rest }) => isWord(found, gap, rest)) ||
    matches([before], text).some(({ found }) => isMixed(found)) ||
    matches(passwordDigits, text).some(isFigures);

  return (text) => {
    const plain = fold(text.replace(says, " = ")).replace(/[^\S\n]+/g, " ");
    // Dictated, digits come as words.
    const spelled = plain.replace(/\p{L}+/gu, digitOf);
    if (isCardNumber(plain) || matches(cards, spelled).some(isFigures)) return "card";
    if (isPassword(plain)) return "password";
    if (matches(pins, spelled).some(isFigures)) return "pin";
    const named = matches(came.test(plain) ? [...codes, ...anyCodes] : codes, spelled);
    return named.some(isFigures) ? "code" : undefined;
  };
}

/** Between what names a secret and the secret there may be these signs, and words of a list. */
const GAP = "[\\s,:='\"«“(-]";

interface Match {
  readonly found: string;
  readonly gap: string;
  readonly rest: string;
}

const matches = (patterns: readonly RegExp[], text: string): readonly Match[] =>
  patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ groups }) => ({
      found: groups?.["found"] ?? "",
      gap: groups?.["gap"] ?? "",
      rest: groups?.["rest"] ?? "",
    })),
  );

/** Letters with figures, or with signs that no word has. */
const isMixed = (value: string): boolean =>
  value.length >= 4 &&
  /\p{L}/u.test(value) &&
  /\d|[#$%&*+^_~§!@](?=.)/u.test(value) &&
  !/:\/\/|.@.+\./.test(value);

/** Figures that are no date, and no year unless they are told: "il pin è 1949", "pin del 2019". */
const isFigures = ({ found, gap }: Match): boolean =>
  !/^\d{1,2}[ .-]\d{1,2}[ .-]\d{4}$/.test(found) && (/[=:]/.test(gap) || !/^(?:19|20)\d\d$/.test(found));

/** One of some phrases, whole. */
const anyOf = (phrases: readonly string[]): string => {
  const longestFirst = [...phrases].sort((one, other) => other.length - one.length);
  const escaped = longestFirst.map((phrase) => phrase.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
  return `(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`;
};

function digitOf(word: string): string {
  const read = readNumberWord(word);
  return read?.kind === "value" && read.value < 10 ? String(read.value) : word;
}
