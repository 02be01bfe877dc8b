import type { Context } from "../context.ts";
import type { Flow, Step } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { REVIEW } from "../engine/question.ts";
import { isLesson } from "../lessons/names.ts";
import { person } from "./people.ts";
import type { Accompanied, Progress } from "./ports.ts";
import { taskName, tasks } from "./tasks.ts";

/** One line on somebody who is accompanied: since when, in what, and how far they are. */
export function standingOf({ number, since, task, state, progress }: Accompanied, context: Context): Text {
  const flow = tasks.find(({ name }) => name === task);
  const how =
    state === "going" && flow && progress
      ? progressIn(flow, progress, context)
      : [{ key: `facilitator.state.${state === "going" ? "waiting" : state}` }];
  const about = { number, person: person(since, context), task: taskName(task) };
  return { lines: [{ key: "facilitator.row", params: about }, ...how] };
}

/**
 * What has been answered and what is missing, by the names of questions. Who is accompanied may go another way:
 * questions that apply only to some are named once they are answered.
 */
function progressIn(flow: Flow<Context>, progress: Progress, context: Context): readonly Text[] {
  const { answered, asking, isAside } = progress;
  if (isAside) return [ASIDE, ...progressIn(flow, { ...progress, isAside: false }, context)];
  if (asking === REVIEW) return [{ key: "facilitator.state.review" }];
  if (isLesson(flow.name)) return [{ key: "facilitator.pages", params: { count: answered.length } }];
  const seen = flow.steps.filter(({ unseen }) => !unseen);
  const done = seen.filter(({ name }) => answered.includes(name));
  const left = seen.filter(
    ({ name, when, optional }) =>
      !answered.includes(name) && (name === asking || (!optional && (when?.({}, context) ?? true))),
  );
  return [...told("done", flow, done), ...told("left", flow, left)];
}

const ASIDE: Text = { key: "facilitator.state.aside" };

const told = (key: "done" | "left", flow: Flow<Context>, steps: readonly Step<Context>[]): readonly Text[] =>
  steps.length === 0
    ? []
    : [{ key: `facilitator.${key}`, params: { steps: { list: steps.map((step) => nameOf(flow, step)) } } }];

const nameOf = ({ name: flow }: Flow<Context>, { name, called }: Step<Context>): Text =>
  called ?? { key: `${flow}.${name}.name` };
