import type { Outgoing } from "../ports.ts";
import type { Query } from "../queries.ts";
import type { Answers, Given, Problem } from "./field.ts";
import type { Finished, Flow, Step } from "./flow.ts";
import type { Text } from "./message.ts";
import {
  BACK,
  EDIT,
  edit,
  KEEP,
  overview,
  type Question,
  questionOf,
  REVIEW,
  SKIP,
  USE,
} from "./question.ts";
import type { Frame } from "./session.ts";
import { answered, suggestionFor } from "./suggestion.ts";
import { applying, type EngineContext, unlooked, type Walked, walk } from "./walk.ts";

/** Where a flow stands after something happened. */
export type Result =
  | {
      readonly kind: "asking";
      readonly frame: Frame;
      /** Said before the question: what was understood, or why an answer was refused. */
      readonly notes: readonly Text[];
      readonly question: Question;
      /** What was given was no answer. */
      readonly refused?: true;
      readonly sends: readonly Outgoing[];
    }
  | { readonly kind: "ended"; readonly finished: Finished }
  /** Something else has to be opened on top; the question stays. */
  | { readonly kind: "open"; readonly frame: Frame; readonly payload: string }
  /** It cannot be told yet: look this up and call again with it found. */
  | { readonly kind: "lookup"; readonly query: Query };

/**
 * Begins a flow, with what is already known.
 *
 * @param suggested answers that may have been meant, to be confirmed when their questions come
 */
export function begin<C extends EngineContext>(
  flow: Flow<C>,
  id: string,
  context: C,
  known: Answers = {},
  suggested: Answers = {},
): Result {
  const frame: Frame = {
    id,
    flow: flow.name,
    asking: "",
    question: 0,
    answers: { ...known },
    memo: {},
    touchedAt: context.realNow.toISOString(),
    ...(Object.keys(suggested).length > 0 && { suggested: { ...suggested } }),
  };
  const begun = goOn(flow, frame, context, []);
  // What was said is asked about later: whoever said it is told that it is not lost.
  const waits = flow.steps.some((step) => suggestionFor(step, frame, known, context));
  return begun.kind === "asking" && waits && !begun.question.rows
    ? { ...begun, notes: [...begun.notes, { key: "suggested.noted" }] }
    : begun;
}

/** Asks the pending question again, as it is or as a new version of the flow has it. */
export function again<C extends EngineContext>(flow: Flow<C>, frame: Frame, context: C): Result {
  return move(flow, frame, context, (walked) => {
    if (frame.asking === REVIEW || frame.asking === EDIT) {
      return walked.next
        ? goOn(flow, frame, context, [changed])
        : list(flow, frame, walked, frame.asking, context, []);
    }
    const step = applying(flow, walked, frame.asking, context);
    return step ? show(flow, frame, walked, step, context, []) : goOn(flow, frame, context, [changed]);
  });
}

/**
 * Takes what the person gave to the question they were looking at. Pure: the same input gives the
 * same result, and nothing that arrives can throw.
 */
export function advance<C extends EngineContext>(
  flow: Flow<C>,
  stored: Frame,
  given: Given,
  context: C,
): Result {
  const frame: Frame = { ...stored, touchedAt: context.realNow.toISOString() };
  return move(flow, frame, context, (walked) => {
    if (given.kind === "choice" && given.id === BACK) return back(flow, frame, walked, context);
    if (frame.asking === REVIEW || frame.asking === EDIT) {
      return review(flow, frame, walked, frame.asking, given, context);
    }
    const step = applying(flow, walked, frame.asking, context);
    // The question that was asked is gone, or no longer applies: ask what is missing now.
    if (!step) return goOn(flow, frame, context, [changed]);
    return read(flow, frame, walked, step, given, context);
  });
}

/** Whether a number that is typed is the answer itself. */
export function takesNumbers<C>(flow: Flow<C>, frame: Frame): boolean {
  return flow.steps.find(({ name }) => name === frame.asking)?.field.numeric ?? false;
}

/** Whether a code that was made here is being asked for. */
export function asksForCode<C>(flow: Flow<C>, frame: Frame): boolean {
  return flow.steps.find(({ name }) => name === frame.asking)?.field.code ?? false;
}

const changed: Text = { key: "engine.changed" };

function move<C extends EngineContext>(
  flow: Flow<C>,
  frame: Frame,
  context: C,
  then: (walked: Walked<C>) => Result,
): Result {
  const closed = flow.closed(context);
  if (closed) return { kind: "ended", finished: closed };
  const walked = walk(flow, frame.answers, context);
  if ("query" in walked) return { kind: "lookup", query: walked.query };
  return then(walked);
}

/** Asks the first question that applies and lacks an answer; else reviews; else ends. */
function goOn<C extends EngineContext>(
  flow: Flow<C>,
  frame: Frame,
  context: C,
  notes: readonly Text[],
): Result {
  return move(flow, frame, context, (walked) => {
    const settled = { ...frame, answers: { ...frame.answers, ...walked.kept } };
    if (walked.next) return show(flow, settled, walked, walked.next, context, notes);
    return flow.draft && !flow.unreviewed(walked.kept, context)
      ? list(flow, settled, walked, REVIEW, context, notes)
      : { kind: "ended", finished: after(notes, flow.finish(walked.kept, context)) };
  });
}

