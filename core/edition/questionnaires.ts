import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { addDays, type Day, spanState } from "./calendar.ts";
import type { Mistake } from "./checks.ts";
import { day, id, localised, otherwise, sources, wholeNumber } from "./values.ts";

/**
 * Short enough for the data of a button, which holds both. Never reused for another question: answers are
 * kept by it.
 */
const shortId = z.string().regex(/^[a-z0-9-]{1,16}$/, "use 1 to 16 lowercase letters, digits or hyphens");

/** What a button shows whole everywhere. */
const BUTTON = 24;

const label = localised.refine(
  (text) => (typeof text === "string" ? [text] : Object.values(text)).every((one) => one.length <= BUTTON),
  `has more than ${BUTTON} characters, and is a button: make it shorter`,
);

/** What may be pressed, in order. */
const options = z
  .array(z.strictObject({ id, name: label }))
  .min(2, "give two options or more")
  .max(20, "give 20 options at most");

const about = {
  id: shortId,
  ask: localised,
  /** May be skipped. */
  optional: z.boolean().default(false),
  /** Asked only of who chose, or ticked, that option of an earlier question. */
  when: z.strictObject({ question: shortId, is: id }).optional(),
};

const kinds = ["choice", "several", "scale", "text", "number"] as const;

export const question = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ ...about, kind: z.literal("choice"), options }),
    /** More than one may be ticked, or none. */
    z.strictObject({ ...about, kind: z.literal("several"), options }),
    /** A grade from 1 to `to`, with words for both ends. */
    z.strictObject({
      ...about,
      kind: z.literal("scale"),
      to: wholeNumber.min(2).max(10).default(5),
      ends: z.strictObject({ low: localised, high: localised }),
    }),
    /** In one's own words. */
    z.strictObject({ ...about, kind: z.literal("text") }),
    /** A whole number. */
    z
      .strictObject({ ...about, kind: z.literal("number"), min: wholeNumber, max: wholeNumber })
      .refine(({ min, max }) => min < max, { path: ["max"], error: "must be higher than min" }),
  ],
  otherwise(`use one of ${kinds.join(", ")}`),
);

/** Questions that citizens are asked in the chat. */
export const questionnaires = z
  .array(
    z
      .strictObject({
        id: shortId,
        name: localised,
        /** What it is for, in a sentence or two. */
        about: localised,
        from: day,
        to: day,
        /** Answers are kept apart from who gave them. */
        anonymous: z.boolean(),
        /** Whoever says that they are younger is not asked. */
        minimumAge: wholeNumber.min(1).max(99).optional(),
        /** What is done with the answers, before it is asked whether one agrees. */
        consent: localised,
        /** How long after its last day answers are kept; where it is left out, for `privacy.keepMonths`. */
        keepDays: wholeNumber.min(1).max(3650).optional(),
        questions: z.array(question).min(1, "ask at least one question"),
        sources,
      })
      .refine(({ from, to }) => from <= to, { path: ["to"], error: "comes before the beginning" }),
  )
  .default([]);

export type Questionnaire = z.infer<typeof questionnaires>[number];
export type Question = z.infer<typeof question>;

/** A question that depends on another must come after it, and on an option that it has. */
export function misplacedConditions(all: readonly Questionnaire[]): Mistake[] {
  return all.flatMap(({ questions }, at) =>
    questions.flatMap(({ when }, index): Mistake[] => {
      if (!when) return [];
      const path = `questionnaires.${at}.questions.${index}.when`;
      const other = questions.slice(0, index).find((one) => one.id === when.question);
      if (!other) return [{ path: `${path}.question`, message: `${when.question} is no earlier question` }];
      if (other.kind !== "choice" && other.kind !== "several")
        return [{ path: `${path}.question`, message: `${when.question} has no options` }];
      const isThere = other.options.some((option) => option.id === when.is);
      return isThere ? [] : [{ path: `${path}.is`, message: `${when.is} is no option of ${when.question}` }];
    }),
  );
}

/** Those that may be answered on a day. */
export const openQuestionnaires = (
  { questionnaires }: { readonly questionnaires: readonly Questionnaire[] },
  today: Day,
): readonly Questionnaire[] => questionnaires.filter((one) => spanState(one, today).state === "open");

/** The last day on which answers are kept. */
export function keptUntil({ to, keepDays }: Questionnaire, keepMonths: number): Day {
  if (keepDays !== undefined) return addDays(to, keepDays);
  return Temporal.PlainDate.from(to).add({ months: keepMonths }).toString();
}
