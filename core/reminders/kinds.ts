import type { Day } from "../edition/calendar.ts";
import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";

/**
 * What people can be reminded of again and again, until they want it no more. What comes once, a phase or an
 * event, is an `Occasion`.
 */
export const kinds = [
  /** A phase begins. */
  "phase_opens",
  /** A phase will soon be over. */
  "phase_closes",
  /** A proposal that was begun is not sent yet, and soon cannot be any more. */
  "unfinished_proposal",
  /** One can still vote, and may not have. */
  "unfinished_vote",
  /** What the office decides of one's own proposal. */
  "news",
] as const;
export type Kind = (typeof kinds)[number];

export const isKind = (name: string): name is Kind => kinds.some((kind) => kind === name);

/** Those of which something can still come, in an edition on a day of it. */
export function kindsAhead({ phases }: Pick<Edition, "phases">, today: Day): readonly Kind[] {
  const proposals = phases.find(({ id }) => id === "proposals");
  const vote = phases.find(({ id }) => id === "vote");
  const isAhead: Readonly<Record<Kind, boolean>> = {
    phase_opens: phases.some(({ from }) => today < from),
    phase_closes: phases.some(({ to }) => today <= to),
    unfinished_proposal: proposals !== undefined && today <= proposals.to,
    unfinished_vote: vote !== undefined && today <= vote.to,
    // Once the vote has begun, nothing is decided of proposals any more.
    news: phases.some(({ to }) => today <= to) && (vote === undefined || today < vote.from),
  };
  return kinds.filter((kind) => isAhead[kind]);
}

/** What a kind is called where it can be ticked: "Comincia una fase". */
export const nameOf = (kind: Kind): Text => ({ key: `remind.kind.${kind}.name` });

/** The same in the middle of a sentence: "quando comincia una fase". */
export const whenOf = (kind: Kind): Text => ({ key: `remind.kind.${kind}.when` });
