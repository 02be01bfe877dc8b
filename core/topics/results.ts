import type { Context } from "../context.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { PictureRequest, Text } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";
import type { Topic } from "../topic.ts";
import type { Published, Turnout } from "../voting/published.ts";
import type { Step } from "../voting/winners.ts";
import { contacts } from "./contacts.ts";
import { standing } from "./dates.ts";
import { sourced } from "./sources.ts";
import { unsettled } from "./unsettled.ts";
import { isVoteAhead, noVote, voteDoors } from "./voting-days.ts";

const query = { kind: "result" } as const;

/** What the vote came to: winners, why each won or not (`results-steps`), who took part (`results-turnout`). */
export const results: Topic = {
  name: "results",
  lookup: ({ edition }) => (edition.vote?.ballot ? query : undefined),
  answer(context, session, about) {
    const { edition, today } = context;
    const found = context.found(query);
    const { vote } = edition;
    if (!vote) return { say: sourced(edition, noVote(edition), []) };
    if (!found) return isVoteAhead(vote, today) ? before(context) : pending(context, session);
    if (about === "steps") return reasons(found);
    if (about === "turnout") return takingPart(context, found);
    return outcome(context, found);
  },
};

/** Before there are any: that they come after the vote, and how it is decided which projects win. */
function before(context: Context): Finished {
  const { edition } = context;
  const { winners } = edition.vote ?? {};
  return {
    say: sourced(
      edition,
      [
        standing(context),
        { key: "results.not_yet" },
        ...(winners ? [{ literal: winners.text }] : []),
        ...unsettled(edition, "count"),
      ],
      winners?.sources ?? [],
    ),
    doors: voteDoors(context),
  };
}

/** The vote is over, and nothing is published here: counted elsewhere, or not yet. */
function pending(context: Context, session: Session): Finished {
  const { edition } = context;
  const { say, ...rest } = contacts.answer(context, session, "");
  const key = edition.vote?.ballot ? "results.counting" : "results.elsewhere";
  return { ...rest, say: { lines: [{ key }, say], gap: true } };
}

const door = (about: string): Door => ({
  opens: about === "" ? "results" : `results-${about}`,
  label: { key: `results.option.${about || "results"}` },
});

function outcome(context: Context, found: Published): Finished {
  const { result, turnout, on } = found;
  const funded = result.steps.filter(({ decision }) => decision === "funded");
  const url = context.pages("/dati/risultati");
  return {
    say: {
      gap: true,
      lines: [
        { key: "results.turnout", params: { voted: turnout.voted, onRoll: turnout.onRoll } },
        funded.length === 0
          ? { key: "results.none" }
          : { lines: [{ key: "results.funded" }, ...funded.map((step) => row(found, step))] },
        { key: "results.money", params: { spent: { euros: result.spent }, left: { euros: result.left } } },
        { key: "results.published", params: { on: { date: on } } },
      ],
    },
    doors: [door("steps"), door("turnout")],
    picture: chart(context, found),
    ...(url && { link: { url, label: { key: "results.option.page" } } }),
  };
}

function reasons(found: Published): Finished {
  const steps = found.result.steps.map((step): Text => ({ lines: [row(found, step), reasonOf(step)] }));
  return {
    say: { lines: [{ key: "results.reasons" }, ...steps], gap: true },
    doors: [door(""), door("turnout")],
  };
}

/** Why a project is funded or not, and what settled a tie. */
export function reasonOf({ why, left, tie }: Step): Text {
  const settled: Text[] = tie ? [{ key: `results.tie.${tie.by}` }] : [];
  return { lines: [{ key: `results.why.${why}`, params: { left: { euros: left } } }, ...settled] };
}

function takingPart({ edition }: Context, { turnout }: Published): Finished {
  const ways = (["paper", "spid", "code", "station"] as const).map((way): Text => {
    const count = turnout.byRoute[way];
    return line({ key: `results.way.${way}` }, count);
  });
  const places = turnout.byComune.map(({ comune, voted }): Text => line(placeOf(edition, comune), voted));
  return {
    say: {
      gap: true,
      lines: [
        { key: "results.turnout", params: { voted: turnout.voted, onRoll: turnout.onRoll } },
        { lines: [{ key: "results.by_way" }, ...ways] },
        { lines: [{ key: "results.by_place" }, ...places] },
        ...(hides(turnout) ? [{ key: "results.hidden" }] : []),
      ],
    },
    doors: [door(""), door("steps")],
  };
}

/** A figure of people with what it is of; one that is too small to be told is named. */
export const line = (name: Text, count: number | undefined): Text =>
  count === undefined
    ? { key: "results.line_hidden", params: { name } }
    : { key: "results.line", params: { name, count } };

const hides = ({ byRoute, byComune }: Turnout): boolean =>
  (["paper", "spid", "code", "station"] as const).some((way) => byRoute[way] === undefined) ||
  byComune.some(({ voted }) => voted === undefined);

export const placeOf = ({ comuni }: Context["edition"], id: string): Text => {
  const comune = comuni.find((one) => one.id === id);
  return comune ? { literal: comune.name } : { key: "results.city_users" };
};

const titleOf = ({ projects }: Published, code: string): string =>
  projects.find((project) => project.code === code)?.title ?? code;

const row = (found: Published, { id, votes, cost }: Step): Text => ({
  key: "results.row",
  params: { title: { literal: titleOf(found, id) }, votes, cost: { euros: cost } },
});

function chart(context: Context, found: Published): PictureRequest {
  const { steps } = found.result;
  const say = (text: Text) => context.say(text);
  const note: Text = { key: "results.published", params: { on: { date: found.on } } };
  return {
    kind: "chart",
    title: say({ key: "results.chart" }),
    bars: steps.map(({ id, votes, decision }) => ({
      label: titleOf(found, id),
      value: votes,
      shown: say({ key: "results.votes", params: { votes } }),
      ...(decision === "funded" && { mark: say({ key: "results.wins" }) }),
    })),
    note: say(note),
    alt: say({ key: "results.chart_alt", params: { count: steps.length } }),
  };
}
