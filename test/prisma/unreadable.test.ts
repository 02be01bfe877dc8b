import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import type { Unreadable } from "../../prisma/context.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  arrival,
  greet,
  newSecrets,
  openTestStores,
  pendingOf,
  reply,
  roomOn,
  textsOf,
} from "../support/stores.ts";

let database: Database;
let stores: Stores;
const reported: Unreadable[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets(), (problem) => reported.push(problem));
});
afterAll(() => database.close());

describe("a row that was tampered with", () => {
  it("in the inbox is set aside as it is and reported, and the others are answered", async () => {
    await stores.inbox.receive([arrival("bad", "uno"), arrival("bad", "due"), arrival("good", "tre")]);
    const [first, second] = (await pendingOf(stores, "bad")).messages;
    const where = { id: first?.inboxId ?? 0n };
    const { sealed } = await database.prisma.inbox.findUniqueOrThrow({
      where: { id: second?.inboxId ?? 0n },
    });
    await database.prisma.inbox.update({ where, data: { sealed } });

    expect(textsOf(await pendingOf(stores, "bad"))).toEqual(["due"]);
    expect(textsOf(await pendingOf(stores, "good"))).toEqual(["tre"]);
    const row = await database.prisma.inbox.findUniqueOrThrow({ where });
    expect(row).toMatchObject({ state: "FAILED", sealed });
    expect(reported.at(-1)).toMatchObject({ table: "Inbox", id: `${where.id}`, failure: row.failure });
  });

  it("in a contact does not hold up the other contacts", async () => {
    const contactId = await greet(stores, "swapped");
    const other = await greet(stores, "other");
    const { session } = await database.prisma.contact.findUniqueOrThrow({ where: { id: other } });
    await database.prisma.contact.update({ where: { id: contactId }, data: { session } });
    await stores.inbox.receive([arrival("swapped", "ciao"), arrival("other", "ciao")]);
    expect((await pendingOf(stores, "other")).contactId).toBe(other);
    await expect(pendingOf(stores, "swapped")).rejects.toThrow("Nothing waits");
    expect(reported.at(-1)?.error.message).toContain("Contact.session was changed, or moved here");
  });

  it("in the outbox is never sent to anybody", async () => {
    const sends = [
      reply("victim", "codice", { channel: "outbox" }),
      reply("attacker", "ciao", { channel: "outbox" }),
    ];
    const contactId = await greet(stores, "outbox", { sends });
    const [code, own] = await database.prisma.outbox.findMany({
      where: { contactId },
      orderBy: { id: "asc" },
    });
    await database.prisma.outbox.update({
      where: { id: own?.id ?? 0n },
      data: { sealed: code?.sealed ?? null },
    });
    const claimed = await stores.outbox.claim(roomOn(["outbox"], 10), 60_000);
    expect(claimed.map(({ address }) => address)).toEqual(["victim"]);
    expect(reported.at(-1)).toMatchObject({ table: "Outbox", id: `${own?.id}` });
    const row = await database.prisma.outbox.findUniqueOrThrow({ where: { id: own?.id ?? 0n } });
    expect(row).toMatchObject({ state: "FAILED", leaseUntil: null });
  });
});
