import type { Context } from "../context.ts";
import { menuDoor } from "../doors.ts";
import { eventsAhead } from "../edition/events.ts";
import type { DocumentRequest, Localised, Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { phoneOf } from "./contacts.ts";
import { whenAndWhere } from "./events.ts";
import { titles } from "./sources.ts";
import { isAhead, isVoteAhead } from "./voting-days.ts";

/** A sheet in large letters with where to go in person and what to bring, to be printed for who has no phone. */
export const card: Topic = {
  name: "card",
  answer: (context) => ({
    say: { key: "card.ready" },
    document: cardOf(context),
    doors: [{ opens: "helpers", label: { key: "contacts.option.helpers" } }, menuDoor],
  }),
};

interface Row {
  readonly label: Text;
  readonly lines: readonly Text[];
  readonly sources: readonly string[];
}

/** The sheet; what is not published is said to be so, with the telephone. */
function cardOf(context: Context): DocumentRequest {
  const { edition, say, language, today } = context;
  // Whoever can do one thing alone can call.
  const rows = [
    office(context),
    ...counters(context),
    ...stations(context),
    ...helpers(context),
    ...digitalIdentity(context),
    ...meetings(context),
  ];
  const sources = new Set(rows.flatMap((row) => row.sources));
  const bring = toBring(context);
  return {
    fileName: `${say({ key: "card.file" })}.pdf`,
    language,
    large: true,
    title: say({ key: "card.title" }),
    intro: [
      say({ literal: edition.name }),
      say({ literal: edition.union.name }),
      ...(edition.disclaimer ? [say({ literal: edition.disclaimer })] : []),
    ],
    rows: [
      ...rows.map(({ label, lines }) => ({ label: say(label), value: say({ lines }) })),
      ...(bring.length > 0 ? [{ label: say({ key: "card.bring" }), value: say({ key: "card.tick" }) }] : []),
    ],
    ...(bring.length > 0 && { boxes: bring.map((literal) => say({ literal })) }),
    notes: [
      say({ key: "card.on", params: { on: { date: today } } }),
      say({ key: "sources.source", params: { sources: titles(edition, [...sources]) } }),
    ],
  };
}

const items = (all: readonly Localised[]): Text[] => all.map((literal) => ({ literal }));

/** Where the form is picked up and handed in, while proposals are taken. */
function counters({ edition, today }: Context): Row[] {
  const { paperForm } = edition.proposals;
  const isOver = edition.phases.some(({ id, to }) => id === "proposals" && to < today);
  return paperForm && !isOver
    ? [{ label: { key: "card.counters" }, lines: items(paperForm.where), sources: paperForm.sources }]
    : [];
}

/** Where one votes in person, until the vote is over. */
function stations({ edition, today }: Context): Row[] {
  const { vote } = edition;
  if (!vote || !isVoteAhead(vote, today)) return [];
  const { paper, assisted } = vote;
  if (vote.stations.length === 0) {
    const told = [
      ...(paper && isAhead(vote, "paper", today) ? [{ text: paper.where, sources: paper.sources }] : []),
      ...(assisted ? [assisted] : []),
    ];
    if (told.length === 0) return [];
    return [
      {
        label: { key: "card.stations" },
        lines: items(told.map(({ text }) => text)),
        sources: told.flatMap((one) => one.sources),
      },
    ];
  }
  const known = vote.stations.map(({ name, where, hours }) => ({
    lines: items([name, where, ...(hours ? [hours] : [])]),
  }));
  return [
    {
      label: { key: "card.stations" },
      lines: [{ lines: known, gap: true }],
      sources: vote.stations.flatMap((station) => station.sources),
    },
  ];
}

function helpers({ edition }: Context): Row[] {
  return edition.helpers
    ? [
        {
          label: { key: "card.helpers" },
          lines: items(edition.helpers.items),
          sources: edition.helpers.sources,
        },
      ]
    : [];
}

/** The counters that give SPID face to face. */
function digitalIdentity({ edition: { services } }: Context): Row[] {
  const counter = services?.items.find(({ id }) => id === "spid");
  if (!services || !counter) return [];
  return [
    {
      label: { literal: counter.name },
      lines: items([counter.what, ...(counter.help ? [counter.help] : [])]),
      sources: counter.sources ?? services.sources,
    },
  ];
}

/** The next one: more would fill the sheet. */
function meetings({ edition, now }: Context): Row[] {
  return eventsAhead(edition, now)
    .slice(0, 1)
    .map((one) => ({
      label: { key: "card.meeting" },
      lines: [{ literal: one.name }, ...whenAndWhere(one)],
      sources: one.sources,
    }));
}

function office({ edition }: Context): Row {
  const { hours, sources } = edition.union;
  return {
    label: { key: "card.office" },
    lines: [
      phoneOf(edition),
      hours
        ? { key: "contacts.hours", params: { hours: { literal: hours } } }
        : { key: "contacts.hours_unpublished" },
    ],
    sources,
  };
}

/** What who votes on paper has with them. */
function toBring({ edition, today }: Context): readonly Localised[] {
  const { vote } = edition;
  return vote?.paper && isAhead(vote, "paper", today) ? vote.paper.documents : [];
}
