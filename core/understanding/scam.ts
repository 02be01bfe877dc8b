import type { Words } from "../words.ts";
import { asks } from "./asks.ts";
import { type FindTrouble, makeFindTrouble } from "./trouble.ts";

/** What to answer to who tells of a scam, and whether it can hardly be anything else. */
export interface Scam {
  readonly payload: string;
  readonly isSure: boolean;
}

export type FindScam = (language: string, said: string) => Scam | undefined;

/**
 * Knows a scam by the phrases of `learn.scam`: it is no wish of its own, and who is in the middle of one cannot
 * wait for the right words.
 */
export function makeFindScam(words: Words, trouble: FindTrouble = makeFindTrouble(words)): FindScam {
  return (language, said) => {
    const says = asks(said);
    const isSure = words.list(language, "learn.scam.sure").some(says);
    if (!isSure && !words.list(language, "learn.scam.maybe").some(says)) return undefined;
    return { payload: trouble(language, "learn-scam", said), isSure };
  };
}
