import { z } from "zod";
import { createAssistant } from "../../assistant.ts";
import type { Channel } from "../../bots/channel.ts";
import type { Sound, Transcribed } from "../../bots/voice/transcribe.ts";
import { dayOf, momentAt } from "../../core/edition/events.ts";
import type { Choice, Incoming } from "../../core/engine/message.ts";
import type { Arrival, Inbox } from "../../core/ports.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { admit } from "../support/projects.ts";
import { createRecorder } from "../support/recorder.ts";
import { until } from "../support/until.ts";

const media = z.enum(["voice", "photo", "video", "document", "sticker", "contact", "unknown"]);

/** What a person does in a turn, and what they get: one thing of the first kind in each. */
const turn = z.strictObject({
  /** `{code}` stands for the code that was last sent by e-mail or shown in the chat. */
  says: z.string().optional(),
  /** The label of something on the screen. */
  presses: z.string().optional(),
  /** The label of something that was on the screen so many turns ago. */
  pressesOld: z.strictObject({ label: z.string(), turnsAgo: z.int() }).optional(),
  /** The payload of a link that opens the chat. */
  opens: z.string().optional(),
  sends: media.optional(),
  /** What is said in a voice note; where that is nothing, it is silent. */
  speaks: z.string().optional(),
  edits: z.string().optional(),
  /** Does nothing: something comes that they did not ask for. */
  waits: z.literal(true).optional(),
  /** Before the turn: real time passes. */
  afterHours: z.number().optional(),
  /** Before the turn: the edition goes to another day. */
  onDay: z.iso.date().optional(),
  /** Who does it, where there are several people. */
  by: z.string().optional(),
  hears: z.array(z.string()).optional(),
  choices: z.array(z.string()).optional(),
  file: z.string().optional(),
  /** The page that can be opened. */
  /** What the picture shows. */
  picture: z.string().optional(),
  link: z.string().optional(),
  mail: z.array(z.string()).optional(),
});
export type TranscriptTurn = z.infer<typeof turn>;

/** A proposal that the commission has admitted before the conversation. */
const admitted = z.strictObject({
  code: z.string(),
  challenge: z.string(),
  title: z.string(),
  summary: z.string(),
  cost: z.int(),
  because: z.string().exactOptional(),
});

/** A facilitator whom the Union has invited before the conversation. */
const invited = z.strictObject({ name: z.string(), place: z.string().exactOptional(), code: z.string() });

