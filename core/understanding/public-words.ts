import { fold } from "./numbers.ts";

/** Words that anybody may read already: nothing of a person is in them. */
export interface PublicWords {
  /**
   * @param word as {@link fold} leaves it, nothing but letters
   * @param isName it was written as names are, with a capital within a sentence
   */
  has(word: string, isName: boolean): boolean;
}

/** Where they stand. */
export interface PublicTexts {
  /** The sentences that a classifier was trained on. */
  readonly sentences: readonly string[];
  /** What the assistant says. */
  readonly messages: readonly string[];
  /** What an edition's file says; the names in it are those of places and offices. */
  readonly edition: readonly string[];
}

/** A word that one sentence alone has may be a name that somebody made up for it. */
const LEAST_SENTENCES = 2;

/**
 * Common words are those that are written small in several sentences or in a message; names are those of
 * the edition alone, and common words that messages write with a capital, such as Comune.
 */
export function makePublicWords({ sentences, messages, edition }: PublicTexts): PublicWords {
  const common = new Set(messages.flatMap(wordsOf).flatMap(small));
  const names = new Set(edition.flatMap(wordsOf).map(fold));
  const seen = new Map<string, number>();
  for (const sentence of sentences)
    for (const word of new Set(wordsOf(sentence).flatMap(small))) seen.set(word, (seen.get(word) ?? 0) + 1);
  for (const [word, times] of seen) if (times >= LEAST_SENTENCES) common.add(word);
  const titled = new Set(messages.flatMap((message) => message.match(TITLED) ?? []).map(fold));
  return {
    has: (word, isName) => names.has(word) || (common.has(word) && (!isName || titled.has(word))),
  };
}

const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];
/** Words that stand by themselves: those of an address, a code or a figure do not. */
const WORD = /(?<![\p{L}\p{M}\p{N}@._/])\p{L}[\p{L}\p{M}]*(?![\p{L}\p{M}\p{N}@_/]|\.\p{L})/gu;

/** Written with a capital in the middle of a sentence. */
const TITLED = /(?<=[\p{L},] )\p{Lu}\p{M}*\p{Ll}[\p{L}\p{M}]*/gu;

/** What is written small, as it is compared. */
const small = (word: string): readonly string[] => (/^\p{Ll}/u.test(word) ? [fold(word)] : []);

/** Written as names are. */
export const isTitled = (word: string): boolean => /^\p{Lu}\p{M}*\p{Ll}/u.test(word);
