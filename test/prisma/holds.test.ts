import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import { endLeases, isAtWork } from "../../prisma/leases.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import { answer, arrival, newSecrets, openTestStores, pendingOf, textsOf } from "../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

const LONG = 60_000;

async function writes(address: string, ...texts: string[]) {
  await stores.inbox.receive(texts.map((text) => arrival(address, text)));
  return pendingOf(stores, address);
}

const isWaiting = async (address: string) =>
  (await stores.conversations.pending(1000)).some(({ messages }) => messages[0]?.address === address);

it("passes over who is held, with what they write meanwhile, and over nobody else", async () => {
  const anna = await writes("h1", "uno");
  await writes("h2", "uno");
  expect(await stores.conversations.hold([anna], LONG)).toEqual(new Set([anna.contactId]));
  await stores.inbox.receive([arrival("h1", "due")]);
  expect(await isWaiting("h1")).toBe(false);
  expect(await isWaiting("h2")).toBe(true);
});

it("leaves those who are held out of the count of those that are asked for", async () => {
  const many = await Promise.all(["h3", "h4", "h5"].map((address) => writes(address, "uno")));
  await stores.conversations.hold(many, LONG);
  const last = await writes("h6", "uno");
  const given = await stores.conversations.pending(1000);
  expect((await stores.conversations.pending(given.length)).map(({ contactId }) => contactId)).toContain(
    last.contactId,
  );
});

it("is held by the first who asks, until it is saved or the time is over", async () => {
  const bruno = await writes("h7", "uno", "due");
  expect(await stores.conversations.hold([bruno], LONG)).toEqual(new Set([bruno.contactId]));
  expect(await stores.conversations.hold([bruno], LONG)).toEqual(new Set());
  const [first] = bruno.messages;
  await stores.conversations.save([answer({ ...bruno, messages: first ? [first] : [] })]);
  const later = await pendingOf(stores, "h7");
  expect(textsOf(later)).toEqual(["due"]);
  expect(await stores.conversations.hold([later], 0)).toEqual(new Set([bruno.contactId]));
  expect(await stores.conversations.hold([later], LONG)).toEqual(new Set([bruno.contactId]));
});

it("is not held by who saw it before somebody else saved it", async () => {
  const seen = await writes("h8", "uno");
  await stores.conversations.save([answer(seen)]);
  await writes("h8", "due");
  expect(await stores.conversations.hold([seen], LONG)).toEqual(new Set());
  expect(await isWaiting("h8")).toBe(true);
});

it("is given back, though not by who saw it before it was saved", async () => {
  const seen = await writes("h9", "uno");
  await stores.conversations.hold([seen], LONG);
  await stores.conversations.release([seen]);
  expect(await isWaiting("h9")).toBe(true);
  await stores.conversations.save([answer(seen)]);
  const later = await writes("h9", "due");
  await stores.conversations.hold([later], LONG);
  await stores.conversations.release([seen]);
  expect(await isWaiting("h9")).toBe(false);
});

it("is given back at a start, when whoever held it is dead", async () => {
  const seen = await writes("h10", "uno");
  await endLeases(database.pool);
  expect(await isAtWork(database.pool)).toBe(false);
  await stores.conversations.hold([seen], LONG);
  expect(await isAtWork(database.pool)).toBe(true);
  await endLeases(database.pool);
  expect(await isWaiting("h10")).toBe(true);
});
