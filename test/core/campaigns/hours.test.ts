import { expect, test } from "vitest";
import { isQuiet, nextMoment, type SendingHours, stretchOf } from "../../../core/campaigns/hours.ts";
import { rules } from "./people.ts";

const everyDay = { ...rules, quiet: { weekdays: [], holidays: true, days: [] } };

test.each<[string, SendingHours, string, string]>([
  ["the same moment, where it is allowed", rules, "2026-09-08T09:00", "2026-09-08T09:00"],
  ["not the minute in which the evening ends", rules, "2026-09-08T20:00", "2026-09-09T09:00"],
  ["Monday, where clocks went back on Sunday", rules, "2026-10-24T21:00", "2026-10-26T09:00"],
  ["nine by the new clocks, where they went back at night", everyDay, "2026-10-24T21:00", "2026-10-25T09:00"],
  ["nine by the new clocks, where they went forward", everyDay, "2028-03-25T21:00", "2028-03-26T09:00"],
  [
    "the day after Easter Monday, also where Sundays are like other days",
    everyDay,
    "2027-03-27T21:00",
    "2027-03-30T09:00",
  ],
  ["after Christmas, Saint Stephen's and a Sunday", rules, "2026-12-24T21:00", "2026-12-28T09:00"],
  [
    "after the patron saint's",
    { ...everyDay, quiet: { ...everyDay.quiet, days: ["11-13"] } },
    "2026-11-13T10:00",
    "2026-11-14T09:00",
  ],
])("people are written to next on %s", (_, hours, from, expected) => {
  const next = nextMoment(hours, "any", inRome(from));
  expect(next).toEqual(inRome(expected));
});

test("own hours are within the edition's; where none are left, the edition's count", () => {
  const late = { hours: { from: "10:00", to: "22:00" } };
  expect(stretchOf(late, "morning")).toEqual({ from: "10:00", to: "13:00" });
  expect(stretchOf(late, "afternoon")).toEqual({ from: "13:00", to: "18:00" });
  expect(stretchOf(late, "evening")).toEqual({ from: "18:00", to: "22:00" });
  expect(stretchOf({ hours: { from: "09:00", to: "17:30" } }, "evening")).toEqual({
    from: "09:00",
    to: "17:30",
  });
});

test("holidays are days like others where an edition says so", () => {
  const open = { quiet: { weekdays: [], holidays: false, days: [] } };
  expect(isQuiet(open, "2026-12-25")).toBe(false);
  expect(isQuiet(open, "2027-03-28")).toBe(false);
});

/** By the clocks of Rome, as an almanac has their changes. */
function inRome(local: string): Date {
  const isSummer =
    (local >= "2026-03-29T02" && local < "2026-10-25T03") ||
    (local >= "2027-03-28T02" && local < "2027-10-31T03") ||
    local >= "2028-03-26T02";
  return new Date(`${local}:00${isSummer ? "+02:00" : "+01:00"}`);
}
