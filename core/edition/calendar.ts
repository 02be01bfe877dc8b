import { Temporal } from "temporal-polyfill";
import type { Edition, Phase, PhaseId } from "./schema.ts";

/** A day of the calendar, `YYYY-MM-DD`. Days written so compare as strings do. */
export type Day = string;

/** Days from the first to the last, both included. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** Where a day stands to a span; days are whole, and `daysLeft` is 0 on the last one. */
export type SpanState =
  | { readonly state: "before"; readonly daysToGo: number }
  | { readonly state: "open"; readonly daysLeft: number }
  | { readonly state: "after" };

/** The day it is somewhere. */
export function today(now: Date, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Days from one to the other; negative when the other comes first. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;
}

export function spanState(span: Span, day: Day): SpanState {
  if (day < span.from) return { state: "before", daysToGo: daysBetween(day, span.from) };
  if (day > span.to) return { state: "after" };
  return { state: "open", daysLeft: daysBetween(day, span.to) };
}

export function findPhase(edition: Edition, id: PhaseId): Phase | undefined {
  return edition.phases.find((phase) => phase.id === id);
}

/** The phase that a day falls in, if any. */
export function currentPhase(edition: Edition, day: Day): Phase | undefined {
  return edition.phases.find((phase) => phase.from <= day && day <= phase.to);
}

/** The first phase that begins after a day, if any. */
export function nextPhase(edition: Edition, day: Day): Phase | undefined {
  return edition.phases.find((phase) => phase.from > day);
}

export function isOpen(edition: Edition, id: PhaseId, day: Day): boolean {
  return currentPhase(edition, day)?.id === id;
}

/**
 * The day on which somebody turns an age. Who was born on 29 February turns it on the 28th in
 * years that are not leap years: a term that ends on a day its month lacks ends on the month's
 * last (art. 2963 of the Italian civil code).
 */
export function dayOfTurning(birth: Day, age: number): Day {
  return Temporal.PlainDate.from(birth).add({ years: age }, { overflow: "constrain" }).toString();
}

/** Age in whole years on a day; negative before birth. */
export function ageOn(birth: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return dayOfTurning(birth, years) <= day ? years : years - 1;
}

/** The latest day of birth with which somebody has an age on a day. */
export function latestBirth(age: number, day: Day): Day {
  const birth = Temporal.PlainDate.from(day).subtract({ years: age }).toString();
  const following = addDays(birth, 1);
  return dayOfTurning(following, age) <= day ? following : birth;
}

/** The latest day of birth with which somebody reaches the minimum age in time. */
export function bornOnOrBefore({ eligibility }: Edition): Day {
  return latestBirth(eligibility.minimumAge, eligibility.reachedBy);
}

/** What a city user has to know about days. */
export interface CityUserDays {
  /** The day on which asking today enables to vote. */
  readonly enabledOn: Day;
  /** Asking by this day is advised. */
  readonly askBy: Day;
  /** Asking later is in vain. */
  readonly lastDay: Day;
}

/**
 * By which day to ask for the register, counted back from the end of the online vote; `undefined`
 * where there is no register. Calendar days: whether working days are meant may be unpublished,
 * hence the longer advice.
 */
export function cityUserDays({ eligibility, vote }: Edition, day: Day): CityUserDays | undefined {
  const register = eligibility.elsewhere?.register;
  if (!register || !vote?.online) return undefined;
  const { waitDays, adviseDays } = register;
  const end = vote.online.to;
  return {
    enabledOn: addDays(day, waitDays),
    askBy: addDays(end, -adviseDays),
    lastDay: addDays(end, -waitDays),
  };
}
