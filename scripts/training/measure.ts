import { decide, type Ranked, type Understood } from "../../core/understanding/decision.ts";
import { type Label, labels, OUT_OF_SCOPE } from "../../core/understanding/intents.ts";
import { softmax, type Thresholds } from "../../core/understanding/model.ts";
import type { Example } from "./corpus.ts";

/** A sentence's label and what was thought of it. */
export interface Outcome {
  readonly label: Label;
  readonly understood: Pick<Understood, "intent" | "top3" | "decision">;
}

/** What each sentence is understood as. */
export async function outcomesOf(
  understand: (text: string) => Promise<Outcome["understood"] | undefined>,
  examples: readonly Example[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { text, label } of examples) {
    const understood = await understand(text);
    if (!understood) throw new Error(`There is no classifier for «${text}».`);
    outcomes.push({ label, understood });
  }
  return outcomes;
}

/** Shares are from 0 to 1. */
export interface Scores {
  readonly sentences: number;
  readonly outOfScope: number;
  /** Of what is in scope: the first was right. */
  readonly top1: number;
  /** Of what is in scope: one of the first three was right. */
  readonly top3: number;
  /** Of what is in scope: was answered directly. */
  readonly answered: number;
  /** Of all that was answered directly, in scope or not: was right. */
  readonly precision: number;
  /** Of what is in scope and was asked back about: the right one was among the three. */
  readonly asked: number;
  /** Of what is in scope: nothing was understood. */
  readonly lost: number;
  /** Of what is out of scope: was answered as if understood. */
  readonly outOfScopeAnswered: number;
}

export function measure(outcomes: readonly Outcome[]): Scores {
  const inScope = outcomes.filter(({ label }) => label !== OUT_OF_SCOPE);
  const outside = outcomes.filter(({ label }) => label === OUT_OF_SCOPE);
  const isRight = ({ label, understood }: Outcome) => understood.intent === label;
  const isAmong = ({ label, understood }: Outcome) => understood.top3.some((one) => one === label);
  const decided = (decision: Understood["decision"]) => (one: Outcome) =>
    one.understood.decision === decision;
  return {
    sentences: inScope.length,
    outOfScope: outside.length,
    top1: share(inScope, isRight),
    top3: share(inScope, isAmong),
    answered: share(inScope, decided("answer")),
    precision: share(outcomes.filter(decided("answer")), isRight),
    asked: share(inScope.filter(decided("confirm")), isAmong),
    lost: share(inScope, decided("fallback")),
    outOfScopeAnswered: share(outside, decided("answer")),
  };
}

function share<T>(all: readonly T[], holds: (one: T) => boolean): number {
  const part = all.length === 0 ? 0 : all.filter(holds).length / all.length;
  return Math.round(part * 1000) / 1000;
}

/** A sentence's label and the probabilities of {@link labels} as the weights alone give them. */
export interface Row {
  readonly label: Label;
  readonly probabilities: readonly number[];
}

export function outcomeOf(
  { label, probabilities }: Row,
  temperature: number,
  thresholds: Thresholds,
): Outcome {
  const ranking = soften(probabilities, temperature).map(
    (one, at): Ranked => [labels[at] ?? OUT_OF_SCOPE, one],
  );
  return { label, understood: decide(ranking, thresholds) };
}

const soften = (probabilities: readonly number[], temperature: number): number[] =>
  softmax(probabilities.map((one) => Math.log(Math.max(one, 1e-12)) / temperature));

/** The temperature at which the probabilities of rows that were not trained on are the most honest. */
export function fitTemperature(rows: readonly Row[]): number {
  const surprise = (temperature: number) =>
    rows.reduce((sum, { label, probabilities }) => {
      const right = soften(probabilities, temperature)[labels.indexOf(label)] ?? 0;
      return sum - Math.log(Math.max(right, 1e-12));
    }, 0);
  return steps(0.5, 3, 0.05).reduce((best, one) => (surprise(one) < surprise(best) ? one : best), 1);
}

/** What direct answers must keep to on rows that were not trained on; stricter than what is promised. */
const LEAST_PRECISION = 0.97;
const MOST_OUTSIDE = 0.02;
/** Sentences in scope that may be said not to have been understood. */
const MOST_LOST = 0.03;

/** The lowest thresholds that keep the promises on rows that were not trained on. */
export function fitThresholds(rows: readonly Row[], temperature: number): Thresholds {
  const scoresAt = (thresholds: Thresholds) =>
    measure(rows.map((row) => outcomeOf(row, temperature, thresholds)));
  const answer = steps(0.3, 0.99, 0.01).find((one) => {
    const { precision, outOfScopeAnswered } = scoresAt({ answer: one, confirm: 0 });
    return precision >= LEAST_PRECISION && outOfScopeAnswered <= MOST_OUTSIDE;
  });
  const highest = answer ?? 0.99;
  const confirm = steps(0.05, 0.9, 0.01).findLast(
    (one) => scoresAt({ answer: highest, confirm: one }).lost <= MOST_LOST,
  );
  return { answer: highest, confirm: confirm ?? 0.05 };
}

const steps = (from: number, to: number, by: number): number[] =>
  Array.from(
    { length: Math.round((to - from) / by) + 1 },
    (_, at) => Math.round((from + at * by) * 100) / 100,
  );
