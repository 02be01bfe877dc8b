import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, today } from "../../core/edition/calendar.ts";
import { easter, isHoliday } from "../../core/edition/holidays.ts";
import { answerBy, attendance, type Office } from "../../core/edition/office.ts";
import { weekdays } from "../../core/edition/values.ts";

const ZONE = "Europe/Rome";
const office: Office = {
  address: "ufficio@example.org",
  hours: [
    { days: ["tue", "thu"], from: "14:30", to: "17:00" },
    { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:30" },
  ],
  closedOn: ["11-13", "2026-11-02"],
  answersWithinDays: 3,
  sources: ["prova"],
};
const at = (time: string) => attendance(office, new Date(time), ZONE);

describe("Italy's holidays", () => {
  // Easter Sundays as calendars print them, the earliest and the latest of this century among them.
  test.each([
    "2000-04-23",
    "2008-03-23",
    "2019-04-21",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2038-04-25",
    "2049-04-18",
  ])("Easter is on %s", (day) => expect(easter(Number(day.slice(0, 4)))).toBe(day));

  test("Easter is a Sunday from 22 March to 25 April, and the Monday after it is a holiday", () => {
    return fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), (year) => {
        const day = easter(year);
        expect(new Date(day).getUTCDay()).toBe(0);
        expect(`${year}-03-22` <= day && day <= `${year}-04-25`).toBe(true);
        expect(isHoliday(addDays(day, 1))).toBe(true);
      }),
    );
  });

  test("are those of the law, year by year", () => {
    const of = (year: number) =>
      Array.from({ length: 365 }, (_, day) => addDays(`${year}-01-01`, day)).filter(isHoliday);
    const before = [
      "01-01",
      "01-06",
      "04-21",
      "04-25",
      "05-01",
      "06-02",
      "08-15",
      "11-01",
      "12-08",
      "12-25",
      "12-26",
    ];
    expect(of(2025)).toEqual(before.map((day) => `2025-${day}`));
    expect(of(2027).map((day) => day.slice(5))).toEqual(
      [...before.filter((day) => day !== "04-21"), "03-29", "10-04"].sort(),
    );
  });
});

describe("The office", () => {
  test.each([
    ["on a Monday morning", "2026-11-09T09:00:00+01:00", { state: "open", until: "12:30" }],
    ["in the last minute", "2026-11-09T12:29:59+01:00", { state: "open", until: "12:30" }],
    [
      "at noon, until the afternoon",
      "2026-11-10T12:30:00+01:00",
      { opens: { day: "2026-11-10", at: "14:30" } },
    ],
    ["in the afternoon", "2026-11-10T15:00:00+01:00", { state: "open", until: "17:00" }],
    [
      "over a patron's day and a week-end",
      "2026-11-12T17:00:00+01:00",
      { opens: { day: "2026-11-16", at: "09:00" } },
    ],
    ["on a day of its own", "2026-11-02T10:00:00+01:00", { opens: { day: "2026-11-03", at: "09:00" } }],
    ["over Easter", "2027-03-26T18:00:00+01:00", { opens: { day: "2027-03-30", at: "09:00" } }],
    ["on Saint Francis' day", "2027-10-04T10:00:00+02:00", { opens: { day: "2027-10-05", at: "09:00" } }],
    ["by the summer's clocks", "2026-07-06T07:00:00Z", { state: "open", until: "12:30" }],
    ["by the winter's clocks", "2026-11-09T07:59:00Z", { opens: { day: "2026-11-09", at: "09:00" } }],
  ])("%s", (_, time, expected) => expect(at(time)).toMatchObject(expected));

  test("answers within its own days, the first the one after", () => {
    expect(answerBy(office, "2026-11-09")).toBe("2026-11-12");
    expect(answerBy(office, "2026-11-11")).toBe("2026-11-17"); // over the patron and a week-end
    expect(answerBy(office, "2026-12-23")).toBe("2026-12-29"); // over Christmas
  });

  /** Any week's hours that do not overlap within a day. */
  const hours = fc
    .array(
      fc.record({
        days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
        morning: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((openings) =>
      openings.map(({ days, morning }) => ({
        days,
        ...(morning ? { from: "08:15", to: "13:00" } : { from: "14:45", to: "18:30" }),
      })),
    );
  const minutes = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2031, 0, 1) / 60_000 });

  test("opens when it says it will, and not a quarter of an hour before", () => {
    return fc.assert(
      fc.property(hours, minutes, (week, minute) => {
        const any: Office = { ...office, hours: week };
        const now = new Date(minute * 60_000);
        const there = attendance(any, now, ZONE);
        if (there.state === "open") {
          expect(isHoliday(today(now, ZONE))).toBe(false);
          return;
        }
        // Quarters of an hour from now on: every hour of opening above begins on one.
        let next = Math.ceil(minute / 15) * 15;
        while (attendance(any, new Date(next * 60_000), ZONE).state === "closed") next += 15;
        const opened = new Date(next * 60_000);
        const time = opened.toLocaleTimeString("it", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
        expect({ day: today(opened, ZONE), at: time }).toEqual(there.opens);
      }),
      { numRuns: 60 },
    );
  });

  test("never answers later than another that opens on more days", () => {
    return fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 1500 }), (week, days) => {
        const asked = addDays("2026-01-01", days);
        const every: Office = {
          ...office,
          closedOn: [],
          hours: [{ days: [...weekdays], from: "08:00", to: "09:00" }],
        };
        const by = answerBy({ ...office, closedOn: [], hours: week }, asked);
        expect(answerBy(every, asked) <= by && asked < by).toBe(true);
        expect(isHoliday(by)).toBe(false);
      }),
    );
  });
});
