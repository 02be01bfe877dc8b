import type { Params } from "../core/engine/message.ts";
import type { Words } from "../core/words.ts";
import { gulpease, wordsOf } from "./gulpease.ts";
import { isLabel } from "./messages.ts";

/** Messages that are not measured, each with the reason. */
export const exempt: Readonly<Record<string, string>> = {
  "sources.source": "It is a document's title, which has to stand as it is.",
};

/** A message as it is read, and how easily. */
export interface Measured {
  readonly key: string;
  readonly text: string;
  /** Gulpease. */
  readonly index: number;
  readonly words: number;
}

/** A message of so many words has to be at {@link LEAST} or more by itself; a file at {@link AVERAGE} on average. */
export const LONG = 30;
export const LEAST = 60;
export const AVERAGE = 75;

/**
 * How easily Italian messages are read, about oneself and about somebody else. Labels of
 * buttons and of rows are no sentences: their few words would only flatter the average.
 *
 * @param filling what fills placeholders, by name
 * @throws Defect where a message has a placeholder that nothing fills
 */
export const measure = (words: Words, filling: Params, keys: readonly string[]): readonly Measured[] =>
  keys
    .filter((key) => !isLabel(key) && !Object.hasOwn(exempt, key))
    .flatMap((key) => {
      const said = ["self", "someone"].map((who) => words.say("it", { key, params: { ...filling, who } }));
      return [...new Set(said)].map((text) => ({
        ...{ key, text },
        index: gulpease(text),
        words: wordsOf(text).length,
      }));
    });

/** The average of some messages. */
export const averageOf = (measured: readonly Measured[]): number =>
  measured.reduce((sum, { index }) => sum + index, 0) / measured.length;

/** Long messages that are too hard. */
export const hardOf = (measured: readonly Measured[]): readonly Measured[] =>
  measured.filter(({ index, words }) => words >= LONG && index < LEAST);
