import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { readSecrets } from "../../prisma/secrets.ts";
import type { Stores } from "../../prisma/stores.ts";
import { type Child, startChild } from "../support/child.ts";
import { createServerDatabase, serverUrl } from "../support/database.ts";
import { arrival, newKey, openTestStores, pendingOf, roomOn } from "../support/stores.ts";
import { until } from "../support/until.ts";

const PEOPLE = 12;
const EACH = 25;
const program = new URL("programs/answer.ts", import.meta.url);

let server: Awaited<ReturnType<typeof createServerDatabase>>;
let database: Database;
let stores: Stores;
const [keys, pepper] = [`k:${newKey()}`, newKey()];
beforeAll(async () => {
  if (serverUrl === undefined) throw new Error("DATABASE_URL must name a PostgreSQL server.");
  server = await createServerDatabase(serverUrl);
  database = await openDatabase({ url: server.url, dataDirectory: "" });
  stores = await openTestStores(database, readSecrets(keys, pepper));
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const waiting = () => database.prisma.inbox.count({ where: { state: "PENDING" } });

describe("several processes on one PostgreSQL", () => {
  it("start at once on an empty database, and one applies the migrations", async () => {
    const fresh = await createServerDatabase(server.url);
    const opened = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ url: fresh.url, dataDirectory: "" })),
    );
    await Promise.all(opened.map((one) => one.close()));
    await fresh.drop();
  });

  it("answer every message once, in each person's order, and one that is killed loses nothing", async () => {
    const children = [1, 2, 3].map(() => startChild(program, server.url, keys, pepper));
    await Promise.all(children.map((child) => child.wrote(1)));
    const [victim, ...others] = children;
    const people = Array.from({ length: PEOPLE }, () => randomUUID());
    for (let index = 0; index < EACH; index += 1) {
      const arrivals = people.map((address) => arrival(address, String(index)));
      await Promise.all(arrivals.map((one) => stores.inbox.receive([one, one])));
      if (index === 15) await victim?.kill();
    }
    await until(waiting, (count) => count === 0);
    await Promise.all(others.map((child) => child.finish()));
    const tallies = others.map((child) => tallyOf(child));
    // It would prove nothing if the processes had never met.
    expect(tallies.every(({ won }) => won > 0)).toBe(true);
    expect(tallies.some(({ lost }) => lost > 0)).toBe(true);

    const inOrder = Array.from({ length: EACH }, (_, index) => String(index));
    const sent = await sendAll();
    for (const address of people) {
      await stores.inbox.receive([arrival(address, "e poi?")]);
      const { session, contactId } = await pendingOf(stores, address);
      expect(session?.parked[0]?.answers["heard"]).toEqual(inOrder);
      expect(sent.get(contactId)).toEqual(inOrder);
    }
  });
});

function tallyOf(child: Child) {
  return z.object({ won: z.number(), lost: z.number() }).parse(JSON.parse(child.lines.at(-1) ?? ""));
}

/** All that is sent to each contact, in the order in which the outbox gives it. */
async function sendAll(): Promise<ReadonlyMap<string, readonly string[]>> {
  const sent = new Map<string, string[]>();
  for (;;) {
    const claimed = await stores.outbox.claim(roomOn(["telegram"], 100), 60_000);
    if (claimed.length === 0) return sent;
    for (const { contactId, message } of claimed) {
      sent.set(contactId ?? "", [...(sent.get(contactId ?? "") ?? []), message.text]);
    }
    await stores.outbox.settle(
      claimed.map(({ id }) => ({ id, accepted: 1, as: "sent", platformId: `${id}` })),
    );
  }
}
