import { afterAll, beforeAll, expect, it } from "vitest";
import type { Effect } from "../../core/effects.ts";
import type { Database } from "../../prisma/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  answer,
  arrival,
  greet,
  newSecrets,
  openTestStores,
  pendingOf,
  reply,
  roomOn,
} from "../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

const PEOPLE = Array.from({ length: 40 }, (_, at) => `person ${at}`);
const stop: Effect = { kind: "forgetReminders", channel: "telegram", said: { by: "word" } };

/** Says it, again where somebody else changed the contact meanwhile, as the worker does. */
async function say(address: string, effect: Effect): Promise<void> {
  const before = await pendingOf(stores, address);
  const saved = await stores.conversations.save([answer(before, { effects: [effect] })]);
  if (!saved.has(before.contactId)) await say(address, effect);
}

it("«stop», a platform's signal and a failed send at the same moment withdraw, and none waits for ever", async () => {
  const contactIds = await Promise.all(
    PEOPLE.map((address) => {
      const wish: Effect = {
        kind: "remind",
        of: "news",
        channel: "telegram",
        address,
        said: { by: "button" },
      };
      return greet(stores, address, { effects: [wish], sends: [reply(address, "ciao")] });
    }),
  );
  const addresses = await database.prisma.address.findMany();
  await database.prisma.outbox.createMany({
    data: addresses.map(({ contactId, channel, lookup }) => ({
      ...{ contactId, channel, lookup, campaign: "voto", kind: "NOTICE" as const },
      sealed: Buffer.from([1]),
    })),
  });
  const claimed = await stores.outbox.claim(roomOn(["telegram"], PEOPLE.length), 60_000);
  expect(claimed).toHaveLength(PEOPLE.length);
  await stores.inbox.receive(PEOPLE.map((address) => arrival(address, "stop")));

  await Promise.all([
    ...PEOPLE.map((address) => say(address, stop)),
    ...PEOPLE.map((address) => stores.consents.withdraw("telegram", [address], "blocked")),
    stores.outbox.settle(claimed.map(({ id }) => ({ id, accepted: 0, as: "unreachable", reason: "403" }))),
  ]);

  expect(await database.prisma.reminder.count()).toBe(0);
  expect(await database.prisma.outbox.count({ where: { campaign: "voto", state: "READY" } })).toBe(0);
  for (const contactId of contactIds) {
    expect(await stores.conversations.find(contactId, { kind: "wishes" })).toMatchObject({ withdrawn: true });
    const withdrawn = await database.prisma.consent.count({ where: { contactId, act: "WITHDRAWN" } });
    // Whichever came first is noted, and «stop» where it was not the first.
    expect([1, 2]).toContain(withdrawn);
  }
});

it("who holds a contact still, as feeding campaigns does, lets «stop» wait and take back what was written", async () => {
  const wish: Effect = {
    ...{ kind: "remind", of: "vote", channel: "telegram", address: "held" },
    said: { by: "button" },
  };
  const contactId = await greet(stores, "held", { effects: [wish] });
  await stores.inbox.receive([arrival("held", "stop")]);
  const { channel, lookup } = await database.prisma.address.findFirstOrThrow({ where: { contactId } });
  let stopped: Promise<void> | undefined;
  await database.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Contact" WHERE id = ${contactId}::uuid FOR SHARE`;
    stopped = say("held", stop);
    const row = { contactId, channel, lookup, campaign: "voto", kind: "NOTICE" as const };
    await tx.outbox.create({ data: { ...row, sealed: Buffer.from([1]) } });
  });
  await stopped;
  const states = await database.prisma.outbox.findMany({ where: { contactId, campaign: "voto" } });
  expect(states.map(({ state, reason }) => [state, reason])).toEqual([["FAILED", "withdrawn"]]);
});
