import { guard } from "./care.ts";
import type { Parts, Room } from "./compose.ts";
import { type Circumstances, keyOf, makeContext, saidBy } from "./context.ts";
import { respond } from "./conversation.ts";
import type { Effect } from "./effects.ts";
import { newSession, type Session } from "./engine/session.ts";
import { present } from "./manner/present.ts";
import type { Answered, Outgoing, Pending, Unanswered } from "./ports.ts";
import type { Query, StoredQuery, Transcript, TranscriptQuery } from "./queries.ts";
import type { Repertoire, Spoken } from "./turn.ts";
import type { Understand } from "./understanding/understand.ts";
import type { Vocabulary } from "./understanding/vocabulary.ts";
import type { Words } from "./words.ts";

/** Everything about a turn that is not the person's: the edition, the day, chance. */
export type Surroundings = () => Pick<
  Circumstances,
  "edition" | "today" | "now" | "realNow" | "mail" | "pages" | "entropy"
>;

export interface Conversation {
  readonly repertoire: Repertoire;
  readonly vocabulary: Vocabulary;
  readonly words: Words;
  readonly surroundings: Surroundings;
  /** How long a message may be on a channel. */
  room(channel: string): Room;
  /** As {@link Circumstances.opening}, by channel. */
  opening(channel: string, ...link: Parameters<Circumstances["opening"]>): string | undefined;
  /** As {@link Circumstances.openings}. */
  openings: Circumstances["openings"];
  find(contactId: string, query: StoredQuery): Promise<unknown>;
  readonly understand: Understand;
  /** What is left of a sentence in a language without anything of a person; `undefined` where it is too little. */
  impersonal(language: string, text: string): Promise<string | undefined>;
  /** Whether voice notes are listened to on a channel. */
  hears(channel: string): boolean;
  /** Listens to a recording: takes its time, though never more than a minute, and is left off by the signal. */
  listen(query: TranscriptQuery, signal: AbortSignal): Promise<Transcript>;
  /** Told of a failure that was a defect: logs it under the id that the citizen is given too. */
  failed(failure: string, error: unknown): void;
}

/**
 * Answers the waiting messages of one contact, in order, up to the first that has an effect: what
 * is thought after it must see it done. Nothing is written here: what comes back is saved by
 * {@link Conversations.save}, whole or not at all.
 *
 * @param listen absent where nothing may take long: it ends before a message that has to be listened to
 */
export async function answerContact(
  conversation: Conversation,
  pending: Pending,
  listen?: Listen,
): Promise<Answered> {
  let session = pending.session;
  const handled: Answered["handled"][number][] = [];
  const sends: Outgoing[] = [];
  const effects: Effect[] = [];
  for (const message of pending.messages) {
    const turn = await answerMessage(conversation, pending.contactId, session, message, listen);
    if (!turn) break;
    session = turn.session;
    handled.push({ inboxId: message.inboxId, ...(turn.failure && { failure: turn.failure }) });
    sends.push(...turn.sends);
    effects.push(...turn.effects);
    if (effects.length > 0) break;
  }
  return {
    contactId: pending.contactId,
    version: pending.version,
    session: session ?? newSession(conversation.words.languages[0] ?? "it"),
    handled,
    sends,
    effects,
  };
}

type Listen = (query: TranscriptQuery) => Promise<Transcript>;

interface TurnTaken {
  readonly session: Session;
  readonly sends: readonly Outgoing[];
  readonly effects: readonly Effect[];
  readonly failure?: string;
}

async function answerMessage(
  conversation: Conversation,
  contactId: string,
  stored: Session | null,
  message: Unanswered,
  listen: Listen | undefined,
): Promise<TurnTaken | undefined> {
  const surroundings = conversation.surroundings();
  const met = stored ?? newSession(firstLanguage(conversation.words, message.language));
  const guarded = guard(met, message.incoming, surroundings.realNow);
  const before = guarded.session;
  if (guarded.kind === "silence") return { session: before, sends: [], effects: [] };
  if (guarded.kind === "warn") {
    const put = words(conversation, { notes: [{ key: guarded.key }] }, before, message);
    return { session: before, sends: [put.reply], effects: [] };
  }
  try {
    const spoken = await speak(conversation, contactId, before, message, surroundings, listen);
    if (!spoken) return undefined;
    const put = words(conversation, spoken.parts, spoken.session, message);
    return { ...spoken, session: put.session, sends: [...spoken.sends, put.reply] };
  } catch (error) {
    return fail(conversation, before, message, error);
  }
}

