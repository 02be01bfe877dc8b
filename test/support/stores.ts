import { randomBytes, randomUUID } from "node:crypto";
import type { Session } from "../../core/engine/session.ts";
import type { Answered, Arrival, Outgoing, Pending } from "../../core/ports.ts";
import type { Room } from "../../core/sending.ts";
import type { Database } from "../../prisma/client.ts";
import type { Unreadable } from "../../prisma/context.ts";
import { readSecrets, type Secrets } from "../../prisma/secrets.ts";
import { openStores, type Stores } from "../../prisma/stores.ts";

/** A key in the form that the settings take. */
export const newKey = (): string => randomBytes(32).toString("base64");

export const newSecrets = (): Secrets => readSecrets(`test:${newKey()}`, newKey());

/** Stores that fail the test by what they report, unless it wants to see that. */
export function openTestStores(
  database: Database,
  secrets: Secrets,
  report: (problem: Unreadable) => void = ({ error }) => {
    throw error;
  },
  edition = "test",
): Promise<Stores> {
  return openStores(database, { secrets, edition, report });
}

let order = 0;

/** A message that a person sent, the latest of all. */
export function arrival(address: string, text: string, given: Partial<Arrival> = {}): Arrival {
  order += 1;
  return {
    channel: "telegram",
    address,
    id: randomUUID(),
    order,
    incoming: { kind: "text", text },
    ...given,
  };
}

export function newSession(given: Partial<Session> = {}): Session {
  return {
    language: "it",
    welcomed: true,
    active: [],
    parked: [],
    screen: [],
    counter: 0,
    misses: 0,
    ...given,
  };
}

export function newFrame(id: string): Session["parked"][number] {
  return {
    id,
    flow: "proposal",
    asking: "title",
    question: 1,
    answers: { challenge: "spid" },
    memo: {},
    touchedAt: "2026-01-01T10:00:00Z",
  };
}

/** Room for so many messages of each kind on each of some channels. */
export const roomOn = (channels: readonly string[], each: number): readonly Room[] =>
  channels.map((channel) => ({ channel, replies: each, notices: each }));

export function reply(address: string, text: string, given: Partial<Outgoing> = {}): Outgoing {
  return { channel: "telegram", address, kind: "reply", message: { text, choices: [] }, ...given };
}

/** An answer to all that waits of a contact. */
export function answer(pending: Pending, given: Partial<Answered> = {}): Answered {
  return {
    contactId: pending.contactId,
    version: pending.version,
    session: pending.session ?? newSession(),
    handled: pending.messages.map(({ inboxId }) => ({ inboxId })),
    sends: [],
    effects: [],
    ...given,
  };
}

/** What waits of the one who wrote from an address; fails where nothing does. */
export async function pendingOf(stores: Stores, address: string): Promise<Pending> {
  const all = await stores.conversations.pending(1000);
  const found = all.find(({ messages }) => messages.some((message) => message.address === address));
  if (found === undefined) throw new Error(`Nothing waits from ${address}.`);
  return found;
}

/** The texts that wait of someone, in their order. */
export function textsOf({ messages }: Pending): readonly string[] {
  return messages.map(({ incoming }) => (incoming.kind === "text" ? incoming.text : incoming.kind));
}

/** Lets somebody write for the first time and be answered. */
export async function greet(stores: Stores, address: string, given: Partial<Answered> = {}): Promise<string> {
  await stores.inbox.receive([arrival(address, "ciao")]);
  const pending = await pendingOf(stores, address);
  const saved = await stores.conversations.save([answer(pending, given)]);
  if (!saved.has(pending.contactId)) throw new Error(`The greeting of ${address} was not saved.`);
  return pending.contactId;
}

/** Lets someone who is known write, and be answered as given; tells whether that was saved. */
export async function turn(stores: Stores, address: string, given: Partial<Answered>): Promise<boolean> {
  await stores.inbox.receive([arrival(address, "…")]);
  const pending = await pendingOf(stores, address);
  const saved = await stores.conversations.save([answer(pending, given)]);
  return saved.has(pending.contactId);
}
