import { ANSWERS } from "../lessons/answers.ts";
import { lessonNames } from "../lessons/names.ts";
import type { Words } from "../words.ts";
import { asks } from "./asks.ts";

/**
 * What a sentence tells that has gone wrong, of what its short answer is about.
 *
 * @param fewest words that a phrase has to have to be told by it; one on its own may be about something else
 */
export type FindTrouble = (language: string, payload: string, said: string, fewest?: number) => string;

/** `learn-spid` and "ho perso la password" → `learn-spid-password`; a payload of anything else stays. */
export function makeFindTrouble(words: Words): FindTrouble {
  return (language, payload, said, fewest = 1) => {
    const lesson = lessonNames.find((name) => payload === `learn-${name}`);
    if (lesson === undefined) return payload;
    const says = asks(said);
    const trouble = Object.keys(ANSWERS[lesson].troubles).find((name) =>
      words
        .list(language, `learn.${lesson}.asked.${name}`)
        .some((phrase) => phrase.split(" ").length >= fewest && says(phrase)),
    );
    return trouble === undefined ? payload : `${payload}-${trouble}`;
  };
}
