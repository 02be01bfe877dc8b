import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  answer,
  arrival,
  greet,
  newSecrets,
  newSession,
  openTestStores,
  pendingOf,
  reply,
  textsOf,
  turn,
} from "../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

describe("receive", () => {
  it("keeps what was received as it came, and makes a contact for a new address", async () => {
    const incoming = { kind: "location", latitude: 44.9, longitude: 9.6 } as const;
    await stores.inbox.receive([arrival("r1", "", { incoming, language: "sq" })]);
    const pending = await pendingOf(stores, "r1");
    expect(pending).toMatchObject({ version: 0, session: null });
    expect(pending.messages).toEqual([
      { inboxId: expect.any(BigInt), channel: "telegram", address: "r1", incoming, language: "sq" },
    ]);
  });

  it("stores a delivery once, whether it comes twice together, at once or later", async () => {
    const first = arrival("r2", "uno");
    await Promise.all([stores.inbox.receive([first, first]), stores.inbox.receive([first])]);
    expect(textsOf(await pendingOf(stores, "r2"))).toEqual(["uno"]);
    await stores.conversations.save([answer(await pendingOf(stores, "r2"))]);
    await stores.inbox.receive([first, arrival("r2", "due")]);
    expect(textsOf(await pendingOf(stores, "r2"))).toEqual(["due"]);
  });

  it("tells deliveries of two channels apart, whatever their ids", async () => {
    const one = arrival("r3", "uno", { id: "same" });
    await stores.inbox.receive([one, { ...one, channel: "whatsapp" }]);
    const all = await stores.conversations.pending(1000);
    expect(all.filter(({ messages }) => messages[0]?.address === "r3")).toHaveLength(2);
  });

  it("makes one contact where many messages of a new person come together", async () => {
    const texts = Array.from({ length: 30 }, (_, index) => String(index));
    await Promise.all(texts.map((text) => stores.inbox.receive([arrival("r4", text)])));
    expect(textsOf(await pendingOf(stores, "r4"))).toEqual(texts);
  });
});

describe("pending", () => {
  it("gives a person's messages in the platform's order, not in that of their arrival", async () => {
    const [first, second] = [arrival("p1", "prima"), arrival("p1", "seconda")];
    await stores.inbox.receive([second]);
    await stores.inbox.receive([first]);
    expect(textsOf(await pendingOf(stores, "p1"))).toEqual(["prima", "seconda"]);
  });

  it("leaves what was just received to whoever received it", async () => {
    await stores.inbox.receive([arrival("p2", "adesso")]);
    expect(await stores.conversations.pending(1000, 60_000)).toEqual([]);
    await database.prisma.inbox.updateMany({
      where: { state: "PENDING" },
      data: { receivedAt: new Date(Date.now() - 61_000) },
    });
    expect((await stores.conversations.pending(1000, 60_000)).length).toBeGreaterThan(0);
  });

  it("gives no more contacts than asked for, the longest waiting first", async () => {
    const [first] = await stores.conversations.pending(1000);
    const some = await stores.conversations.pending(2);
    expect(some.length).toBeLessThanOrEqual(2);
    expect(some[0]?.contactId).toBe(first?.contactId);
  });
});

