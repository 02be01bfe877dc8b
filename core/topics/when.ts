import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { requests, stateOf } from "./register.ts";
import { type Sourced, together } from "./sources.ts";
import { conflictDoors, unsettledInFull } from "./unsettled.ts";
import { isVoteAhead, noVote, type Vote, voteDoors, votingDays, votingDoor } from "./voting-days.ts";

/** When one votes: whether today, until when, at what hours; from when, for who asked for the register here. */
export const when: Topic = {
  name: "when",
  lookup: ({ edition, today }) => (edition.vote && isVoteAhead(edition.vote, today) ? requests : undefined),
  answer(context) {
    const { edition, today } = context;
    const { vote } = edition;
    if (!vote) return { say: together(edition, [], noVote(edition)) };
    const ahead = isVoteAhead(vote, today);
    const told = [...votingDays(vote, today), ...(ahead ? hours(vote) : [])];
    const own: Text[] = ahead
      ? (context.found(requests) ?? []).slice(0, 2).map((one) => stateOf(one, edition))
      : [];
    return {
      brief: together(edition, told, own),
      say: together(edition, told, [...own, ...(ahead ? unsettledInFull(edition, "when") : [])]),
      doors: [...voteDoors(context), votingDoor("where"), ...(ahead ? conflictDoors(edition, "when") : [])],
    };
  },
};

/** When booths and assisted stations are open, as far as it is known. */
function hours({ stations }: Vote): Sourced[] {
  const known = stations.flatMap(({ name, hours: open, sources }) =>
    open
      ? [
          {
            row: { key: "vote.hours", params: { name: { literal: name }, hours: { literal: open } } },
            sources,
          },
        ]
      : [],
  );
  if (known.length === 0) return [];
  return [
    {
      say: { lines: [{ key: "vote.known" }, ...known.map(({ row }) => row)] },
      sources: known.flatMap(({ sources }) => sources),
    },
  ];
}
