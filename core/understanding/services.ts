import type { Edition, Service } from "../edition/schema.ts";
import { asks } from "./asks.ts";

/**
 * The services that a sentence asks for, by the words that the edition gives them in the person's language,
 * or in its own where it gives none.
 */
export function askedServices(text: string, edition: Edition, language: string): readonly Service[] {
  const [own = ""] = edition.languages;
  const says = asks(text);
  return (edition.services?.items ?? []).filter(({ asked }) =>
    (asked[language] ?? asked[own] ?? []).some(says),
  );
}
