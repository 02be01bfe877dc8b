import type { Context } from "../context.ts";
import { type Day, findPhase, spanState } from "../edition/calendar.ts";
import type { Edition } from "../edition/schema.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { votesHere, type Way } from "../voting/window.ts";
import { phoneOf } from "./contacts.ts";
import { phaseDoors, remindDoor } from "./dates.ts";
import type { Sourced } from "./sources.ts";

/* What the answers about voting share: how, where and when. */

export type Vote = NonNullable<Edition["vote"]>;

/** In which ways one votes today, then those to come, then in short those that are over. */
export function votingDays(vote: Vote, today: Day): Sourced[] {
  const ways = (["paper", "online"] as const).flatMap((way) => {
    const span = vote[way];
    return span ? [{ way, span, ...spanState(span, today) }] : [];
  });
  const tell = (among: typeof ways, key: string): Sourced[] =>
    among.map(({ way, span: { from, to, sources } }) => ({
      say: { key: `${key}.${way}`, params: { from: { date: from }, to: { date: to } } },
      sources,
    }));
  const open = ways.filter(({ state }) => state === "open");
  const later = ways.filter(({ state }) => state === "before");
  const over = ways.filter(({ state }) => state === "after");
  const notYet = open.length === 0 && later.length > 0 ? [{ say: { key: "vote.not_yet" }, sources: [] }] : [];
  return [
    ...notYet,
    ...tell(open, "vote.now"),
    ...tell(later, open.length > 0 ? "vote.then" : "dates.vote"),
    ...tell(over, "vote.over"),
  ];
}

/** Whether one votes in a way today, or will. */
export const isAhead = (vote: Vote, way: Way, today: Day): boolean => {
  const span = vote[way];
  return span !== undefined && today <= span.to;
};

/** Whether there is still a vote to come or going on. */
export const isVoteAhead = (vote: Vote, today: Day): boolean =>
  isAhead(vote, "paper", today) || isAhead(vote, "online", today);

/** Where nothing is known of a vote. */
export const noVote = (edition: Edition): Text[] => [
  { key: "vote.unpublished" },
  { key: "contacts.phone", params: { phone: phoneOf(edition) } },
];

/** Where this chat is no way to vote, it says so. */
export const notHere = ({ channels }: Edition): Sourced[] =>
  channels.vote && !channels.vote.assistant
    ? [{ say: { key: "vote.not_here" }, sources: channels.vote.sources }]
    : [];

/** To vote now, to be told when one can, or what came of it. */
export function voteDoors(context: Context): Door[] {
  const { edition, today } = context;
  const phase = findPhase(edition, "vote");
  if (!phase) return [];
  return today < phase.from ? [remindDoor(phase)] : phaseDoors(context);
}

/** The same without one that leads to a vote which is held elsewhere. */
export const ownVoteDoors = (context: Context): Door[] =>
  voteDoors(context).filter(({ opens }) => opens !== "vote" || votesHere(context.edition, context.today));

/** The answers that go with one another. */
export const votingDoor = (name: "ways" | "where" | "when"): Door => ({
  opens: name,
  label: { key: `vote.option.${name}` },
});
