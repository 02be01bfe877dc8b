import type { Counted, Status } from "./campaign-answers.ts";
import { reasonIn } from "./campaign-words.ts";
import { when } from "./terminal.ts";

/** How far a campaign is. */
export function drawStatus(told: Status): string {
  if (told.kind === "calendar")
    return `${told.id} is made by the calendar, from ${when(told.from)} to ${when(told.until)}. It has not begun.`;
  const { id, state, sentBy, approvedBy, startsAt, endedAt, until, progress } = told;
  const people = [
    ...(sentBy === undefined ? [] : [`sent by ${sentBy}`]),
    ...approvedBy.map((name) => `approved by ${name}`),
  ];
  const times = [
    ...(startsAt ? [`begins ${when(startsAt)}`] : []),
    ...(endedAt ? [`ended ${when(endedAt)}`] : [`until ${when(until)}`]),
  ];
  const head = `${id} is ${state}: ${[...people, ...times].join(", ")}.`;
  if (!progress || progress.counts.length === 0) return head;
  const more = progress.enrolled ? [] : ["More people are still being looked at."];
  return [head, ...progress.counts.map(rowOf), ...more].join("\n");
}

function rowOf({ count, as, because, channel, language, template, until }: Counted): string {
  const where = [channel, language, ...(template ? ["by template"] : [])].filter(
    (part) => part !== undefined,
  );
  const what = [
    as === "next" ? "in line" : as,
    ...(because === undefined ? [] : [`${as === "waiting" ? "for " : ""}${reasonIn(because)}`]),
    ...(until ? [`until ${when(until)}`] : []),
  ].join(": ");
  return `${String(count).padStart(8)}  ${what}${where.length > 0 ? `  (${where.join(", ")})` : ""}`;
}
