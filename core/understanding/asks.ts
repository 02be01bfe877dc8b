import { isAlike } from "./alike.ts";
import { normal } from "./normal.ts";

/** As much of a message is read, so that the longest takes no time. */
const MOST_READ = 500;

/** Tells of a phrase whether all its words are in a message, in any order. Endings do not count. */
export function asks(text: string): (phrase: string) => boolean {
  const words = normal(text.slice(0, MOST_READ)).split(" ");
  return (phrase) =>
    normal(phrase)
      .split(" ")
      .every((word) => words.some((written) => isAlike(word, written)));
}
