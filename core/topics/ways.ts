import type { Context } from "../context.ts";
import type { BallotRules, Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { type Sourced, together } from "./sources.ts";
import { conflictDoors, unsettled } from "./unsettled.ts";
import {
  isAhead,
  isVoteAhead,
  notHere,
  noVote,
  ownVoteDoors,
  type Vote,
  votingDays,
  votingDoor,
} from "./voting-days.ts";
import { onlineHere } from "./where.ts";

/** How one votes: in which ways, with what, how many projects one chooses, and what nobody has published. */
export const ways: Topic = {
  name: "ways",
  answer(context) {
    const { edition, today } = context;
    const { vote } = edition;
    if (!vote) return { say: together(edition, [], noVote(edition)) };
    const ahead = isVoteAhead(vote, today);
    const told = [...votingDays(vote, today), ...(ahead ? howToVote(context, vote) : [])];
    return {
      brief: together(edition, told),
      say: together(edition, told, ahead ? unsettled(edition, "how") : []),
      doors: [...ownVoteDoors(context), votingDoor("where"), ...(ahead ? conflictDoors(edition, "how") : [])],
    };
  },
};

function howToVote({ edition, today, guest }: Context, vote: Vote): Sourced[] {
  const { paper, online, ballot, cityUserAtBooth, assisted } = vote;
  const quoted = (statement: typeof assisted): Sourced[] =>
    statement ? [{ say: { literal: statement.text }, sources: statement.sources }] : [];
  return [
    ...(paper && isAhead(vote, "paper", today) ? [bring(paper), ...quoted(cityUserAtBooth)] : []),
    ...(online && isAhead(vote, "online", today) ? [onTheWeb(ballot, online, guest)] : []),
    ...(ballot ? [{ say: choosing(ballot), sources: ballot.sources }] : []),
    ...quoted(assisted),
    ...notHere(edition),
  ];
}

/** What to bring to a booth. */
export const bring = ({ documents, sources }: NonNullable<Vote["paper"]>): Sourced => ({
  say: { key: "vote.bring", params: { documents: things(documents) } },
  sources,
});

/** What the site asks for; where the assistant itself holds the vote, its page says so. */
function onTheWeb(
  ballot: BallotRules | undefined,
  { site, asks, sources }: NonNullable<Vote["online"]>,
  guest: boolean,
): Sourced {
  return ballot
    ? { say: onlineHere(guest), sources }
    : { say: { key: "vote.asks", params: { site, asks: things(asks) } }, sources };
}

/** How many projects one may choose, and that it cannot be changed. */
export function choosing({ choices, blank }: BallotRules): Text {
  const how: Text =
    choices.rule === "upTo"
      ? { key: "vote.rule.upTo", params: { most: choices.most } }
      : { key: `vote.rule.${choices.rule}` };
  return { lines: [how, ...(blank ? [{ key: "vote.rule.blank" }] : []), { key: "vote.rule.once" }] };
}

const things = (items: readonly Edition["name"][]): Text => ({
  list: items.map((item) => ({ literal: item })),
});
