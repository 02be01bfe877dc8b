import { z } from "zod";
import type { Context } from "../context.ts";
import { type Answers, answer, choice, type Field, type Given, refused, spoken } from "../engine/field.ts";
import { type Finished, flow, type Step } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { optionsIn, questionIn } from "../facilitators/handing.ts";
import { noticeOf } from "../facilitators/notices.ts";
import { person } from "../facilitators/people.ts";
import { isShared } from "../facilitators/shared.ts";
import { tasks } from "../facilitators/tasks.ts";
import { facilitatorDoors } from "./facilitator.ts";

const waiting = (id: string) => ({ kind: "handedOver", id }) as const;

/** What was handed over is known by the button that opened this. */
const handedOver = spoken<string>({
  read: () => refused("choice_expected"),
  check: (stored): stored is string => typeof stored === "string",
  show: (value) => ({ literal: value }),
});

const asGiven: z.ZodType<Given> = z.union([
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("choice"), id: z.string() }),
]);

/** The question that was handed over, unless it is none of those that can be. */
function questionOf(answers: Answers, context: Context): Step<Context> | undefined {
  const { id } = answers;
  const found = typeof id === "string" ? context.found(waiting(id)) : undefined;
  if (!found || !isShared(found.flow, found.step)) return undefined;
  return tasks.find(({ name }) => name === found.flow)?.steps.find(({ name }) => name === found.step);
}

/** Read as the question itself would, and kept as it was given: on the other phone it is read again. */
const proposedAnswer: Field<Given, Context> = {
  read(input, context, answers) {
    const read = questionOf(answers, context)?.field.read(input, context, {}, undefined);
    if (read?.kind === "answer") return answer(input);
    return read?.kind === "refused" ? read : refused("choice_expected");
  },
  check: (stored): stored is Given => asGiven.safeParse(stored).success,
  options: (context, answers) => {
    const found = context.found(waiting(String(answers["id"])));
    const step = questionOf(answers, context);
    return found && step ? optionsIn(found.flow, step, context) : [];
  },
  show: () => ({ key: "engine.none" }),
};

/** Answers a question that somebody handed over: what is written is proposed to them, and they decide. */
export const helping = flow<Context>("helping")
  .ask("id", handedOver, { settle: () => "" })
  .ask("waits", choice("yes", "no"), {
    lookup: ({ id }) => waiting(id),
    settle: ({ id }, context) => waits(id, context),
    holds: (value, { id }, context) => value === waits(id, context),
  })
  .askWhen(({ waits }) => waits === "yes", "answer", proposedAnswer, {
    says: (answers, context) => {
      const found = context.found(waiting(answers.id));
      const step = questionOf(answers, context);
      if (!found || !step) return { key: "helping.gone" };
      const asked: Text = { key: "helping.answer.ask", params: { person: person(found.since, context) } };
      return { lines: [asked, questionIn(found.flow, step, context)], gap: true };
    },
  })
  .finish(
    ({ id, answer: given }, context): Finished => {
      const found = context.found(waiting(id));
      const step = questionOf({ id }, context);
      const proposed = given && step && found && shown(found.flow, step, given, context);
      if (!proposed || !found || !given) return { say: { key: "helping.gone" }, doors: facilitatorDoors };
      const notice = noticeOf(
        context,
        {
          notes: [
            { key: "companion.proposed", params: { by: { literal: found.by.name }, answer: proposed } },
          ],
          doors: [
            { opens: `accept-${id}`, label: { key: "companion.option.use" } },
            { opens: `decline-${id}`, label: { key: "companion.option.own" } },
          ],
        },
        "company_answer",
      );
      return {
        say: { key: "helping.sent" },
        effects: [{ kind: "answerHandOver", id, given, notice }],
        doors: facilitatorDoors,
      };
    },
    { known: (about): Answers => (about === "" ? {} : { id: about }) },
  );

function waits(id: string, context: Context): "yes" | "no" | undefined {
  const found = context.found(waiting(id));
  if (found === undefined) return undefined; // not looked up yet
  return found !== null && questionOf({ id }, context) ? "yes" : "no";
}

/** An answer as it is read back to the person. */
function shown(flowName: string, step: Step<Context>, given: Given, context: Context): Text | undefined {
  const read = step.field.read(given, context, {}, undefined);
  if (read.kind !== "answer") return undefined;
  const chosen = optionsIn(flowName, step, context).find(({ id }) => id === read.value);
  return step.field.show(read.value, context) ?? chosen?.label;
}