describe("save", () => {
  it("writes the session, and gives it back with the next message", async () => {
    const session = newSession({ misses: 3, language: "ar" });
    await greet(stores, "s1", { session });
    await stores.inbox.receive([arrival("s1", "ancora")]);
    expect(await pendingOf(stores, "s1")).toMatchObject({ version: 1, session });
  });

  it("empties what it marks as done", async () => {
    const contactId = await greet(stores, "s2");
    const rows = await database.prisma.inbox.findMany({ where: { contactId } });
    expect(rows).toMatchObject([{ state: "DONE", sealed: null, failure: null }]);
    expect(rows[0]?.handledAt).toBeInstanceOf(Date);
  });

  it("keeps the id of a failure with the message that failed", async () => {
    await stores.inbox.receive([arrival("s3", "guasto")]);
    const pending = await pendingOf(stores, "s3");
    const handled = pending.messages.map(({ inboxId }) => ({ inboxId, failure: "e-17" }));
    await stores.conversations.save([answer(pending, { handled })]);
    const rows = await database.prisma.inbox.findMany({ where: { contactId: pending.contactId } });
    expect(rows).toMatchObject([{ state: "FAILED", failure: "e-17", sealed: null }]);
  });

  it("lets one of two writers win, and writes nothing of the other", async () => {
    await stores.inbox.receive([arrival("s4", "ciao")]);
    const seen = await pendingOf(stores, "s4");
    const saves = ["uno", "due"].map((text) =>
      stores.conversations.save([answer(seen, { sends: [reply("s4", text)] })]),
    );
    const winners = (await Promise.all(saves)).filter((saved) => saved.has(seen.contactId));
    expect(winners).toHaveLength(1);
    expect(await database.prisma.outbox.count({ where: { contactId: seen.contactId } })).toBe(1);
  });

  it("saves the others where one contact was changed meanwhile", async () => {
    await stores.inbox.receive([arrival("s5", "ciao"), arrival("s6", "ciao")]);
    const [late, good] = [await pendingOf(stores, "s5"), await pendingOf(stores, "s6")];
    await stores.conversations.save([answer(late)]);
    const saved = await stores.conversations.save([
      answer(late, { sends: [reply("s5", "no")] }),
      answer(good, { sends: [reply("s6", "sì")] }),
    ]);
    expect([...saved]).toEqual([good.contactId]);
    expect(await database.prisma.outbox.count({ where: { contactId: late.contactId } })).toBe(0);
    expect(await database.prisma.outbox.count({ where: { contactId: good.contactId } })).toBe(1);
  });

  it("refuses an answer to a message that was answered already", async () => {
    await stores.inbox.receive([arrival("s7", "ciao")]);
    const seen = await pendingOf(stores, "s7");
    await stores.conversations.save([answer(seen)]);
    const again = answer({ ...seen, version: seen.version + 1 });
    expect([...(await stores.conversations.save([again]))]).toEqual([]);
  });

  it("leaves a message that came while it was thinking for the next time", async () => {
    await stores.inbox.receive([arrival("s8", "prima")]);
    const seen = await pendingOf(stores, "s8");
    await stores.inbox.receive([arrival("s8", "durante")]);
    expect((await stores.conversations.save([answer(seen)])).has(seen.contactId)).toBe(true);
    expect(textsOf(await pendingOf(stores, "s8"))).toEqual(["durante"]);
  });

  it("saves many contacts in one go, from several sides at once, each message once", async () => {
    const people = Array.from({ length: 60 }, (_, index) => `crowd-${index}`);
    await stores.inbox.receive(people.map((address) => arrival(address, "ciao")));
    const mine = (await stores.conversations.pending(1000)).filter(({ messages }) =>
      people.includes(messages[0]?.address ?? ""),
    );
    expect(mine).toHaveLength(60);
    const answers = mine.map((one) =>
      answer(one, { sends: [reply(one.messages[0]?.address ?? "", "ciao")] }),
    );
    const sides = [answers, answers.toReversed(), answers.slice(20), answers.slice(0, 40).reverse()];
    const saved = await Promise.all(sides.map((side) => stores.conversations.save(side)));
    expect(saved.flatMap((ids) => [...ids]).sort()).toEqual(mine.map(({ contactId }) => contactId).sort());
    const where = { contactId: { in: mine.map(({ contactId }) => contactId) } };
    expect(await database.prisma.outbox.count({ where })).toBe(60);
  });

  it("keeps an effect's turn apart from the others it is saved with", async () => {
    await greet(stores, "s9");
    const effects = [{ kind: "withdrawProposal", code: "nobody" }] as const;
    expect(await turn(stores, "s9", { effects, sends: [reply("s9", "ritirata")] })).toBe(false);
    expect(await turn(stores, "s9", { sends: [reply("s9", "non c'è")] })).toBe(true);
  });
});