/** A defect: the draft stays as it was, and the person can quote the id to the office. */
function fail(conversation: Conversation, session: Session, message: Unanswered, error: unknown): TurnTaken {
  const failure = failureId(conversation.surroundings().entropy);
  conversation.failed(failure, error);
  const parts: Parts = { notes: [{ key: "engine.failed", params: { id: failure } }], doors: [] };
  const put = words(conversation, parts, session, message);
  return { session, sends: [put.reply], effects: [], failure };
}

/** Answers only that something went wrong, where a message cannot be answered otherwise. */
export function apologise(conversation: Conversation, pending: Pending, error: Error): Answered {
  const [message] = pending.messages;
  const session = pending.session ?? newSession(firstLanguage(conversation.words, message?.language));
  const turn = message && fail(conversation, session, message, error);
  return {
    contactId: pending.contactId,
    version: pending.version,
    session,
    handled: message && turn?.failure ? [{ inboxId: message.inboxId, failure: turn.failure }] : [],
    sends: turn?.sends ?? [],
    effects: [],
  };
}

/** What a sentence means is found by thinking, everything else by reading. */
async function lookUp(
  { understand, impersonal, find }: Conversation,
  contactId: string,
  query: Exclude<Query, TranscriptQuery>,
): Promise<unknown> {
  switch (query.kind) {
    case "meaning":
      return (await understand(query.language, query.text)) ?? null;
    case "impersonal":
      return (await impersonal(query.language, query.text)) ?? null;
    default:
      return find(contactId, query);
  }
}

async function speak(
  conversation: Conversation,
  contactId: string,
  session: Session,
  message: Unanswered,
  surroundings: ReturnType<Surroundings>,
  listen: Listen | undefined,
): Promise<Extract<Spoken, { kind: "spoken" }> | undefined> {
  const circumstances: Circumstances = {
    ...surroundings,
    asked: session.active,
    language: session.language,
    guest: session.assisted !== undefined,
    channel: message.channel,
    address: message.address,
    by: saidBy(message.incoming),
    hears: conversation.hears(message.channel),
    opening: (...link) => conversation.opening(message.channel, ...link),
    openings: (...link) => conversation.openings(...link),
    languages: conversation.words.languages,
    covers: (...file) => conversation.words.covers(...file),
    say: (text, language = session.language) => conversation.words.say(language, text),
  };
  const found = new Map<string, unknown>();
  for (;;) {
    const context = makeContext(circumstances, found);
    const { repertoire, vocabulary } = conversation;
    const spoken = respond(repertoire, vocabulary, session, message.incoming, context);
    if (spoken.kind === "spoken") return spoken;
    const { query } = spoken;
    const key = keyOf(query);
    if (found.has(key)) throw new Error(`A turn asks again for what was looked up: ${query.kind}.`);
    if (query.kind !== "transcript") found.set(key, await lookUp(conversation, contactId, query));
    else if (listen) found.set(key, await listen(query));
    else return undefined;
  }
}

/** Puts a turn in words, and remembers what the person has before them. */
function words(
  conversation: Conversation,
  parts: Parts,
  session: Session,
  to: Unanswered,
): { readonly session: Session; readonly reply: Outgoing } {
  const { repertoire } = conversation;
  const room = conversation.room(to.channel);
  const said = present(parts, session, { words: conversation.words, repertoire, room });
  return {
    session: said.session,
    reply: { channel: to.channel, address: to.address, kind: "reply", message: said.message },
  };
}

/** The language of the person's app where it is offered: a first guess, changed by one word. */
function firstLanguage(words: Words, tag: string | undefined): string {
  const language = tag?.toLowerCase().split(/[-_]/)[0];
  return words.languages.find((one) => one === language) ?? words.languages[0] ?? "it";
}

/** Short enough to be read out on the phone, long enough to find one line in a day's log. */
const failureId = (entropy: Uint8Array): string =>
  [...entropy.slice(-4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
