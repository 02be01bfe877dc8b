import type { Context } from "../context.ts";
import { type Answers, choiceFrom, type Field } from "../engine/field.ts";
import type { Proposal } from "../proposals.ts";
import { mostSimilar } from "../understanding/similar.ts";

/** Alike enough to be asked about: below this two proposals share a subject, not an idea. */
const LEAST = 0.3;
const MOST = 3;

/** Proposals already in that are like the one being written, the likest first. */
export function similarity(answers: Answers, context: Context): readonly Proposal[] {
  const others = context.found({ kind: "proposals" }) ?? [];
  const words = ["title", "need", "solution"].map((name) => String(answers[name] ?? "")).join(" ");
  return mostSimilar(
    words,
    others.map((one) => ({ item: one, text: `${one.title} ${one.need} ${one.solution}` })),
    LEAST,
    MOST,
  );
}

/** The code of the proposal to join, or `none` to go on with one's own. */
export const alike: Field<string, Context> = {
  ...choiceFrom((context: Context, answers) => [
    { id: "none" },
    ...similarity(answers, context).map(({ code, title }) => ({
      id: code,
      label: { key: "proposal.similar.join", params: { title: { literal: title } } },
    })),
  ]),
  // A decision that was made stays made, whatever has come in since.
  check: (stored): stored is string => typeof stored === "string",
};
