import { type Intent, type Label, OUT_OF_SCOPE } from "./intents.ts";
import type { Thresholds } from "./model.ts";

/** What is to be done with a sentence. */
export type Decision =
  /** Answer: it is clear enough. */
  | "answer"
  /** Ask whether one of the three likeliest was meant. */
  | "confirm"
  /** Say that it was not understood. */
  | "fallback";

export interface Understood {
  /** The likeliest of what it could be, even where nothing was understood. */
  readonly intent: Intent;
  /** How likely, from 0 to 1. */
  readonly score: number;
  /** The likeliest first. */
  readonly top3: readonly Intent[];
  readonly decision: Decision;
}

/** A label and how likely it is. */
export type Ranked = readonly [label: Label, probability: number];

/** Orders what a sentence could be and decides what to do with it. */
export function decide(ranking: readonly Ranked[], thresholds: Thresholds): Understood {
  const likely = ranking.filter(isIntent).toSorted(([, a], [, b]) => b - a);
  const top3 = likely.slice(0, 3);
  const [intent, score] = top3[0] ?? ["help", 0];
  const together = top3.reduce((sum, [, probability]) => sum + probability, 0);
  return {
    intent,
    score,
    top3: top3.map(([name]) => name),
    decision: score >= thresholds.answer ? "answer" : together >= thresholds.confirm ? "confirm" : "fallback",
  };
}

const isIntent = (ranked: Ranked): ranked is readonly [Intent, number] => ranked[0] !== OUT_OF_SCOPE;