/** A conversation as it is kept in `test/flows/<flow>/<case>.json`. */
export const transcript = z.strictObject({
  about: z.string(),
  /** The name of a file in `editions/`. */
  edition: z.string(),
  day: z.iso.date(),
  language: z.string().optional(),
  projects: z.array(admitted).optional(),
  facilitators: z.array(invited).optional(),
  turns: z.array(turn),
  /** The proposals that stand in the database at the end, without their times. */
  proposals: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type Transcript = z.infer<typeof transcript>;

/** What a person sees after a turn, however it was carried to them. */
export interface Seen {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly file?: string;
  readonly picture?: string;
  readonly link?: string;
}

/** A way into the assistant: it carries what a person does and brings back what they see. */
export interface Door {
  readonly channel: Channel;
  /** Hands over one thing that somebody does, and resolves with the reply. */
  carry(inbox: Inbox, arrival: Omit<Arrival, "channel">): Promise<Seen>;
  /** Resolves with the next thing that somebody is sent. */
  next(address: string): Promise<Seen>;
}

/** The shortest way: core's own messages. */
export function recorderDoor(): Door {
  const channel = createRecorder("chat");
  const next = async (address: string): Promise<Seen> => {
    const { text, choices, document, picture, link } = await channel.next(address);
    return {
      ...{ text, choices },
      ...(document && { file: document.fileName }),
      ...(picture && { picture: picture.alt }),
      ...(link && { link: link.url }),
    };
  };
  return {
    channel,
    next,
    async carry(inbox, arrival) {
      await inbox.receive([{ ...arrival, channel: channel.name }]);
      return next(arrival.address);
    },
  };
}

/** A day and a time of real time, told together, differ from one run to the next: "10:40 del 22 novembre 2026". */
function timeless(text: string, { words, edition, realNow }: TestHouse): string {
  const today = dayOf(momentAt(realNow(), edition.timeZone));
  const dates = new Set(words.languages.map((language) => words.say(language, { date: today })));
  const day = `(?:${[...dates].join("|")})`;
  return text.replace(
    new RegExp(`(\\d{1,2}:\\d{2})(\\D{1,9})(${day})|(${day})(\\D{1,12})(\\d{1,2}:\\d{2})`, "g"),
    (_all, _time, of: string | undefined, _date, _day, at: string) =>
      of === undefined ? `(today)${at}(now)` : `(now)${of}(today)`,
  );
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Plays what the people of a transcript do, through the real inbox, the embedded database and the
 * outbox, and gives the transcript as it came out this time. Sessions pass through the database,
 * as sealed JSON, at every turn.
 */
export async function play(
  database: Database,
  script: Transcript,
  door = recorderDoor(),
): Promise<Transcript> {
  const house = await openTestHouse(database, { ...script, seed: script.about });
  for (const project of script.projects ?? []) await admit(house, project);
  // A code is one facilitator's: conversations that were played before on this database are over.
  await database.prisma.facilitator.deleteMany({ where: { edition: { not: house.edition.id } } });
  for (const { code, ...who } of script.facilitators ?? [])
    await house.stores.desk.facilitators.invite(who, code, new Date(Date.now() + DAY_MS));
  // No link opens the assistant in somebody's mailbox.
  const { opening: _, ...mail } = createRecorder("mail");
  // Voice notes are listened to where there are any: most services do without.
  const listens = script.turns.some(({ speaks }) => speaks !== undefined);
  const listening = { ...house, ...(listens && { transcribe: hearSpoken }) };
  const assistant = createAssistant(listening, () => [door.channel, mail]);
  const screens = new Map<string, Seen[]>();
  const turns: TranscriptTurn[] = [];
  let order = 0;
  let code = "";
  // What is done at its time has tests of its own: here it would take a third of the work, and say nothing.
  assistant.worker.start();
  assistant.dispatcher.start();
  try {
    for (const done of script.turns) {
      const { hears: _h, choices: _c, file: _f, picture: _p, link: _l, mail: _m, ...doing } = done;
      if (doing.onDay) house.moveTo(doing.onDay);
      if (doing.afterHours) house.pass(doing.afterHours * HOUR_MS);
      const address = `${script.about} ${doing.by ?? ""}`;
      const before = mail.sent.length;
      const seen = doing.waits
        ? await door.next(address)
        : await door.carry(assistant.inbox, {
            address,
            id: `${script.about} ${order}`,
            order: order++,
            incoming: incomingOf(doing, screens.get(address) ?? [], code),
            ...(script.language && { language: script.language }),
          });
      screens.set(address, [...(screens.get(address) ?? []), seen]);
      await mailed(database);
      const mails = mail.sent.slice(before).map(({ message }) => message.text);
      code = /\b\d{6}\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec([...mails, seen.text].join("\n"))?.[0] ?? code;
      turns.push({
        ...doing,
        hears: timeless(seen.text, house).split("\n"),
        ...(seen.choices.length > 0 && { choices: seen.choices.map(({ label }) => label) }),
        ...(seen.file && { file: seen.file }),
        ...(seen.picture && { picture: seen.picture }),
        ...(seen.link && { link: seen.link }),
        ...(mails.length > 0 && { mail: mails.flatMap((text) => text.split("\n")) }),
      });
    }
  } finally {
    await assistant.stop();
  }
  const given = (script.projects ?? []).map(({ code }) => code);
  const proposals = await storedProposals(database, house.edition.id, given);
  return { ...script, turns, ...(proposals.length > 0 && { proposals }) };
}

/** Each channel sends by itself: what is mailed in a turn may go out after the reply. */
const mailed = ({ pool }: Database): Promise<unknown> =>
  until(
    async () => (await pool.query({ name: "mail-left", text: MAIL_LEFT })).rowCount,
    (left) => left === 0,
  );

/** Asked after every turn, so as cheaply as can be. */
const MAIL_LEFT = `SELECT FROM "Outbox" WHERE channel = 'mail' AND state IN ('READY', 'SENDING') LIMIT 1`;

/** The sound of a voice note of {@link incomingOf} is its words. */
async function hearSpoken({ bytes }: Sound): Promise<Transcribed> {
  const text = Buffer.from(bytes).toString("utf8");
  return text === "" ? { kind: "silent" } : { kind: "heard", text };
}

/**
 * The rows without what differs from one run, or from one channel, to the next.
 *
 * @param given codes of those that are not of interest
 */
export async function storedProposals(
  database: Database,
  edition: string,
  given: readonly string[] = [],
): Promise<Record<string, unknown>[]> {
  const rows = await database.prisma.proposal.findMany({
    where: { edition, code: { notIn: [...given] } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ id, edition: _, contactId, code, proponent, createdAt, updatedAt, ...row }) => row);
}

function incomingOf(doing: TranscriptTurn, screens: readonly Seen[], code: string): Incoming {
  if (doing.says !== undefined) return { kind: "text", text: doing.says.replace("{code}", code) };
  if (doing.opens !== undefined) return { kind: "start", payload: doing.opens };
  if (doing.sends !== undefined) return { kind: "media", media: doing.sends };
  if (doing.speaks !== undefined)
    return { kind: "media", media: "voice", recording: { file: `said:${doing.speaks}` } };
  if (doing.edits !== undefined) return { kind: "edited", text: doing.edits };
  const { label, turnsAgo } = doing.pressesOld ?? { label: doing.presses, turnsAgo: 0 };
  const screen = screens.at(-1 - turnsAgo);
  const found = screen?.choices.find((choice) => choice.label === label);
  if (!found) {
    const there = screen?.choices.map((choice) => choice.label).join(", ");
    throw new Error(`There is no "${label}" on the screen, but: ${there}`);
  }
  return { kind: "choice", data: found.data };
}