/** What was said of the last answer comes before what the flow ends with. */
const after = (notes: readonly Text[], finished: Finished): Finished =>
  notes.length === 0 ? finished : { ...finished, say: { lines: [...notes, finished.say], gap: true } };

function read<C extends EngineContext>(
  flow: Flow<C>,
  frame: Frame,
  walked: Walked<C>,
  step: Step<C>,
  given: Given,
  context: C,
): Result {
  const query = unlooked(step, walked.kept, context);
  if (query) return { kind: "lookup", query };
  const store = (value: unknown) => {
    const echo = value === null ? undefined : step.echo?.(value, walked.kept, context);
    return goOn(flow, answered(frame, step.name, value), context, echo ? [echo] : []);
  };
  const again = (problem: Problem, memo?: unknown): Result => {
    const shown = show(
      flow,
      memo === undefined ? frame : { ...frame, memo: { ...frame.memo, [step.name]: memo } },
      walked,
      step,
      context,
      [{ key: `field.${problem.code}`, ...(problem.params && { params: problem.params }) }],
    );
    return shown.kind === "asking" ? { ...shown, refused: true } : shown;
  };
  if (given.kind === "choice" && given.id === SKIP) {
    return step.optional ? store(null) : again({ code: "required" });
  }
  if (given.kind === "choice" && given.id === KEEP) {
    return step.name in frame.answers ? goOn(flow, frame, context, []) : again({ code: "required" });
  }
  if (given.kind === "choice" && given.id === USE) {
    const meant = suggestionFor(step, frame, walked.kept, context);
    return meant ? store(meant.value) : again({ code: "choice_expected" });
  }
  const result = step.field.read(given, context, walked.kept, frame.memo[step.name]);
  switch (result.kind) {
    case "answer":
      return store(result.value);
    case "refused":
      return again(result.problem, result.memo);
    case "kept": {
      const memo = { ...frame.memo, [step.name]: result.memo };
      return show(flow, { ...frame, memo }, walked, step, context, result.say ? [result.say] : []);
    }
    case "anew":
      return show(flow, { ...frame, asking: "" }, walked, step, context, []);
    case "goto": {
      const other = applying(flow, walked, result.step, context);
      return show(flow, frame, walked, other ?? step, context, []);
    }
    case "open":
      return { kind: "open", frame, payload: result.payload };
  }
}

function back<C extends EngineContext>(flow: Flow<C>, frame: Frame, walked: Walked<C>, context: C): Result {
  if (frame.asking === EDIT) return goOn(flow, frame, context, []);
  const seen = walked.steps.filter((step) => !step.unseen || step.name === frame.asking);
  const at = frame.asking === REVIEW ? seen.length : seen.findIndex(({ name }) => name === frame.asking);
  const previous = seen[at - 1];
  if (previous) {
    const { [previous.name]: _, ...answers } = frame.answers;
    return show(flow, flow.aside ? { ...frame, answers } : frame, walked, previous, context, []);
  }
  return again(flow, frame, context);
}

function review<C extends EngineContext>(
  flow: Flow<C>,
  frame: Frame,
  walked: Walked<C>,
  asking: typeof REVIEW | typeof EDIT,
  given: Given,
  context: C,
): Result {
  if (walked.next) return goOn(flow, frame, context, [changed]);
  if (given.kind === "choice") {
    if (asking === REVIEW && given.id === "send") {
      return { kind: "ended", finished: flow.finish(walked.kept, context) };
    }
    if (given.id === "edit") return list(flow, frame, walked, EDIT, context, []);
    const step = asking === EDIT && walked.steps.find(({ name }) => name === given.id);
    if (step) return show(flow, frame, walked, step, context, []);
  }
  return list(flow, frame, walked, asking, context, [{ key: "field.choice_expected" }]);
}

/** Asks a step's question. */
function show<C extends EngineContext>(
  flow: Flow<C>,
  frame: Frame,
  walked: Walked<C>,
  step: Step<C>,
  context: C,
  notes: readonly Text[],
): Result {
  const query = unlooked(step, walked.kept, context);
  if (query) return { kind: "lookup", query };
  let next = ask(frame, step.name);
  let sends: readonly Outgoing[] = [];
  if (step.begin && next !== frame) {
    const begun = step.begin(walked.kept, context, frame.memo[step.name]);
    next = { ...next, memo: { ...next.memo, [step.name]: begun.memo } };
    sends = begun.sends;
  }
  return {
    kind: "asking",
    frame: next,
    notes,
    question: questionOf(flow, step, next, walked, context),
    sends,
  };
}

/** Shows the answers to be sent, or the list of those that can be changed. */
function list<C extends EngineContext>(
  flow: Flow<C>,
  frame: Frame,
  walked: Walked<C>,
  what: typeof REVIEW | typeof EDIT,
  context: C,
  notes: readonly Text[],
): Result {
  const next = ask(frame, what);
  const question = what === EDIT ? edit(flow, next, walked) : overview(flow, next, walked, context);
  return { kind: "asking", frame: next, notes, question, sends: [] };
}

/** Numbers the question anew when it is another one, so that buttons of earlier ones are recognised. */
const ask = (frame: Frame, asking: string): Frame =>
  frame.asking === asking ? frame : { ...frame, asking, question: frame.question + 1 };
