import { z } from "zod";
import type { Context } from "../context.ts";
import type { Birth } from "../edition/eligibility.ts";
import type { Edition } from "../edition/schema.ts";
import { answer, choice, choiceFrom, type Field, type Read, refused, spoken } from "../engine/field.ts";
import type { Text } from "../engine/message.ts";
import { type BirthProblem, readBirth } from "../understanding/dates.ts";
import { readEmail } from "../understanding/email.ts";
import { readMoney } from "../understanding/money.ts";
import { isName } from "../understanding/names.ts";

/** Declares that the rules are met; who is not sure goes through them first. */
export const eligible: Field<"yes", Context> = {
  ...choice("yes"),
  options: () => [{ id: "yes" }, { id: "check" }],
  read: (given) => {
    if (given.kind !== "choice") return refused("choice_expected");
    return given.id === "check" ? { kind: "open", payload: "eligibility" } : answer("yes");
  },
};

/** A name or a surname, in any alphabet; at least one letter, and nothing that names do not have. */
export const personName: Field<string> = spoken({
  read: (text) => {
    const name = text.replace(/\s+/g, " ");
    return isName(name) ? answer(name) : refused("name_expected");
  },
  check: (stored): stored is string => typeof stored === "string" && isName(stored),
  show: (value) => ({ literal: value }),
});

/** An e-mail address, or none: `""`. */
export const email: Field<string> = spoken({
  read: (text) => {
    const reading = readEmail(text);
    return reading.ok ? answer(reading.email) : refused("email_expected");
  },
  choose: (id) => (id === "none" ? answer("") : refused("email_expected")),
  options: () => [{ id: "none" }],
  check: (stored): stored is string => typeof stored === "string",
  show: (value) => (value === "" ? { key: "engine.none" } : { literal: value }),
});

/** A telephone number of 6 to 15 digits, fixed or mobile, or an e-mail address. */
export const contact: Field<string> = spoken({
  read: (text) => {
    const reading = readEmail(text);
    if (reading.ok) return answer(reading.email);
    const digits = text.replace(/\D/g, "").length;
    return /^\+?[\d\s()./-]+$/.test(text) && digits >= 6 && digits <= 15
      ? answer(text)
      : refused("contact_expected");
  },
  check: (stored): stored is string => typeof stored === "string",
  show: (value) => ({ literal: value }),
  // A telephone number is no number of a choice.
  numeric: true,
});

/** An estimated cost in whole euros, within what any source of the edition admits. */
export const money: Field<number, Context> = spoken({
  read: (text, { edition }): Read<number> => {
    const { min, max } = costLimits(edition);
    const reading = readMoney(text);
    if (!reading.ok) return refused(reading.problem === "several" ? "money_several" : "money_none");
    if (reading.euros < min) return refused("money_too_low", { min: { euros: min } });
    if (reading.euros > max) return refused("money_too_high", { max: { euros: max } });
    return answer(reading.euros);
  },
  check: (stored, { edition }): stored is number =>
    typeof stored === "number" &&
    Number.isInteger(stored) &&
    stored >= costLimits(edition).min &&
    stored <= costLimits(edition).max,
  show: (value, { edition }) => {
    const amount: Text = { euros: value };
    return isContested(edition, value)
      ? { key: "proposal.cost.to_confirm", params: { euros: amount } }
      : amount;
  },
  numeric: true,
});

/** Within what only one of two sources admits. */
export function isContested({ proposals: { cost } }: Edition, euros: number): boolean {
  return cost?.contested !== undefined && euros > cost.max;
}

/** An amount is a whole number of euros that the database can hold, whatever the edition leaves open. */
const HIGHEST = 1_000_000_000;

function costLimits({ proposals: { cost }, budget }: Edition): {
  readonly min: number;
  readonly max: number;
} {
  if (!cost) return { min: 1, max: budget?.amount ?? HIGHEST };
  return { min: cost.min, max: cost.contested?.max ?? cost.max };
}

/** Who takes part though they live elsewhere; `none` in a message's `select` where nobody does. */
export const elsewhereOf = ({ eligibility }: Edition): Text | "none" =>
  eligibility.elsewhere ? { literal: eligibility.elsewhere.who } : "none";

const birthSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("date"), date: z.iso.date() }),
  z.object({ kind: z.literal("year"), year: z.number().int() }),
  z.object({ kind: z.literal("age"), age: z.number().int() }),
]);

const birthProblems: Record<BirthProblem, string> = {
  none: "birth_expected",
  noYear: "birth_expected",
  unclear: "birth_expected",
  several: "birth_several",
  impossible: "birth_impossible",
  future: "birth_future",
};

function readBirthday(text: string, today: string): Read<Birth> {
  const reading = readBirth(text, today);
  if (reading.ok) return answer(reading.birth);
  return refused(birthProblems[reading.problem]);
}

/** When somebody was born, as far as they say: a date, a year or an age. */
export const birth: Field<Birth, Context> = spoken<Birth, Context>({
  read: (text, { today }) => readBirthday(text, today),
  options: (_context, { who }) => (who === "someone" ? [] : [{ id: "someone" }]),
  choose: () => ({ kind: "open", payload: "eligibility-someone" }),
  check: (stored): stored is Birth => birthSchema.safeParse(stored).success,
  show(value) {
    if (value.kind === "date") return { date: value.date };
    return value.kind === "age"
      ? { key: "suggested.age", params: { age: value.age } }
      : { literal: String(value.year) };
  },
  numeric: true,
});

/** The whole date, where an age or a year does not decide. */
export const birthDate: Field<Birth, Context> = {
  ...birth,
  options: () => [],
  read(given, { today }) {
    if (given.kind !== "text") return refused("birth_full");
    const read = readBirthday(given.text, today);
    return read.kind === "answer" && read.value.kind !== "date" ? refused("birth_full") : read;
  },
};

/** The Comune where somebody lives; the last option is anywhere else. */
export const residence: Field<string, Context> = choiceFrom(({ edition }) => [
  ...edition.comuni.map(({ id, name }) => ({ id, label: { literal: name } })),
  { id: "elsewhere" },
]);

/** What ties somebody who lives elsewhere to the territory; the last option is nothing. */
export const link: Field<string, Context> = choiceFrom(({ edition }) => [
  ...(edition.eligibility.elsewhere?.links ?? []).map(({ id, name }) => ({ id, label: { literal: name } })),
  { id: "none" },
]);

export const citizenship = choice("has", "stateless", "unknown");
