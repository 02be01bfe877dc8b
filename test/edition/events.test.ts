import { expect, test } from "vitest";
import { automaticCampaigns, dueCampaigns } from "../../core/campaigns/automatic.ts";
import { eventsAhead, instantOf, momentAt } from "../../core/edition/events.ts";
import { occasions } from "../../core/reminders/occasions.ts";
import { edition2022, fileDemo, load, mistakesOf } from "./samples.ts";

const event = {
  id: "assemblea",
  name: "Assemblea",
  what: "Si parla dei progetti.",
  from: "2022-07-05 20:30",
  to: "2022-07-05 22:30",
  where: "Biblioteca",
  sources: ["patto"],
};
const whole = edition2022.table;

test.each<[string, object, string]>([
  ["day alone", { events: [{ ...event, from: "2022-07-05" }] }, "events.0.from: write a day and a time"],
  [
    "day that does not exist",
    { events: [{ ...event, to: "2022-07-32 20:30" }] },
    "events.0.to: write a day and",
  ],
  [
    "hour that does not exist",
    { events: [{ ...event, from: "2022-07-05 24:30" }] },
    "events.0.from: write a day",
  ],
  [
    "offset outside a demonstration",
    { events: [{ ...event, from: "+3d 20:30" }] },
    "events.0.from: write a day",
  ],
  [
    "end before the beginning",
    { events: [{ ...event, to: "2022-07-05 20:30" }] },
    "events.0.to: comes before",
  ],
  ["the same event twice", { events: [event, event] }, "events.1.id: assemblea is there already"],
  [
    "source that is not there",
    { events: [{ ...event, sources: ["voce"] }] },
    "events.0.sources.0: voce is not",
  ],
  ["place that is not told", { events: [{ ...event, where: undefined }] }, "events.0.where: is missing"],
  ["table without a way to ask", { table: { ...whole, site: null } }, "table: name at least one way to ask"],
])("a mistake is named by its path: %s", (_, patch, expected) => {
  expect(mistakesOf(patch).filter((mistake) => mistake.startsWith(expected))).toHaveLength(1);
});

test("a demonstration's events come so many days after its first, at their hour", () => {
  const [first] = load(fileDemo, "2027-03-20").events;
  expect([first?.from, first?.to]).toEqual(["2027-04-01 20:30", "2027-04-01 22:30"]);
});

/** An assembly in the evening on which clocks go forward, and one as they go back. */
const edition = {
  ...load(fileDemo, "2026-09-07"),
  phases: [],
  events: [
    { ...event, id: "autunno", from: "2026-10-25 18:00", to: "2026-10-25 20:00" },
    { ...event, id: "primavera", from: "2026-03-29 00:30", to: "2026-03-29 04:00" },
  ],
};
const due = (now: string) =>
  [...dueCampaigns(automaticCampaigns(edition), new Date(now)).values()].flatMap(({ wishes }) => wishes);

test("clocks are those of the edition's zone, in winter and in summer", () => {
  expect(momentAt(new Date("2026-12-31T23:30:00Z"), "Europe/Rome")).toBe("2027-01-01 00:30");
  expect(momentAt(new Date("2026-06-30T22:30:00Z"), "Europe/Rome")).toBe("2026-07-01 00:30");
  expect(instantOf("2026-10-25 18:00", "Europe/Rome").toISOString()).toBe("2026-10-25T17:00:00.000Z");
});

test("an event is ahead until it is over, the next one first", () => {
  const ahead = (now: string) => eventsAhead(edition, new Date(now)).map(({ id }) => id);
  expect(ahead("2026-03-29T01:59:00Z")).toEqual(["primavera", "autunno"]);
  expect(ahead("2026-03-29T02:00:00Z")).toEqual(["autunno"]);
  expect(ahead("2026-10-25T19:00:00Z")).toEqual([]);
});

test("people are told of it from the day before, until it begins", () => {
  expect(due("2026-10-23T21:59:00Z")).toEqual([]);
  expect(due("2026-10-23T22:00:00Z")).toEqual(["event-autunno"]);
  expect(due("2026-10-25T16:59:00Z")).toEqual(["event-autunno"]);
  expect(due("2026-10-25T17:00:00Z")).toEqual([]);
  expect(due("2026-03-28T08:00:00Z")).toEqual(["event-primavera"]);
});

test("no phase and event share the name that a wish is kept under", () => {
  const names = occasions({ ...edition2022, events: edition2022.phases.map(({ id }) => ({ ...event, id })) });
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
});
