import type { Edition, Service } from "../edition/schema.ts";
import { isAlike } from "./alike.ts";
import { normal } from "./normal.ts";

/** As much of a message is read, so that the longest takes no time. */
const MOST_READ = 500;

/**
 * The services that a sentence asks for, by the words that the edition gives them in the person's language,
 * or in its own where it gives none. Endings do not count. Of a phrase all words have to be there.
 */
export function askedServices(text: string, edition: Edition, language: string): readonly Service[] {
  const [own = ""] = edition.languages;
  const words = normal(text.slice(0, MOST_READ)).split(" ");
  const says = (phrase: string) =>
    normal(phrase)
      .split(" ")
      .every((word) => words.some((written) => isAlike(word, written)));
  return (edition.services?.items ?? []).filter(({ asked }) =>
    (asked[language] ?? asked[own] ?? []).some(says),
  );
}
