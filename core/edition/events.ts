import { Temporal } from "temporal-polyfill";
import type { Day } from "./calendar.ts";
import type { Edition } from "./schema.ts";

export type Event = Edition["events"][number];

/** A minute on the clocks of a time zone, `2027-03-05 20:30`. */
export type Moment = string;

/** What clocks show somewhere at an instant. */
export function momentAt(now: Date, timeZone: string): Moment {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  return local.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ");
}

/**
 * The instant at which clocks show it: the first of two where they are put back, and as much later as they
 * are put forward where they never show it (RFC 5545, 3.3.5).
 */
export function instantOf(moment: Moment, timeZone: string): Date {
  const local = Temporal.PlainDateTime.from(moment.replace(" ", "T"));
  return new Date(local.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds);
}

export const dayOf = (moment: Moment): Day => moment.slice(0, 10);

/** 20:30, and 9:00 for 09:00. */
export const timeOf = (moment: Moment): string => moment.slice(11).replace(/^0/, "");

/** Events that are not over yet, the next one first. */
export function eventsAhead({ events, timeZone }: Edition, now: Date): readonly Event[] {
  const present = momentAt(now, timeZone);
  return events.filter(({ to }) => present < to).sort((a, b) => (a.from < b.from ? -1 : 1));
}
