import type { Day } from "./calendar.ts";

/**
 * The days on which public offices are closed all over Italy, beside Sundays: law 260 of 27 May
 * 1949, art. 1 and 2, as left by law 54 of 1977, by the decree of the President 792 of 1985
 * (Epiphany again) and by law 336 of 2000 (2 June again). Read on normattiva.it.
 */
const EVERY_YEAR: ReadonlySet<string> = new Set([
  "01-01",
  "01-06",
  "04-25",
  "05-01",
  "06-02",
  "08-15",
  "11-01",
  "12-08",
  "12-25",
  "12-26",
]);

/** Saint Francis, a holiday again: law 151 of 8 October 2025, in force from 1 January 2026. */
const SAINT_FRANCIS = { monthDay: "10-04", from: "2026" };

/** Whether a day is a holiday all over Italy. Sundays are told by the hours of who is open or not. */
export function isHoliday(day: Day): boolean {
  const [year, monthDay] = [day.slice(0, 4), day.slice(5)];
  if (EVERY_YEAR.has(monthDay) || day === easterMonday(Number(year))) return true;
  return monthDay === SAINT_FRANCIS.monthDay && year >= SAINT_FRANCIS.from;
}

function easterMonday(year: number): Day {
  return new Date(Date.parse(easter(year)) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/**
 * Easter Sunday of the Gregorian calendar, by the anonymous algorithm that J. Meeus gives in
 * "Astronomical Algorithms", chapter 8.
 */
export function easter(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const exception = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * exception + 114;
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${year}-${pad(Math.floor(days / 31))}-${pad((days % 31) + 1)}`;
}
