import { answerContact, apologise, type Conversation } from "./answer.ts";
import type { Answered, Conversations, Pending } from "./ports.ts";
import type { SlowAnswers } from "./slow-answers.ts";

/** What the worker needs: where messages wait, and how to answer them. */
export interface Work {
  readonly conversations: Conversations;
  readonly conversation: Conversation;
  /** Called when replies to so many contacts were written: the dispatcher has something to do. */
  wrote(contacts: number): void;
  /** Called when a reply to somebody was written whose answer took its time. */
  wroteLate(): void;
  readonly slow: SlowAnswers;
  /** Called when something could not be saved; the messages wait. */
  saveFailed(error: unknown): void;
  /** Contacts whose answer could not be saved by itself, and how often in a row; kept between calls. */
  readonly refused: Map<string, number>;
}

/** Contacts answered in one transaction. */
const BATCH = 64;
/** An answer that cannot be saved so often, while others can, never will: an apology takes its place. */
const MOST_REFUSALS = 5;

/**
 * Answers up to {@link BATCH} contacts.
 *
 * @param waitingMs see {@link Conversations.pending}
 * @returns whether there may be more to answer
 * @throws what the store throws while it is away; the messages wait
 */
export async function converse(work: Work, waitingMs = 0): Promise<boolean> {
  const waiting = await work.conversations.pending(BATCH, waitingMs);
  if (waiting.length === 0) return false;
  const thought = await Promise.all(waiting.map((pending) => answer(work, pending)));
  const answered = thought.filter(({ handled }) => handled.length > 0);
  const saved = await save(work, answered);
  if (saved.size > 0) work.wrote(saved.size);
  const listening = waiting.filter((_, at) => thought[at]?.handled.length === 0);
  await work.slow.begin(listening, (pending, signal) => answerSlowly(work, pending, signal));
  const whole = thought.every(
    ({ handled }, at) => handled.length === 0 || handled.length === waiting[at]?.messages.length,
  );
  return !whole || saved.size < answered.length || waiting.length === BATCH;
}

/** Answers a contact's first message, which is a recording, however long it takes to listen to it. */
async function answerSlowly(work: Work, pending: Pending, signal: AbortSignal): Promise<void> {
  const first = { ...pending, messages: pending.messages.slice(0, 1) };
  const { conversation } = work;
  const answered = await answerContact(conversation, first, (query) => conversation.listen(query, signal));
  if (signal.aborted) return;
  const saved = await save(work, [answered]);
  if (saved.size > 0) work.wroteLate();
}

function answer({ conversation, refused }: Work, pending: Pending): Promise<Answered> | Answered {
  if ((refused.get(pending.contactId) ?? 0) < MOST_REFUSALS) return answerContact(conversation, pending);
  return apologise(conversation, pending, new Error("What a message led to cannot be saved."));
}

async function save(work: Work, answered: readonly Answered[]): Promise<ReadonlySet<string>> {
  try {
    const saved = await work.conversations.save(answered);
    for (const contactId of saved) work.refused.delete(contactId);
    return saved;
  } catch (error) {
    const [only, ...others] = answered;
    if (only && others.length === 0)
      work.refused.set(only.contactId, (work.refused.get(only.contactId) ?? 0) + 1);
    if (others.length === 0) throw error;
    work.saveFailed(error);
  }
  // One contact's answer that cannot be written must not hold up the others'.
  const saved = new Set<string>();
  let failure: unknown;
  for (const one of answered) {
    try {
      for (const contactId of await save(work, [one])) saved.add(contactId);
    } catch (error) {
      failure = error;
    }
  }
  if (saved.size === 0 && failure !== undefined) {
    // Nothing at all can be saved: the store is away, and nobody's message is to blame.
    work.refused.clear();
    throw failure;
  }
  return saved;
}
