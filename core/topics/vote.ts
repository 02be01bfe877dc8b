import type { Context } from "../context.ts";
import type { BallotRules } from "../edition/schema.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { isVoting, votesHere } from "../voting/window.ts";
import { phoneOf } from "./contacts.ts";
import { standing } from "./dates.ts";
import { sourced, together } from "./sources.ts";
import { missing } from "./unsettled.ts";
import { isVoteAhead, notHere, noVote, voteDoors, votingDays } from "./voting-days.ts";
import { bring, choosing, ways } from "./ways.ts";
import { atBooths } from "./where.ts";

const ties = { kind: "ballotTies" } as const;

/**
 * Voting now, as far as it goes today: online through a link to the ballot, on paper at a booth.
 * What is chosen, and the codice fiscale, are for the page alone: chats are read by others.
 */
export const vote: Topic = {
  name: "vote",
  lookup: (context) => (votesHere(context.edition, context.today) ? ties : undefined),
  answer(context, session, about) {
    const { edition, today } = context;
    if (votesHere(edition, today)) {
      const tied = context.found(ties) ?? 0;
      return tied > 0 && about !== "again" ? voted(tied) : invite(context);
    }
    if (edition.vote?.paper && isVoting(edition, "paper", today)) return toTheBooth(context);
    return isVoting(edition, "online", today) ? ways.answer(context, session, about) : notToday(context);
  },
};

/** How long a link to the ballot lives. */
const LINK_MS = 15 * 60 * 1000;
/** 43 of these are 256 bits. */
const TOKEN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const TOKEN_LENGTH = 43;

/** A token for a link, and until when it lives. */
export const drawLink = (context: Context): { readonly token: string; readonly until: string } => ({
  token: context.draw(TOKEN_LETTERS, TOKEN_LENGTH),
  until: new Date(context.realNow.getTime() + LINK_MS).toISOString(),
});

function invite(context: Context): Finished {
  const { edition } = context;
  const { online, ballot } = edition.vote ?? {};
  if (!online || !ballot) return { say: standing(context) };
  const { token, until } = drawLink(context);
  const url = context.pages(`/voto/l/${token}`);
  if (url === undefined) return noPage(context);
  return {
    say: sourced(
      edition,
      [
        { key: "vote.today", params: { to: { date: online.to } } },
        needed(ballot.routes),
        choosing(ballot),
        { key: "vote.link" },
      ],
      [...online.sources, ...ballot.sources],
    ),
    link: { url, label: { key: "vote.option.open" } },
    doors: [projectsDoor, waysDoor],
    effects: [{ kind: "openBallot", token, until }],
  };
}

/** Where no page can be opened from here there is still the telephone. */
const noPage = ({ edition }: Context): Finished => ({
  say: { key: "vote.no_page", params: { phone: phoneOf(edition) } },
  doors: [waysDoor],
});

/** What to have at hand before the page is opened. */
function needed({ spid, code }: BallotRules["routes"]): Text {
  const way = spid ? (code === "off" ? "spid" : "both") : code === "off" ? "station" : "code";
  return { key: `vote.needed.${way}` };
}

function voted(count: number): Finished {
  return {
    say: { lines: [{ key: "vote.voted", params: { count } }, { key: "vote.voted_more" }], gap: true },
    doors: [{ opens: "vote-again", label: { key: "vote.option.again" } }, waysDoor],
  };
}

/** On days when nobody votes: when one can. */
function notToday(context: Context): Finished {
  const { edition, today } = context;
  const { vote } = edition;
  if (!vote) return { say: together(edition, [], noVote(edition)) };
  const told = [...votingDays(vote, today), ...(isVoteAhead(vote, today) ? notHere(edition) : [])];
  return {
    say: together(edition, told),
    doors: [...voteDoors(context), waysDoor],
  };
}

/** On days when one votes on paper alone. */
function toTheBooth(context: Context): Finished {
  const { edition, today } = context;
  const { vote } = edition;
  if (!vote?.paper) return { say: standing(context) };
  const told = [
    ...votingDays(vote, today),
    atBooths(vote, vote.paper),
    bring(vote.paper),
    ...notHere(edition),
  ];
  return {
    say: together(edition, told, missing(edition, "where")),
    doors: [projectsDoor, waysDoor],
  };
}

const waysDoor: Door = { opens: "ways", label: { key: "vote.option.ways" } };
const projectsDoor: Door = { opens: "projects", label: { key: "vote.option.projects" } };

/** What the digits are worth that the page shows beside a receipt: `tie-482913`. */
export const tieQuery = (digits: string) => ({ kind: "ballotTie", digits }) as const;

/** Ties a vote to this chat: that there was one, not whose. */
export const tie: Topic = {
  name: "tie",
  lookup: (_context, digits) => tieQuery(digits),
  answer(context, _session, digits) {
    const found = context.found(tieQuery(digits)) ?? "none";
    return {
      say: { key: found === "right" ? "vote.tied" : "vote.tie_wrong" },
      ...(found !== "none" && { effects: [{ kind: "tieBallot", digits, found, on: context.today }] }),
    };
  },
};
