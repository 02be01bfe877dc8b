import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { requests, stateOf } from "./register.ts";
import { type Sourced, sourced } from "./sources.ts";
import { conflictDoors, unsettledInFull } from "./unsettled.ts";
import { isVoteAhead, noVote, type Vote, voteDoors, votingDays, votingDoor } from "./voting-days.ts";

/** When one votes: whether today, until when, at what hours; from when, for who asked for the register here. */
export const when: Topic = {
  name: "when",
  lookup: ({ edition, today }) => (edition.vote && isVoteAhead(edition.vote, today) ? requests : undefined),
  answer(context) {
    const { edition, today } = context;
    const { vote } = edition;
    if (!vote) return { say: sourced(edition, noVote(edition), []) };
    const ahead = isVoteAhead(vote, today);
    const told = [...votingDays(vote, today), ...(ahead ? hours(vote) : [])];
    const own: Text[] = ahead
      ? (context.found(requests) ?? []).slice(0, 2).map((one) => stateOf(one, edition))
      : [];
    return {
      say: sourced(
        edition,
        [...told.map(({ say }) => say), ...own, ...(ahead ? unsettledInFull(edition, "when") : [])],
        told.flatMap(({ sources }) => sources),
      ),
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
