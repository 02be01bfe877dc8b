import { compose, type Parts, type Room } from "./compose.ts";
import { type Circumstances, keyOf, makeContext } from "./context.ts";
import { newSession, type Repertoire, respond, type Spoken } from "./conversation.ts";
import type { Text } from "./engine/message.ts";
import type { Session } from "./engine/session.ts";
import type { Answered, Conversations, Effect, Outgoing, Pending, Query, Unanswered } from "./ports.ts";
import type { Vocabulary } from "./understanding/vocabulary.ts";
import type { Words } from "./words.ts";

/** Everything about a turn that is not the person's: the edition, the day, chance. */
export type Surroundings = () => Pick<Circumstances, "edition" | "today" | "realNow" | "mail" | "entropy">;

export interface Conversation {
  readonly repertoire: Repertoire;
  readonly vocabulary: Vocabulary;
  readonly words: Words;
  readonly surroundings: Surroundings;
  /** How long a message may be on a channel. */
  room(channel: string): Room;
  find<Q extends Query>(contactId: string, query: Q): Promise<unknown>;
  /** Told of a failure that was a defect: logs it under the id that the citizen is given too. */
  failed(failure: string, error: unknown): void;
}

/**
 * Answers all the waiting messages of one contact, in order. Nothing is written here: what comes
 * back is saved by {@link Conversations.save}, whole or not at all.
 */
export async function answerContact(conversation: Conversation, pending: Pending): Promise<Answered> {
  let session = pending.session;
  const handled: Answered["handled"][number][] = [];
  const sends: Outgoing[] = [];
  const effects: Effect[] = [];
  for (const message of pending.messages) {
    const turn = await answerMessage(conversation, pending.contactId, session, message);
    session = turn.session;
    handled.push({ inboxId: message.inboxId, ...(turn.failure && { failure: turn.failure }) });
    sends.push(...turn.sends);
    effects.push(...turn.effects);
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
): Promise<TurnTaken> {
  const before = stored ?? newSession(firstLanguage(conversation.words, message.language));
  const surroundings = conversation.surroundings();
  try {
    const spoken = await speak(conversation, contactId, before, message, surroundings);
    const put = words(conversation, spoken.parts, spoken.session, message);
    return { ...spoken, session: put.session, sends: [...spoken.sends, put.reply] };
  } catch (error) {
    // A defect: the draft stays as it was, and the person can quote the id to the office.
    const failure = failureId(surroundings.entropy);
    conversation.failed(failure, error);
    const parts: Parts = { notes: [{ key: "engine.failed", params: { id: failure } }], doors: [] };
    const put = words(conversation, parts, before, message);
    return { session: before, sends: [put.reply], effects: [], failure };
  }
}

async function speak(
  conversation: Conversation,
  contactId: string,
  session: Session,
  message: Unanswered,
  surroundings: ReturnType<Surroundings>,
): Promise<Extract<Spoken, { kind: "spoken" }>> {
  const circumstances: Circumstances = {
    ...surroundings,
    language: session.language,
    channel: message.channel,
    address: message.address,
    say: (text) => conversation.words.say(session.language, text),
  };
  const found = new Map<string, unknown>();
  for (;;) {
    const context = makeContext(circumstances, found);
    const { repertoire, vocabulary } = conversation;
    const spoken = respond(repertoire, vocabulary, session, message.incoming, context);
    if (spoken.kind === "spoken") return spoken;
    const key = keyOf(spoken.query);
    if (found.has(key)) throw new Error(`A turn asks again for what was looked up: ${spoken.query.kind}.`);
    found.set(key, await conversation.find(contactId, spoken.query));
  }
}

/** Puts a turn in the language that the session has after it, and remembers what can be pressed. */
function words(
  conversation: Conversation,
  parts: Parts,
  session: Session,
  to: Unanswered,
): { readonly session: Session; readonly reply: Outgoing } {
  const say = (text: Text) => conversation.words.say(session.language, text);
  const message = compose(parts, conversation.room(to.channel), session.language, say);
  return {
    session: { ...session, screen: [...message.choices] },
    reply: { channel: to.channel, address: to.address, kind: "reply", message },
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

/** What the worker needs: where messages wait, and how to answer them. */
export interface Work {
  readonly conversations: Conversations;
  readonly conversation: Conversation;
  /** Called when replies were written: the dispatcher has something to do. */
  wrote(): void;
  /** Called when the store could not be reached; the messages wait. */
  storeFailed(error: unknown): void;
}

/** Contacts answered in one transaction. */
const BATCH = 64;

/**
 * Answers up to {@link BATCH} contacts.
 *
 * @param waitingMs see {@link Conversations.pending}
 * @returns whether there may be more to answer
 */
export async function converse(work: Work, waitingMs = 0): Promise<boolean> {
  const waiting = await work.conversations.pending(BATCH, waitingMs);
  if (waiting.length === 0) return false;
  const answered = await Promise.all(waiting.map((pending) => answerContact(work.conversation, pending)));
  const saved = await save(work, answered);
  if (saved > 0) work.wrote();
  return saved < waiting.length || waiting.length === BATCH;
}

async function save(work: Work, answered: readonly Answered[]): Promise<number> {
  try {
    return (await work.conversations.save(answered)).size;
  } catch (error) {
    if (answered.length === 1) throw error;
    // One contact's answer that cannot be written must not hold up the others.
    work.storeFailed(error);
    let saved = 0;
    for (const one of answered) saved += await save(work, [one]).catch(() => 0);
    return saved;
  }
}
