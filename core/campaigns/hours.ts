import { Temporal } from "temporal-polyfill";
import { addDays, type Day, today } from "../edition/calendar.ts";
import { instantOf } from "../edition/events.ts";
import { easter, isHoliday } from "../edition/holidays.ts";
import type { ReminderRules } from "../edition/reminders.ts";
import { weekdays } from "../edition/values.ts";
import type { DayPart } from "../reminders/wishes.ts";

/* When people may be written to: neither at night nor on quiet days, and at the hours that they chose. */

export interface SendingHours extends Pick<ReminderRules, "hours" | "quiet"> {
  readonly timeZone: string;
}

/** Clocks from the first on, until before the second. */
interface Stretch {
  readonly from: string;
  readonly to: string;
}

const NOON_ENDS = "13:00";
const EVENING = "18:00";

/** Some day within these is not quiet, or none is. */
const HORIZON_DAYS = 400;

/** What is left of the edition's hours for who chose some: all of them, where nothing is. */
export function stretchOf({ hours: { from, to } }: Pick<SendingHours, "hours">, own: DayPart): Stretch {
  const wanted = {
    any: { from, to },
    morning: { from, to: earlier(to, NOON_ENDS) },
    afternoon: { from: later(from, NOON_ENDS), to: earlier(to, EVENING) },
    evening: { from: later(from, EVENING), to },
  }[own];
  return wanted.from < wanted.to ? wanted : { from, to };
}

/* Of clocks, and of days, as they are written. */
const earlier = (one: string, other: string) => (one < other ? one : other);
export const later = (one: string, other: string) => (one > other ? one : other);

/** Whether nobody is written to on a day. */
export function isQuiet({ quiet }: Pick<SendingHours, "quiet">, day: Day): boolean {
  if (quiet.days.some((one) => one === day || one === day.slice(5))) return true;
  // A Sunday is no day that offices are closed on besides, so Easter is asked for by itself.
  if (quiet.holidays && (isHoliday(day) || day === easter(Number(day.slice(0, 4))))) return true;
  const weekday = weekdays[Temporal.PlainDate.from(day).dayOfWeek - 1];
  return quiet.weekdays.some((one) => one === weekday);
}

/** From when until before when people are written to on a day. */
interface Opening {
  readonly opens: Date;
  readonly closes: Date;
}

/** Worked out once for everybody: what calendars and time zones take would add up over thousands. */
const known = new WeakMap<SendingHours, Map<string, Opening | undefined>>();

function openingOn(rules: SendingHours, own: DayPart, day: Day): Opening | undefined {
  const openings = known.get(rules) ?? new Map<string, Opening | undefined>();
  known.set(rules, openings);
  const key = `${own} ${day}`;
  if (!openings.has(key)) {
    const { from, to } = stretchOf(rules, own);
    const at = (time: string) => instantOf(`${day} ${time}`, rules.timeZone);
    openings.set(key, isQuiet(rules, day) ? undefined : { opens: at(from), closes: at(to) });
  }
  return openings.get(key);
}

/**
 * The first moment, from one on, at which somebody may be written to: that one itself where it is allowed;
 * `undefined` where all days of more than a year are quiet.
 */
export function nextMoment(rules: SendingHours, own: DayPart, from: Date): Date | undefined {
  let day = today(from, rules.timeZone);
  for (let days = 0; days < HORIZON_DAYS; days++, day = addDays(day, 1)) {
    const opening = openingOn(rules, own, day);
    if (opening && from < opening.closes) return opening.opens > from ? opening.opens : from;
  }
  return undefined;
}
