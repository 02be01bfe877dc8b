import { expect, test } from "vitest";
import { reminders } from "../../core/edition/reminders.ts";
import { file2022, fileDemo, load, mistakesOf } from "./samples.ts";

const automatic = (...all: readonly object[]) => ({
  reminders: { automatic: all.map((one, at) => ({ id: `r${at}`, ...one })) },
});
const ahead = { kind: "phase_closes", daysBefore: 7 };
const price = { perTemplate: 0.05, sources: ["patto"] };
/** As a file that says nothing of reminders but this. */
const mistakesIn = (patch: object) => mistakesOf(patch, { reminders: undefined });
const withoutVote = {
  ...{ vote: null, phases: [{ id: "vote", remove: true }], channels: { vote: null } },
  eligibility: { elsewhere: { register: null } },
};

test.each<[string, object, string]>([
  ["hours at night", { hours: { from: "06:30", to: "20:00" } }, "hours.from: must not be before 07:00"],
  ["hours into the night", { hours: { from: "09:00", to: "22:30" } }, "hours.to: must not be after 22:00"],
  ["hours that end before they begin", { hours: { from: "20:00", to: "09:00" } }, "hours.to: comes before"],
  ["time without a colon", { hours: { from: "9", to: "20:00" } }, "hours.from: write a time as 09:00"],
  [
    "no day left",
    { quiet: { weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } },
    "quiet.weekdays: leave at least one day",
  ],
  ["weekday that is not", { quiet: { weekdays: ["domenica"] } }, "quiet.weekdays.0: use mon, tue"],
  ["day that is not", { quiet: { days: ["13 novembre"] } }, "quiet.days.0: write a day as MM-DD"],
  ["more for who reads slowly", { weeklyMost: 1, weeklyMostSimple: 2 }, "weeklyMostSimple: must not be more"],
  ["every day twice", { weeklyMost: 14 }, "weeklyMost: "],
  [
    "price in cents",
    { whatsapp: { price: { ...price, perTemplate: 6 } } },
    "whatsapp.price.perTemplate: is in euros",
  ],
  ["price of nobody", { whatsapp: { price: { perTemplate: 0.05 } } }, "whatsapp.price.sources: is missing"],
  [
    "source that is not there",
    { whatsapp: { price: { ...price, sources: ["listino"] } } },
    "whatsapp.price.sources.0: listino is not among the sources",
  ],
  [
    "limit that is none",
    { whatsapp: { dailyLimit: "much" } },
    "whatsapp.dailyLimit: write a whole number, or unlimited",
  ],
])("a mistake is named by its path: %s", (_, given, expected) => {
  expect(
    mistakesOf({ reminders: given }).filter((one) => one.startsWith(`reminders.${expected}`)),
  ).toHaveLength(1);
});

test.each<[string, object, string]>([
  ["kind that is not", automatic({ kind: "vote" }), "automatic.0.kind: use phase_opens, phase_closes"],
  ["days that are missing", automatic({ kind: "unfinished_vote" }), "automatic.0.daysBefore: is missing"],
  [
    "name that is taken",
    automatic({ ...ahead, id: "event" }),
    "automatic.0.id: is kept for phases and events",
  ],
  [
    "same id twice",
    automatic({ ...ahead, id: "a" }, { ...ahead, id: "a" }),
    "automatic.1.id: a is there already",
  ],
  [
    "phase that never is",
    automatic({ ...ahead, phases: ["voto"] }),
    "automatic.0.phases.0: use one of proposals",
  ],
  [
    "phase that the edition has not got",
    { ...withoutVote, ...automatic({ ...ahead, phases: ["proposals", "vote"] }) },
    "automatic.0.phases.1: needs the phase vote",
  ],
  [
    "vote that is not held",
    { ...withoutVote, ...automatic({ kind: "unfinished_vote", daysBefore: 5 }) },
    "automatic.0: needs the phase vote",
  ],
  [
    "notice that comes before the phase",
    automatic(ahead, { ...ahead, phases: ["evaluation"], daysBefore: 29 }),
    "automatic.1.daysBefore: comes before the phase evaluation begins, 2022-06-01",
  ],
  [
    "the same for who is reminded earlier",
    automatic({ kind: "unfinished_proposal", daysBefore: 5, simpleDaysBefore: 60 }),
    "automatic.0.simpleDaysBefore: comes before the phase proposals begins",
  ],
  [
    "who reads slowly told later",
    automatic({ ...ahead, phases: ["vote"], simpleDaysBefore: 3 }),
    "automatic.0.simpleDaysBefore: must not be less than daysBefore",
  ],
  [
    "the beginning of a phase told twice",
    automatic({ kind: "phase_opens" }, { kind: "phase_opens", phases: ["vote"] }),
    "automatic.1: tells again that the phase vote begins",
  ],
  [
    "text in one language of two",
    automatic({ ...ahead, phases: ["vote"], text: { it: "Manca poco!" } }),
    "automatic.0.text.en: is missing",
  ],
])("what the calendar cannot do is named by its path: %s", (_, patch, expected) => {
  expect(mistakesIn(patch)).toEqual([expect.stringContaining(`reminders.${expected}`)]);
});

test("what an edition leaves out is bearable, and adapts to the phases that it has", () => {
  expect(load(file2022).reminders).toMatchObject({
    hours: { from: "09:00", to: "20:00" },
    quiet: { weekdays: ["sun"], holidays: true, days: [] },
    ...{ weeklyMost: 2, weeklyMostSimple: 1, approvalAbove: 500 },
    whatsapp: { dailyLimit: 250 },
  });
  expect(reminders.parse({}).automatic.map(({ id }) => id)).toEqual(["opens", "closes", "proposal", "vote"]);
  expect(mistakesIn(withoutVote)).toEqual([]);
});

test("the demonstration says all of it", () => {
  const { automatic: all, whatsapp } = load(fileDemo, "2026-09-07").reminders;
  expect(all).toHaveLength(4);
  expect(whatsapp.price).toEqual({
    ...{ perTemplate: 0.05, perMarketing: 0.1, perMessage: 0.05, sources: ["prova"] },
  });
});
