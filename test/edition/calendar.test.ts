import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  ageOn,
  bornOnOrBefore,
  cityUserDays,
  currentPhase,
  dayOfTurning,
  daysBetween,
  isOpen,
  latestBirth,
  nextPhase,
  spanState,
  today,
} from "../../core/edition/calendar.ts";
import { edition2022, vote2022 } from "./samples.ts";

const days = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2099-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("the day it is in Rome", () => {
  test.each([
    ["the last second of 31 May, in summer time", "2022-05-31T21:59:59Z", "2022-05-31"],
    ["the first of 1 June", "2022-05-31T22:00:00Z", "2022-06-01"],
    ["the last second of a winter day", "2022-12-31T22:59:59Z", "2022-12-31"],
    ["the first of the next", "2022-12-31T23:00:00Z", "2023-01-01"],
    ["before clocks go forward, 27 March 2022", "2022-03-27T00:59:59Z", "2022-03-27"],
    ["the midnight before that, still winter time", "2022-03-26T22:59:59Z", "2022-03-26"],
    ["the midnight after, already summer time", "2022-03-27T22:00:00Z", "2022-03-28"],
    ["before clocks go back, 30 October 2022", "2022-10-29T22:00:00Z", "2022-10-30"],
    ["the midnight after, already winter time", "2022-10-30T22:59:59Z", "2022-10-30"],
  ])("%s", (_, instant, day) => {
    expect(today(new Date(instant), "Europe/Rome")).toBe(day);
  });

  test("proposals close with 31 May", () => {
    const at = (instant: string) => isOpen(edition2022, "proposals", today(new Date(instant), "Europe/Rome"));
    expect(at("2022-05-31T23:59:59+02:00")).toBe(true);
    expect(at("2022-06-01T00:00:00+02:00")).toBe(false);
    expect(at("2022-04-12T23:59:59+02:00")).toBe(false);
    expect(at("2022-04-13T00:00:00+02:00")).toBe(true);
  });
});

test("phases: before, at both ends of each, and after", () => {
  const at = (day: string) => [currentPhase(edition2022, day)?.id, nextPhase(edition2022, day)?.id];
  expect(at("2022-04-12")).toEqual([undefined, "proposals"]);
  expect(at("2022-04-13")).toEqual(["proposals", "evaluation"]);
  expect(at("2022-05-31")).toEqual(["proposals", "evaluation"]);
  expect(at("2022-06-01")).toEqual(["evaluation", "promotion"]);
  expect(at("2022-08-31")).toEqual(["promotion", "vote"]);
  expect(at("2022-10-18")).toEqual(["vote", undefined]);
  expect(at("2022-10-19")).toEqual([undefined, undefined]);
});

test("paper and online vote have no day in common and no day between them", () => {
  const { paper, online } = vote2022;
  expect(spanState(paper, "2022-08-31")).toEqual({ state: "before", daysToGo: 1 });
  expect(spanState(paper, "2022-09-18")).toEqual({ state: "open", daysLeft: 0 });
  expect(spanState(online, "2022-09-18")).toEqual({ state: "before", daysToGo: 1 });
  expect(spanState(paper, "2022-09-19")).toEqual({ state: "after" });
  expect(spanState(online, "2022-09-19")).toEqual({ state: "open", daysLeft: 29 });
  expect(spanState(online, "2022-10-19")).toEqual({ state: "after" });
});

test("a city user is told both the advised day and the last one", () => {
  expect(cityUserDays(edition2022, "2022-10-01")).toEqual({
    enabledOn: "2022-10-04",
    askBy: "2022-10-11",
    lastDay: "2022-10-15",
  });
});

test("16 by 18 October 2022 means born on or before 18 October 2006", () => {
  expect(bornOnOrBefore(edition2022)).toBe("2006-10-18");
});

test("who was born on 29 February turns an age on the 28th in other years", () => {
  expect(dayOfTurning("2004-02-29", 16)).toBe("2020-02-29");
  expect(dayOfTurning("2004-02-29", 18)).toBe("2022-02-28");
  expect(ageOn("2004-02-29", "2022-02-27")).toBe(17);
  expect(ageOn("2004-02-29", "2022-02-28")).toBe(18);
  expect(latestBirth(18, "2022-02-28")).toBe("2004-02-29");
});

test("the latest birth with an age is the last that has it, on any day", () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 110 }), (day, age) => {
      const birth = latestBirth(age, day);
      expect(dayOfTurning(birth, age) <= day).toBe(true);
      expect(dayOfTurning(addDays(birth, 1), age) > day).toBe(true);
      expect(ageOn(birth, day)).toBe(age);
    }),
  );
});

test("days are counted across changes of the hour", () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
      expect(daysBetween(day, addDays(day, count))).toBe(count);
    }),
  );
});
