import type { FindConcepts } from "./concepts.ts";

/** What is known of a language's words. */
export interface Grammar {
  /** The words of a text in lower case, without accents and punctuation. */
  words(text: string): readonly string[];
  /** What is left of a word without its endings. */
  stem(word: string): string;
}

/** Longer sentences are classified by their beginning: what is wanted is said early, and the work is bounded. */
const LONGEST = 500;
/** Letters in a row, across the gaps between words: they forgive typing mistakes and know no grammar. */
const SHORTEST_RUN = 2;
const LONGEST_RUN = 5;
/** A length of so many words and more is one feature. */
const LONGEST_LENGTH = 6;

/** A sentence as it is compared with others: its words, a blank between two. */
export const tidy = (grammar: Grammar, text: string): string => grammar.words(text).join(" ");

/**
 * What the classifier sees of a sentence, in three groups that weigh the same however many they
 * are: runs of letters, stems with their neighbours, and concepts with the company they are in.
 */
export function featuresOf(
  text: string,
  grammar: Grammar,
  concepts: FindConcepts,
): readonly (readonly string[])[] {
  const words = grammar.words(text.slice(0, LONGEST));
  if (words.length === 0) return [];
  const sentence = words.join(" ");
  return [
    runs(` ${sentence} `),
    [
      ...stems(words.map((word) => grammar.stem(word))),
      ...(text.includes("?") ? ["question"] : []),
      lengthOf(words),
    ],
    inCompany(concepts(sentence)),
  ];
}

function runs(padded: string): string[] {
  const found = new Set<string>();
  for (let length = SHORTEST_RUN; length <= LONGEST_RUN; length++)
    for (let at = 0; at + length <= padded.length; at++) found.add(`c${padded.slice(at, at + length)}`);
  return [...found];
}

function stems(all: readonly string[]): string[] {
  const found = new Set<string>();
  for (const [at, stem] of all.entries()) {
    found.add(`w${stem}`);
    found.add(`b${all[at - 1] ?? "^"}_${stem}`);
  }
  found.add(`b${all.at(-1)}_$`);
  return [...found];
}

const lengthOf = (words: readonly string[]): string =>
  `length${Math.min(LONGEST_LENGTH, Math.floor(Math.log2(words.length + 1) * 1.5))}`;

function inCompany(concepts: readonly string[]): string[] {
  const found: string[] = [];
  for (const [at, concept] of concepts.entries()) {
    found.push(`k${concept}`);
    for (const other of concepts.slice(at + 1)) found.push(`k${concept}+${other}`);
  }
  return found;
}
