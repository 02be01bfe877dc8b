import { Temporal } from "temporal-polyfill";
import { addDays, type Day, today } from "./calendar.ts";
import { isHoliday } from "./holidays.ts";
import type { Edition } from "./schema.ts";
import { weekdays } from "./values.ts";

export type Office = NonNullable<Edition["office"]>;

/** Whether somebody is at the office, and until when or from when; times are `09:00`. */
export type Attendance =
  | { readonly state: "open"; readonly until: string }
  | { readonly state: "closed"; readonly opens: { readonly day: Day; readonly at: string } };

/** An office opens again within so many days, or never. */
const HORIZON_DAYS = 366;

/** Whether the office is open at an instant; where it is not, when it opens next. */
export function attendance(office: Office, now: Date, timeZone: string): Attendance {
  const day = today(now, timeZone);
  const time = timeOf(now, timeZone);
  const current = openings(office, day).find(({ from, to }) => from <= time && time < to);
  if (current) return { state: "open", until: current.to };
  const later = openings(office, day).find(({ from }) => time < from);
  if (later) return { state: "closed", opens: { day, at: later.from } };
  const next = nextWorkday(office, day);
  return { state: "closed", opens: { day: next, at: openings(office, next)[0]?.from ?? "" } };
}

/**
 * The day by which an answer is to be expected. The office's days are counted, and the first is the
 * one after that on which something was asked (art. 2963 of the civil code).
 */
export function answerBy(office: Office, asked: Day): Day {
  let day = asked;
  for (let left = office.answersWithinDays; left > 0; left--) day = nextWorkday(office, day);
  return day;
}

/** The first day after another on which the office opens. */
function nextWorkday(office: Office, after: Day): Day {
  for (let days = 1; days <= HORIZON_DAYS; days++) {
    const day = addDays(after, days);
    if (openings(office, day).length > 0) return day;
  }
  return addDays(after, HORIZON_DAYS);
}

/** When the office is open on a day, earliest first. */
function openings(office: Office, day: Day): readonly { readonly from: string; readonly to: string }[] {
  const isClosed = isHoliday(day) || office.closedOn.some((one) => one === day || one === day.slice(5));
  if (isClosed) return [];
  const weekday = weekdays[Temporal.PlainDate.from(day).dayOfWeek - 1];
  return office.hours
    .filter(({ days }) => days.some((one) => one === weekday))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The time that clocks show somewhere, `09:00`. */
const timeOf = (now: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: "minute" });
