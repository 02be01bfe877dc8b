import type { Session } from "../engine/session.ts";

/**
 * How long a session lasts: twice what a proposal takes (15 minutes, as its first question says), as one who is
 * helped talks it over. Whoever needs longer begins another, or goes on at home by a code.
 */
export const ASSISTED_MINUTES = 30;
/** So long before the end it is said that the time is running out. */
const WARNING_MINUTES = 5;
const MINUTE_MS = 60_000;

export type Assisted = NonNullable<Session["assisted"]>;

/** @param now real time */
export const untilOf = (now: Date): string =>
  new Date(now.getTime() + ASSISTED_MINUTES * MINUTE_MS).toISOString();

/** Whole minutes that are left, one at least; 0 once it is over. */
export const minutesLeft = ({ until }: Assisted, now: Date): number =>
  Math.max(0, Math.ceil((Date.parse(until) - now.getTime()) / MINUTE_MS));

/** Whether it is time to say that little of it is left, which is said once. */
export const isEnding = (assisted: Assisted, now: Date): boolean =>
  !assisted.warned && minutesLeft(assisted, now) <= WARNING_MINUTES;
