import type { Context } from "../context.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { phoneOf } from "./contacts.ts";
import { type Sourced, together } from "./sources.ts";
import { conflictDoors, missing, unsettled } from "./unsettled.ts";
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

/** Where one votes: booths, the page, the assisted stations. What is open today comes first. */
export const where: Topic = {
  name: "where",
  answer(context) {
    const { edition, today } = context;
    const { vote } = edition;
    if (!vote) return { say: together(edition, [], noVote(edition)) };
    const ahead = isVoteAhead(vote, today);
    const told = [...votingDays(vote, today), ...(ahead ? places(context, vote) : [])];
    const phone: Text[] =
      missing(edition, "where").length > 0
        ? [{ key: "contacts.phone", params: { phone: phoneOf(edition) } }]
        : [];
    return {
      brief: together(edition, told),
      say: together(edition, told, ahead ? [...unsettled(edition, "where"), ...phone] : []),
      doors: [
        ...ownVoteDoors(context),
        votingDoor("ways"),
        votingDoor("when"),
        ...(ahead ? conflictDoors(edition, "where") : []),
      ],
    };
  },
};

function places({ edition, today, guest }: Context, vote: Vote): Sourced[] {
  const { paper, online, ballot } = vote;
  const booths = paper && isAhead(vote, "paper", today) ? [atBooths(vote, paper)] : [];
  const web: Sourced[] =
    online && isAhead(vote, "online", today)
      ? [
          {
            say: ballot ? onlineHere(guest) : { key: "vote.online", params: { site: online.site } },
            sources: online.sources,
          },
        ]
      : [];
  const help = withHelp(booths.length > 0 ? { ...vote, stations: [] } : vote);
  return [...booths, ...web, ...help, ...notHere(edition)];
}

/** Where the assistant itself holds the vote: on a phone of one's own. */
export const onlineHere = (guest: boolean): Text => ({ key: guest ? "vote.online_own" : "vote.online_here" });

/** Where one votes on paper, with the booths that are known. */
export const atBooths = (vote: Vote, { where: place, sources }: NonNullable<Vote["paper"]>): Sourced =>
  withStations(vote, { key: "vote.paper", params: { where: { literal: place } } }, sources);

/** Where one votes with help, with the stations that are known. */
export const withHelp = (vote: Vote): Sourced[] =>
  vote.assisted ? [withStations(vote, { literal: vote.assisted.text }, vote.assisted.sources)] : [];

/** Booths and assisted stations below what is said of them, as far as they are known. */
function withStations({ stations }: Vote, say: Text, sources: readonly string[]): Sourced {
  if (stations.length === 0) return { say, sources };
  const rows = stations.map(({ name, where: place, hours }) => ({
    key: hours ? "vote.station_hours" : "vote.station",
    params: {
      name: { literal: name },
      where: { literal: place },
      ...(hours && { hours: { literal: hours } }),
    },
  }));
  return {
    say: { lines: [say, { key: "vote.known" }, ...rows] },
    sources: [...sources, ...stations.flatMap((station) => station.sources)],
  };
}
