import { createHash } from "node:crypto";
import type { Context } from "../context.ts";
import { findPhase } from "../edition/calendar.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { ProjectCard, Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import type { BallotProject, Projects } from "../voting/ports.ts";
import { reach } from "./contacts.ts";
import { phaseDoors, standing } from "./dates.ts";
import { because } from "./mine.ts";
import { sourced } from "./sources.ts";

const query = ({ today }: Context) => ({ kind: "projects", today }) as const;
const none: Projects = { fixed: false, projects: [] };
const found = (context: Context): Projects => context.found(query(context)) ?? none;

/** What can be voted for: one to press for each; before the ballot is fixed, what was admitted so far. */
export const projects: Topic = {
  name: "projects",
  lookup: query,
  answer(context) {
    const all = found(context).projects;
    if (all.length === 0) return nothing(context);
    const url = context.edition.vote?.ballot && context.pages("/dati");
    return {
      say: {
        gap: true,
        lines: [heading(context), { key: all.length > 1 ? "projects.press_one" : "projects.press" }],
      },
      doors: [
        ...voteDoor(context),
        ...inDrawnOrder(context, all).map(({ code, title }) => projectDoor(code, { literal: title })),
        { opens: "share", label: { key: "projects.option.share_all" } },
      ],
      ...(url && { link: { url, label: { key: "projects.option.page" } } }),
    };
  },
};

/**
 * Where there are none: from where they come, or, where proposals do not come through the assistant, that
 * it does not know them.
 */
function nothing(context: Context): Finished {
  const { edition, today } = context;
  const { after } = edition.proposals;
  const doors = phaseDoors(context);
  if (!edition.channels.proposals.assistant) {
    const says: Text[] = [{ key: "projects.elsewhere" }, ...reach(edition)];
    return { say: sourced(edition, says, edition.union.sources), doors };
  }
  const vote = findPhase(edition, "vote");
  if (vote && vote.from <= today)
    return { say: { lines: [standing(context), { key: "projects.none" }], gap: true }, doors };
  const says = [standing(context), { key: "projects.none_yet" }, { literal: after.text }];
  return { say: sourced(edition, says, after.sources), doors };
}

/** How many they are, and what becomes of them when. */
function heading(context: Context): Text {
  const { fixed, projects: all } = found(context);
  const params = { count: all.length };
  const vote = findPhase(context.edition, "vote");
  if (fixed) return { key: vote && vote.to < context.today ? "projects.voted" : "projects.ballot", params };
  const admitted = { key: "projects.admitted", params };
  if (!vote || vote.from <= context.today) return admitted;
  return { lines: [admitted, { key: "projects.vote_from", params: { from: { date: vote.from } } }] };
}

/** One project, its long texts shortened; `project-K7QM4X-all` gives them whole. */
export const project: Topic = {
  name: "project",
  lookup: query,
  answer(context, session, about) {
    const [code = "", more] = about.split("-");
    const one = projectOf(context, code);
    if (!one) return unknown(context, session);
    const isWhole = more === "all";
    const summary = isWhole ? one.summary : brief(one.summary, SUMMARY);
    const reason = one.because && (isWhole ? one.because : brief(one.because, REASON));
    const isCut = summary !== one.summary || reason !== one.because;
    return {
      say: {
        gap: true,
        lines: [
          {
            lines: [
              { literal: one.title },
              cost(one),
              { key: "projects.challenge", params: challenge(context, one) },
            ],
          },
          { literal: summary },
          ...(reason ? [because(reason)] : []),
          { key: "projects.source", params: { code: one.code } },
        ],
      },
      doors: [
        ...(isCut ? [projectDoor(`${one.code}-all`, { key: "projects.option.whole" })] : []),
        { opens: `share-${one.code}`, label: { key: "projects.option.share" } },
        ...voteDoor(context),
        projectsDoor,
      ],
    };
  },
};

/** A picture of one project to pass on, and a link to it; without a code, a link to all of them. */
export const share: Topic = {
  name: "share",
  lookup: query,
  answer(context, session, code) {
    const one = projectOf(context, code);
    if (code !== "" && !one) return unknown(context, session);
    const said: Text = one ? { key: "projects.said", params: { code } } : { key: "projects.said_all" };
    const words = context.say(said);
    const url = context.opening(one ? `project-${one.code}` : "projects", words);
    const what = {
      edition: { literal: context.edition.name },
      ...(one && { title: { literal: one.title } }),
    };
    const way: Text = url
      ? { key: "projects.share_link", params: { url } }
      : { key: "projects.share_words", params: { said: words } };
    return {
      say: {
        gap: true,
        lines: [
          { lines: [{ key: one ? "projects.share" : "projects.share_all", params: what }, way] },
          { key: "projects.pass_on" },
        ],
      },
      doors: [...(one ? [projectDoor(one.code, { key: "projects.option.back" })] : []), projectsDoor],
      ...(one && { picture: card(context, one, words, url) }),
    };
  },
};

/** Longest summary and reason in a chat, so that with the rest they fit one message with buttons everywhere. */
const SUMMARY = 450;
const REASON = 250;

function brief(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  const whole = letters.slice(0, most).join("");
  return `${whole.replace(/[\s.,;:]*\s\S*$/, "")}…`;
}

function card(context: Context, one: BallotProject, said: string, link: string | undefined): ProjectCard {
  const { say, edition } = context;
  const title = { literal: one.title };
  return {
    kind: "card",
    alt: say({ key: "projects.alt", params: { title, cost: cost(one) } }),
    heading: [say({ literal: edition.name }), say(challenge(context, one).challenge)],
    title: one.title,
    summary: one.summary,
    cost: say(cost(one)),
    invitation: say({ key: link ? "projects.scan" : "projects.ask", params: { said } }),
    ...(link && { link }),
  };
}

const projectOf = (context: Context, code: string): BallotProject | undefined =>
  found(context).projects.find((one) => one.code === code);

/** From a link or a code that is old or was mistyped: what there is instead. */
function unknown(context: Context, session: Parameters<Topic["answer"]>[1]): Finished {
  const instead = projects.answer(context, session, "");
  return { ...instead, say: { lines: [{ key: "projects.unknown" }, instead.say], gap: true } };
}

/** An order of each chat's own, always the same there: nobody's project gains by standing first. */
function inDrawnOrder(
  { channel, address }: Context,
  all: readonly BallotProject[],
): readonly BallotProject[] {
  const lot = ({ code }: BallotProject) =>
    createHash("sha256").update(`${channel} ${address} ${code}`).digest("hex");
  return all
    .map((one) => ({ one, lot: lot(one) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ one }) => one);
}

const cost = ({ cost: euros }: BallotProject): Text => ({
  key: "projects.cost",
  params: { cost: { euros } },
});

function challenge({ edition }: Context, one: BallotProject) {
  const known = edition.proposals.challenges.find(({ id }) => id === one.challenge);
  return { challenge: { literal: known?.name ?? one.challenge } };
}

const voteDoor = (context: Context): Door[] => phaseDoors(context).filter(({ opens }) => opens === "vote");
const projectDoor = (about: string, label: Text): Door => ({ opens: `project-${about}`, label });
const projectsDoor: Door = { opens: "projects", label: { key: "projects.option.projects" } };
