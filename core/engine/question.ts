import type { Answers } from "./field.ts";
import type { Flow, Step } from "./flow.ts";
import type { PictureRequest, Text } from "./message.ts";
import type { Frame } from "./session.ts";
import { suggestionFor } from "./suggestion.ts";
import type { Walked } from "./walk.ts";

/** What is being asked where it is no step's question. */
export const REVIEW = "review";
export const EDIT = "edit";
/** Ids of what the engine itself offers; steps cannot have options that begin with `_`. */
export const BACK = "_back";
export const SKIP = "_skip";
export const KEEP = "_keep";
export const USE = "_use";
/** Id by which a step that is something to read is gone on from. */
export const NEXT = "next";

/** A question as it is asked: words, what can be pressed, and the answers to be reviewed. */
export interface Question {
  /** Said before the rows. */
  readonly lead?: Text;
  readonly text: Text;
  readonly rows?: readonly { readonly label: Text; readonly value: Text }[];
  readonly options: readonly { readonly data: string; readonly label: Text }[];
  readonly picture?: PictureRequest;
}

/** Splits the data of a choice into the question it was drawn for and the option's id. */
export function parseData(data: string): { frame: string; question: string; id: string } | undefined {
  const [frame, question, id] = data.split(".");
  return frame !== undefined && question !== undefined && id !== undefined
    ? { frame, question, id }
    : undefined;
}

/** A step's question, with its options and those that the engine adds. */
export function questionOf<C>(
  flow: Flow<C>,
  step: Step<C>,
  frame: Frame,
  walked: Walked<C>,
  context: C,
): Question {
  const at = `${flow.name}.${step.name}`;
  const params = step.about?.(walked.kept, context);
  const picture = step.picture?.(walked.kept, context);
  const options = step.field.options(context, walked.kept, frame.memo[step.name]).map(({ id, label }) => ({
    data: dataOf(frame, id),
    label: label ?? { key: `${at}.option.${id}` },
  }));
  const extra = [
    ...(step.optional && !(step.name in frame.answers) ? [SKIP] : []),
    ...(step.name in frame.answers ? [KEEP] : []),
  ].map((id) => ({ data: dataOf(frame, id), label: { key: `engine.option.${id.slice(1)}` } }));
  const asked: Question = {
    text: step.says?.(walked.kept, context) ?? { key: `${at}.ask`, ...(params && { params }) },
    options: [...options, ...extra],
    ...(picture && { picture }),
  };
  const meant = suggestionFor(step, frame, walked.kept, context);
  if (!meant) return asked;
  const value = shown(flow, step, meant.value, walked.kept, context);
  return {
    ...asked,
    lead: asked.text,
    rows: [{ label: { key: "suggested.heard" }, value }],
    text: { key: "suggested.ask" },
    options: [{ data: dataOf(frame, USE), label: { key: "suggested.option.use" } }, ...asked.options],
  };
}

/** All answers, to be sent or changed. */
export function overview<C>(flow: Flow<C>, frame: Frame, walked: Walked<C>, context: C): Question {
  const rows = walked.steps
    .filter((step) => !step.unseen)
    .map((step) => ({
      label: nameOf(flow, step),
      value: shown(flow, step, walked.kept[step.name], walked.kept, context),
    }));
  const options = ["send", "edit"].map((id) => ({
    data: dataOf(frame, id),
    label: { key: `${flow.name}.review.option.${id}` },
  }));
  return { text: { key: `${flow.name}.review.ask` }, rows, options };
}

/** Which answer to change. */
export function edit<C>(flow: Flow<C>, frame: Frame, walked: Walked<C>): Question {
  const options = walked.steps
    .filter((step) => !step.unseen)
    .map((step) => ({ data: dataOf(frame, step.name), label: nameOf(flow, step) }));
  return { text: { key: "engine.edit" }, options };
}

const nameOf = <C>(flow: Flow<C>, { name, called }: Step<C>): Text =>
  called ?? { key: `${flow.name}.${name}.name` };

/** An answer as it is read back. */
function shown<C>(flow: Flow<C>, step: Step<C>, value: unknown, answers: Answers, context: C): Text {
  if (value === null || value === undefined) return { key: "engine.none" };
  const text = step.field.show(value, context);
  if (text) return text;
  const option = step.field.options(context, answers).find(({ id }) => id === value);
  return option?.label ?? { key: `${flow.name}.${step.name}.option.${String(value)}` };
}

const dataOf = (frame: Frame, id: string): string => `${frame.id}.${frame.question.toString(36)}.${id}`;
