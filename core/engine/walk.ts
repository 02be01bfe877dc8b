import type { Found, Query } from "../queries.ts";
import type { Answers } from "./field.ts";
import type { Flow, Step } from "./flow.ts";

/** What the engine itself looks at; flows add to it what their questions need. */
export interface EngineContext {
  /** What was looked up for this turn; `undefined` where it was not yet. */
  found<Q extends Query>(query: Q): Found<Q> | undefined;
  /** Real time: drafts age by it. */
  readonly realNow: Date;
}

export interface Walked<C> {
  /** The steps that apply, up to and including the first without an answer. */
  readonly steps: readonly Step<C>[];
  /** The answers that apply, up to there. */
  readonly kept: Answers;
  readonly next: Step<C> | undefined;
}

/** Goes through the steps in order, checking stored answers again as it comes to them. */
export function walk<C extends EngineContext>(
  flow: Flow<C>,
  answers: Answers,
  context: C,
): Walked<C> | { readonly query: Query } {
  const steps: Step<C>[] = [];
  const kept: Record<string, unknown> = {};
  for (const step of flow.steps) {
    if (step.when && !step.when(kept, context)) continue;
    steps.push(step);
    const stored = answers[step.name];
    const valid =
      step.name in answers &&
      ((step.optional && stored === null) || step.field.check(stored, context, kept)) &&
      (step.holds?.(stored, kept, context) ?? true);
    if (valid) {
      kept[step.name] = stored;
      continue;
    }
    const query = unlooked(step, kept, context);
    if (query) return { query };
    const settled = step.settle?.(kept, context);
    if (settled === undefined) return { steps, kept, next: step };
    kept[step.name] = settled;
  }
  return { steps, kept, next: undefined };
}

/** What has to be looked up before a step can be settled, asked or read, if it was not yet. */
export function unlooked<C extends EngineContext>(
  step: Step<C>,
  kept: Answers,
  context: C,
): Query | undefined {
  const query = step.lookup?.(kept, context);
  return query && context.found(query) === undefined ? query : undefined;
}

/** The step of that name where it still applies, whether or not it has an answer. */
export function applying<C>(flow: Flow<C>, walked: Walked<C>, name: string, context: C): Step<C> | undefined {
  const named = (step: Step<C>) => step.name === name;
  const step = walked.steps.find(named);
  if (step) return step;
  // Beyond the first unanswered question: one was inserted before the one that was asked.
  const later = walked.next && flow.steps.find(named);
  return later &&
    !flow.steps.slice(0, flow.steps.indexOf(walked.next)).includes(later) &&
    (later.when?.(walked.kept, context) ?? true)
    ? later
    : undefined;
}
