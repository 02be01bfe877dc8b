import type { Day, Span } from "../edition/calendar.ts";
import type { BallotRules, Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { votesHere } from "../voting/window.ts";
import { phoneOf } from "./contacts.ts";
import { phaseDoors, standing } from "./dates.ts";
import { sourced } from "./sources.ts";

/** When, where and with what one votes, as far as it is known. */
export const ways: Topic = {
  name: "ways",
  answer(context) {
    const { edition, today } = context;
    const known = edition.vote ? waysToVote(edition.vote, today) : [];
    const says =
      known.length > 0
        ? known.map(({ say }) => say)
        : [{ key: "vote.unpublished" }, { key: "contacts.phone", params: { phone: phoneOf(edition) } }];
    return {
      say: sourced(
        edition,
        [standing(context), ...says],
        known.flatMap(({ sources }) => sources),
      ),
      doors: phaseDoors(context).filter(({ opens }) => opens !== "vote" || votesHere(edition, today)),
    };
  },
};

interface Sourced {
  readonly say: Text;
  readonly sources: readonly string[];
}

type Vote = NonNullable<Edition["vote"]>;
type Dated = Span & { readonly sources: readonly string[] };

function waysToVote(vote: Vote, today: Day): Sourced[] {
  const { paper, online, cityUserAtBooth, assisted, winners, ballot } = vote;
  const ways: Sourced[] = [];
  const over = (way: "paper" | "online", { to, sources }: Dated): Sourced => ({
    say: { key: `vote.over.${way}`, params: { to: { date: to } } },
    sources,
  });
  if (paper) ways.push(paper.to < today ? over("paper", paper) : onPaper(vote, paper));
  if (online) ways.push(online.to < today ? over("online", online) : onTheWeb(vote, online));
  if (online && online.to < today) return ways;
  if (ballot) ways.push({ say: choosing(ballot), sources: ballot.sources });
  for (const statement of [assisted, cityUserAtBooth, winners])
    if (statement) ways.push({ say: { literal: statement.text }, sources: statement.sources });
  return ways;
}

/** Where the assistant itself holds the vote, its page says what it asks for. */
function onTheWeb({ ballot }: Vote, online: NonNullable<Vote["online"]>): Sourced {
  const { site, asks, sources } = online;
  return ballot
    ? { say: { key: "vote.online_here", params: days(online) }, sources }
    : { say: { key: "vote.online", params: { ...days(online), site, asks: things(asks) } }, sources };
}

/** Where and with what one votes on paper; the booths where they are known. */
export function onPaper({ stations }: Vote, paper: NonNullable<Vote["paper"]>): Sourced {
  const { where, documents, sources } = paper;
  const params = { ...days(paper), where: { literal: where }, documents: things(documents) };
  const booths = stations.map(({ name, where, hours }) => ({
    key: hours ? "vote.station_hours" : "vote.station",
    params: {
      name: { literal: name },
      where: { literal: where },
      ...(hours && { hours: { literal: hours } }),
    },
  }));
  return {
    say: { lines: [{ key: "vote.paper", params }, ...booths] },
    sources: [...sources, ...stations.flatMap((station) => station.sources)],
  };
}

/** How many projects one may choose, and that it cannot be changed. */
export function choosing({ choices, blank }: BallotRules): Text {
  const how: Text =
    choices.rule === "upTo"
      ? { key: "vote.rule.upTo", params: { most: choices.most } }
      : { key: `vote.rule.${choices.rule}` };
  return { lines: [how, ...(blank ? [{ key: "vote.rule.blank" }] : []), { key: "vote.rule.once" }] };
}

const days = ({ from, to }: Span) => ({ from: { date: from }, to: { date: to } });
const things = (items: readonly Edition["name"][]): Text => ({
  list: items.map((item) => ({ literal: item })),
});
