import { type Day, type SpanState, spanState } from "../edition/calendar.ts";
import type { Edition } from "../edition/schema.ts";

/** How one can vote in an edition, where it is known when. */
export type Way = "paper" | "online";

/** Where a day stands to the days of a way of voting; `undefined` where the edition has no such way. */
export function votingState({ vote }: Edition, way: Way, today: Day): SpanState | undefined {
  const span = vote?.[way];
  return span && spanState(span, today);
}

/** Whether votes are taken that day in that way. */
export const isVoting = (edition: Edition, way: Way, today: Day): boolean =>
  votingState(edition, way, today)?.state === "open";

/** Whether one can vote through the assistant that day. */
export const votesHere = (edition: Edition, today: Day): boolean =>
  edition.vote?.ballot !== undefined && isVoting(edition, "online", today);
