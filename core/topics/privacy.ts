import type { Context } from "../context.ts";
import type { Door } from "../engine/flow.ts";
import type { DocumentRequest, Text } from "../engine/message.ts";
import type { Frame, Session } from "../engine/session.ts";
import { accompanyingHeld, accompanyingRows } from "../facilitators/held.ts";
import type { Held, OwnQuestionnaire } from "../held.ts";
import { isLesson } from "../lessons/names.ts";
import { mannerOf } from "../manner/preferences.ts";
import type { OwnProposal, Proponent } from "../proposals.ts";
import { heldOfReminders } from "../reminders/held.ts";
import type { Topic } from "../topic.ts";

/** Who holds what is written here, where the whole notice stands, and what one can do about it. */
export const privacy: Topic = {
  name: "privacy",
  answer({ edition, hears }) {
    const { controller, dpo, notice, retention, misses } = edition.privacy;
    const isTold = controller !== undefined || notice !== undefined;
    const line = (key: string, text: typeof controller): Text[] =>
      text ? [{ key: `privacy.${key}`, params: { text: { literal: text } } }] : [];
    return {
      say: {
        gap: true,
        lines: [
          { key: "privacy.what" },
          ...(hears ? [{ key: "privacy.voice" }] : []),
          ...(edition.vote?.ballot ? [{ key: "privacy.vote" }] : []),
          ...line("controller", controller),
          ...line("dpo", dpo),
          ...line("retention", retention),
          ...(misses ? [{ key: "privacy.misses", params: { days: misses.keepDays } }] : []),
          ...(notice ? [{ key: "privacy.notice", params: { url: notice } }] : []),
          ...(isTold ? [] : [{ key: "privacy.unpublished" }]),
        ],
      },
      doors: [myDataDoor, eraseDoor],
    };
  },
};

const held = { kind: "held" } as const;

/** What is kept about the person, in a few lines, and whole in a file. */
export const myData: Topic = {
  name: "mydata",
  lookup: () => held,
  answer(context, session) {
    const data = context.found(held);
    if (!data) return { say: { key: "privacy.nothing" } };
    // How far one is in a lesson is in the file, and is no draft.
    const drafts = [...session.active, ...session.parked].filter(({ flow }) => !isLesson(flow));
    const manner = mannerOf(session);
    const counts: Text = {
      key: "privacy.held",
      params: {
        proposals: data.proposals.length,
        drafts: drafts.length,
        joined: data.joined.length,
        reminders: data.reminders.length,
        tickets: data.tickets.length,
        requests: data.cityUsers.length,
        ties: data.ties.length,
        questionnaires: data.questionnaires.length,
      },
    };
    const how: Text = { key: "manner.held", params: { manner: { list: manner } } };
    const more = [...(manner.length > 0 ? [how] : []), ...accompanyingHeld(data)];
    return {
      say: more.length > 0 ? { lines: [counts, ...more] } : counts,
      document: exported(context, session, data),
      doors: [eraseDoor],
    };
  },
};

/** Everything that is kept, row by row. */
function exported(context: Context, session: Session, data: Held): DocumentRequest {
  const { say, language, edition, today } = context;
  const name = (key: string) => say({ key: `privacy.row.${key}` });
  const row = (key: string, value: string) => (value === "" ? [] : [{ label: name(key), value }]);
  const person = ({ name: given, surname, email, association }: Proponent) =>
    [given, surname, email, association].filter(Boolean).join(", ");
  const proposal = (one: OwnProposal) => [
    ...row("proposal", `${one.code}: ${one.title}`),
    ...row("by", person(one.by)),
    ...row(
      "text",
      [
        one.challenge,
        one.need,
        one.solution,
        one.reach,
        one.involved,
        one.place,
        String(one.cost),
        one.conflicts,
      ]
        .filter(Boolean)
        .join("\n"),
    ),
  ];
  const questionnaire = ({ id, on, answers }: OwnQuestionnaire) =>
    [`${id}: ${say({ date: on })}`, ...(answers ? lines(answers) : [say({ key: "privacy.anonymous" })])].join(
      "\n",
    );
  const draft = ({ answers, suggested = {}, memo }: Frame) =>
    row("draft", [answers, suggested, memo].flatMap(lines).join("\n"));
  return {
    fileName: `${say({ key: "privacy.file" })}.pdf`,
    language,
    title: say({ key: "privacy.title", params: { edition: { literal: edition.name } } }),
    intro: [say({ date: today })],
    rows: [
      ...data.addresses.flatMap(({ channel, address }) => row("address", `${channel}: ${address}`)),
      ...row("since", say({ date: data.since })),
      ...row("lastSeen", say({ date: data.lastSeen })),
      ...row("language", session.language),
      ...mannerOf(session).map((how) => ({ label: say({ key: "manner.row" }), value: say(how) })),
      ...data.proposals.flatMap(proposal),
      ...[...session.active, ...session.parked].flatMap(draft),
      ...data.joined.flatMap(({ code, title, by }) => row("joined", `${code}: ${title}\n${person(by)}`)),
      ...heldOfReminders(context, data).flatMap(([key, value]) => row(key, value)),
      ...data.ties.flatMap((day) => row("tie", say({ date: day }))),
      ...data.questionnaires.flatMap((one) => row("questionnaire", questionnaire(one))),
      ...accompanyingRows(data, context),
      ...data.cityUsers.flatMap((one) => row("cityUser", lines({ ...one }).join("\n"))),
      ...data.tickets.flatMap(({ number, written }) => row("ticket", [`${number}`, ...written].join("\n"))),
    ],
    notes: [say({ key: "privacy.not_kept" })],
  };
}

/** What a draft holds, under the names of its questions. */
const lines = (values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values).map(
    ([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );

const requests = { kind: "ownCityUsers" } as const;

/** Says what erasing does, and what it cannot, before it is done. */
export const erase: Topic = {
  name: "erase",
  lookup: () => requests,
  answer(context) {
    const isOnRoll = context.found(requests)?.some(({ state }) => state === "enabled");
    return {
      say: {
        gap: true,
        lines: [...(isOnRoll ? [{ key: "privacy.erase_register" }] : []), { key: "privacy.erase" }],
      },
      doors: [
        { opens: "erased", label: { key: "privacy.option.erase_yes" } },
        { opens: "menu", label: { key: "privacy.option.erase_no" } },
      ],
    };
  },
};

/** Forgets the person, at once. */
export const erased: Topic = {
  name: "erased",
  answer: () => ({ say: { key: "privacy.erased" }, effects: [{ kind: "eraseContact" }], forget: true }),
};

const myDataDoor: Door = { opens: "mydata", label: { key: "privacy.option.mydata" } };
const eraseDoor: Door = { opens: "erase", label: { key: "privacy.option.erase" } };
