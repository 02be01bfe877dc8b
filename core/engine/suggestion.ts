import type { Answers } from "./field.ts";
import type { Step } from "./flow.ts";
import type { Frame } from "./session.ts";

/**
 * What the sentence that opened a flow says in answer to a step: a guess, to be confirmed. None where the
 * step was answered, or would not take it as things are now.
 */
export function suggestionFor<C>(
  step: Step<C>,
  { answers, suggested }: Frame,
  kept: Answers,
  context: C,
): { readonly value: unknown } | undefined {
  if (!suggested || !Object.hasOwn(suggested, step.name) || Object.hasOwn(answers, step.name))
    return undefined;
  const value = suggested[step.name];
  const fits = step.field.check(value, context, kept) && (step.holds?.(value, kept, context) ?? true);
  return fits ? { value } : undefined;
}

/** The frame with an answer in it; what was suggested in its place is forgotten. */
export function answered({ suggested, ...frame }: Frame, name: string, value: unknown): Frame {
  const { [name]: _, ...others } = suggested ?? {};
  return {
    ...frame,
    answers: { ...frame.answers, [name]: value },
    ...(Object.keys(others).length > 0 && { suggested: others }),
  };
}

/** Whether somebody has put anything in it, by answering or by a sentence that said it beforehand. */
export const holdsAnything = ({ answers, suggested = {} }: Frame): boolean =>
  Object.keys(answers).length + Object.keys(suggested).length > 0;
