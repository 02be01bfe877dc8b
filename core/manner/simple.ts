import type { Localised, Params, Text } from "../engine/message.ts";

/** What simple words are made with. */
export interface Simple {
  /** Whether a language has a message of that key. */
  has(key: string): boolean;
  /** Words that are written in capitals, such as SPID. */
  readonly acronyms: readonly string[];
}

/**
 * The same said simply: a message gives way to its simpler sibling, `simple.<key>`, where there is one,
 * and nothing that is quoted shouts.
 */
export function simply(text: Text, simple: Simple): Text {
  const say = (one: Text) => simply(one, simple);
  const quiet = (words: string) => calm(words, simple.acronyms);
  if ("key" in text) {
    const key = simple.has(`simple.${text.key}`) ? `simple.${text.key}` : text.key;
    return text.params ? { key, params: paramsOf(text.params, say, quiet) } : { key };
  }
  if ("literal" in text) return { literal: localised(text.literal, quiet) };
  if ("lines" in text) return { ...text, lines: text.lines.map(say) };
  return "list" in text ? { list: text.list.map(say) } : text;
}

const paramsOf = (params: Params, say: (text: Text) => Text, quiet: (words: string) => string): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === "object") return [name, say(value)];
      return [name, typeof value === "string" ? quiet(value) : value];
    }),
  );

const localised = (words: Localised, quiet: (words: string) => string): Localised =>
  typeof words === "string"
    ? quiet(words)
    : Object.fromEntries(Object.entries(words).map(([language, one]) => [language, quiet(one)]));

/** Fewer words in capitals are a name, a code or an acronym, and no shouting. */
const SHOUTED_WORDS = 3;

/** A title that is all in capitals, as a sentence is written. */
export function calm(text: string, acronyms: readonly string[]): string {
  const shouted = text.match(/\p{Lu}{2,}/gu)?.filter((word) => !acronyms.includes(word)) ?? [];
  if (/\p{Ll}/u.test(text) || shouted.length < SHOUTED_WORDS) return text;
  const quiet = text.replace(/\p{L}+/gu, (word) => (acronyms.includes(word) ? word : word.toLowerCase()));
  return quiet.replace(/\p{L}/u, (first) => first.toUpperCase());
}
