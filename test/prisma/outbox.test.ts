import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outgoing } from "../../core/ports.ts";
import type { Claimed } from "../../core/sending.ts";
import { callBack } from "../../prisma/call-back.ts";
import type { Database } from "../../prisma/client.ts";
import { endLeases } from "../../prisma/leases.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import { arrival, greet, newSecrets, openTestStores, reply, roomOn } from "../support/stores.ts";
import { until } from "../support/until.ts";

const MINUTE = 60_000;

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

/** Puts messages in the outbox of a new person, on a channel of the test's own. */
async function send(channel: string, sends: readonly Partial<Outgoing>[], address = "qui"): Promise<void> {
  await greet(stores, randomUUID(), {
    sends: sends.map((given, index) => reply(address, `${index}`, { channel, ...given })),
  });
}

const claim = (channel: string, limit = 10) => stores.outbox.claim(roomOn([channel], limit), MINUTE);
const texts = (claimed: readonly Claimed[]) => claimed.map(({ message }) => message.text);
const rowsOf = (channel: string) =>
  database.prisma.outbox.findMany({ where: { channel }, orderBy: { id: "asc" } });

async function claimOne(channel: string): Promise<Claimed> {
  const [one] = await claim(channel);
  if (one === undefined) throw new Error(`Nothing is to be sent on ${channel}.`);
  return one;
}

/** Takes the next message with a lease that has run out when this resolves, as if the process had died. */
async function claimAndDie(channel: string): Promise<Claimed> {
  const [one] = await stores.outbox.claim(roomOn([channel], 1), 0);
  if (one === undefined) throw new Error(`Nothing is to be sent on ${channel}.`);
  return one;
}

const begin = (claimed: Claimed | undefined) =>
  claimed ? stores.outbox.begin(claimed, MINUTE) : Promise.reject(new Error("Nothing was claimed."));

/** As {@link claimAndDie}, after it was begun. */
async function beginAndDie(channel: string): Promise<Claimed> {
  const claimed = await claimOne(channel);
  await stores.outbox.begin(claimed, 0);
  return claimed;
}

describe("claim", () => {
  it("gives what is to be sent, whole", async () => {
    const document = {
      fileName: "a.pdf",
      language: "it",
      title: "Proposta",
      intro: ["Da stampare."],
      rows: [{ label: "Titolo", value: "Sportello" }],
      notes: [],
      signature: { date: "Data", sign: "Firma" },
    };
    const message = {
      text: "Ecco",
      choices: [{ data: "c:1", label: "Sì" }],
      link: { url: "https://example.org/", label: "Apri" },
      document,
      language: "it",
      page: 2,
    };
    await send("whole", [{ message, kind: "code" }], "39333");
    expect(await claimOne("whole")).toEqual({
      id: expect.any(BigInt),
      contactId: expect.any(String),
      channel: "whole",
      address: "39333",
      kind: "code",
      message,
      accepted: 0,
      attempts: 0,
      lease: expect.any(Date),
    });
  });

  it("gives an address one message at a time, in order", async () => {
    await send("order", [{}, {}, {}]);
    for (const text of ["0", "1", "2"]) {
      const claimed = await claim("order");
      expect(texts(claimed)).toEqual([text]);
      expect(await claim("order")).toEqual([]);
      await stores.outbox.settle(
        claimed.map(({ id }) => ({ id, accepted: 1, as: "sent", platformId: text })),
      );
    }
    expect(await claim("order")).toEqual([]);
  });

  it("gives replies before notices", async () => {
    await send("kinds", [{ kind: "notice" }, { kind: "reply" }]);
    const first = await claim("kinds");
    expect(texts(first)).toEqual(["1"]);
    await stores.outbox.settle(first.map(({ id }) => ({ id, accepted: 1, as: "sent", platformId: "p" })));
    expect(texts(await claim("kinds"))).toEqual(["0"]);
  });

  it("takes as many replies, and as many notices, as a channel has room for", async () => {
    for (const person of ["a", "b", "c"]) {
      await send("rooms", [{ kind: "notice" }], `notice-${person}`);
      await send("rooms", [{ kind: "code" }], `code-${person}`);
    }
    const take = (replies: number, notices: number) =>
      stores.outbox.claim([{ channel: "rooms", replies, notices }], MINUTE);
    expect((await take(0, 2)).map(({ address }) => address)).toEqual(["notice-a", "notice-b"]);
    expect((await take(2, 0)).map(({ address }) => address)).toEqual(["code-a", "code-b"]);
    expect((await take(5, 5)).map(({ address }) => address)).toEqual(["code-c", "notice-c"]);
  });

  it("tells for how long an address has had its fill, whoever filled it", async () => {
    await greet(stores, "filled", { sends: [reply("filled", "0"), reply("filled", "1")] });
    const [first] = (await claim("telegram", 100)).filter(({ address }) => address === "filled");
    expect(first?.pacedMs).toBeUndefined();
    await stores.outbox.settle([
      { id: first?.id ?? 0n, accepted: 1, as: "sent", platformId: "f", pacedMs: MINUTE },
    ]);
    const [next] = (await claim("telegram", 100)).filter(({ address }) => address === "filled");
    expect(next?.pacedMs).toBeGreaterThan(MINUTE / 2);
  });

  it("does not let one address, or one channel that is off, hold up another", async () => {
    await send("a-channel", [{}, { channel: "b-channel" }]);
    expect(texts(await claim("b-channel"))).toEqual(["1"]);
    await send("a-channel", [{}], "altrove");
    expect(await claim("a-channel")).toHaveLength(2);
  });

  it("gives each message to one of many who claim at once", async () => {
    for (let index = 0; index < 30; index += 1) await send("crowd", [{}], `crowd-${index}`);
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim("crowd", 3)));
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claim("crowd", 100)).length).toBe(30);
  });
});

describe("settle", () => {
  it("forgets the content once it is sent, and finds it again by the platform's id", async () => {
    await send("done", [{}]);
    const { id } = await claimOne("done");
    await stores.outbox.settle([{ id, accepted: 2, as: "sent", platformId: "wamid.39333" }]);
    const [row] = await rowsOf("done");
    expect(row).toMatchObject({ state: "SENT", sealed: null, accepted: 2, attempts: 1, leaseUntil: null });
    expect(row?.settledAt).toBeInstanceOf(Date);
    expect(Buffer.from(row?.platformId ?? []).toString()).not.toContain("39333");
  });

  it("holds back what is to be tried again, and all that follows it, until its time", async () => {
    await send("again", [{}, {}]);
    const { id } = await claimOne("again");
    const at = new Date(Date.now() + MINUTE);
    await stores.outbox.settle([{ id, accepted: 1, as: "again", at, reason: "429" }]);
    expect(await claim("again")).toEqual([]);
    await database.prisma.outbox.update({ where: { id }, data: { notBefore: new Date(Date.now() - 1) } });
    expect(await claim("again")).toMatchObject([{ id, accepted: 1, attempts: 1 }]);
  });

  it.each(["uncertain", "failed"] as const)("goes on with the next one after one that is %s", async (as) => {
    await send(as, [{}, {}]);
    const { id } = await claimOne(as);
    await stores.outbox.settle([{ id, accepted: 0, as, reason: "why" }]);
    expect(texts(await claim(as))).toEqual(["1"]);
    expect((await rowsOf(as))[0]).toMatchObject({ state: as.toUpperCase(), sealed: null, reason: "why" });
  });

  it("sends nothing more to an address that cannot be reached, until it writes again", async () => {
    const { inbox, outbox } = stores;
    await greet(stores, "gone", {
      sends: [reply("gone", "uno", { channel: "telegram" }), reply("gone", "due")],
    });
    const claimed = (await claim("telegram", 100)).filter(({ address }) => address === "gone");
    await outbox.settle(claimed.map(({ id }) => ({ id, accepted: 0, as: "unreachable", reason: "blocked" })));
    expect((await claim("telegram", 100)).filter(({ address }) => address === "gone")).toEqual([]);
    const contactId = claimed[0]?.contactId ?? "";
    const rows = await database.prisma.outbox.findMany({ where: { contactId } });
    expect(rows.map(({ state, sealed }) => [state, sealed])).toEqual([
      ["FAILED", null],
      ["FAILED", null],
    ]);
    const addressOf = () => database.prisma.address.findFirstOrThrow({ where: { contactId } });
    expect((await addressOf()).unreachableAt).toBeInstanceOf(Date);
    await inbox.receive([arrival("gone", "eccomi")]);
    expect((await addressOf()).unreachableAt).toBeNull();
  });
});

describe("a lease that ran out", () => {
  it("lets a reply be sent again, but not by process after process that dies of it", async () => {
    await send("dead-reply", [{}, {}]);
    const { id } = await claimAndDie("dead-reply");
    for (let attempts = 1; attempts <= 5; attempts += 1) {
      const again = await until(
        () => stores.outbox.claim(roomOn(["dead-reply"], 1), 0),
        (found) => found.length > 0,
      );
      expect(again).toMatchObject([{ id, attempts }]);
    }
    const next = await until(
      () => claim("dead-reply"),
      (found) => found.length > 0,
    );
    expect(texts(next)).toEqual(["1"]);
    expect((await rowsOf("dead-reply"))[0]).toMatchObject({ state: "UNCERTAIN", sealed: null });
  });

  it("is not waited for where the process that is dead was the only one", async () => {
    await send("dead-alone", [{}]);
    const { id } = await claimOne("dead-alone");
    expect(await claim("dead-alone")).toEqual([]);
    await endLeases(database.pool);
    expect(await claim("dead-alone")).toMatchObject([{ id, attempts: 1 }]);
  });

  it.each(["code", "notice"] as const)(
    "sets a %s aside that was begun: it is never sent twice",
    async (kind) => {
      await send(`dead-${kind}`, [{ kind }]);
      await beginAndDie(`dead-${kind}`);
      expect(await claim(`dead-${kind}`)).toEqual([]);
      expect(await rowsOf(`dead-${kind}`)).toMatchObject([{ state: "UNCERTAIN", sealed: null }]);
      expect(await claim(`dead-${kind}`)).toEqual([]);
    },
  );

  it.each(["code", "notice"] as const)(
    "lets a %s be sent that was not begun, and by one alone",
    async (kind) => {
      const channel = `unbegun-${kind}`;
      await send(channel, [{ kind }]);
      const dead = await claimAndDie(channel);
      const [taken] = await claim(channel);
      expect(taken).toMatchObject({ id: dead.id, attempts: 1 });
      // Whoever was dead only for a moment.
      expect(await stores.outbox.begin(dead, MINUTE)).toBeUndefined();
      expect(await begin(taken)).toBeInstanceOf(Date);
    },
  );

  it("does not let process after process die of a notice either", async () => {
    await send("dead-again", [{ kind: "notice" }]);
    for (let times = 0; times <= 5; times += 1) await claimAndDie("dead-again");
    expect(await claim("dead-again")).toEqual([]);
    expect(await rowsOf("dead-again")).toMatchObject([{ state: "UNCERTAIN" }]);
  });

  it("believes whoever learns late that it did arrive", async () => {
    await send("late", [{ kind: "code" }]);
    const { id } = await beginAndDie("late");
    expect(await claim("late")).toEqual([]);
    await stores.outbox.settle([{ id, accepted: 1, as: "sent", platformId: "p" }]);
    expect(await rowsOf("late")).toMatchObject([{ state: "SENT" }]);
  });
});

describe("begin", () => {
  it("lets the lease begin anew, and is good for that lease alone", async () => {
    await send("begun", [{ kind: "notice" }]);
    const claimed = await claimOne("begun");
    const lease = await begin(claimed);
    expect(lease?.getTime()).toBeGreaterThan(claimed.lease.getTime());
    expect(await begin(claimed)).toBeUndefined();
    expect(await begin({ ...claimed, lease: lease ?? claimed.lease })).toBeInstanceOf(Date);
  });

  it("is undone where the message is to be tried again", async () => {
    await send("undone", [{ kind: "notice" }]);
    const claimed = await claimOne("undone");
    await begin(claimed);
    const at = new Date(0);
    await stores.outbox.settle([{ id: claimed.id, accepted: 0, as: "again", at, reason: "429" }]);
    expect(await rowsOf("undone")).toMatchObject([{ state: "READY", begunAt: null }]);
    await claimAndDie("undone");
    expect(await claim("undone")).toMatchObject([{ id: claimed.id }]);
  });
});

describe("calling back", () => {
  /** Three notices of a campaign: one waits, one is in hand, one is begun; and a reply. */
  async function campaign(channel: string) {
    const contactId = await greet(stores, randomUUID(), {
      sends: ["begun", "in hand", "waits"].map((text) => reply(text, text, { channel, kind: "notice" })),
    });
    await database.prisma.outbox.updateMany({ where: { contactId }, data: { campaign: channel } });
    await send(channel, [{}], "a reply");
    const [begun, inHand] = await stores.outbox.claim([{ channel, replies: 0, notices: 2 }], MINUTE);
    await begin(begun);
    return { contactId, inHand };
  }

  it.each(["a person's", "a campaign's"])("fails %s messages that nobody has begun", async (whose) => {
    const { contactId, inHand } = await campaign(whose);
    const which = whose === "a person's" ? { contactId } : { campaign: whose };
    expect(await callBack(database.prisma, which, "withdrawn")).toBe(2);
    const aside = { state: "FAILED", sealed: null, reason: "withdrawn", leaseUntil: null };
    expect(await rowsOf(whose)).toMatchObject([{ state: "SENDING" }, aside, aside, { state: "READY" }]);
    // Who has it in hand asks before it sends, and cannot bring it back.
    expect(await begin(inHand)).toBeUndefined();
    const id = inHand?.id ?? 0n;
    const at = new Date();
    await stores.outbox.settle([{ id, accepted: 0, as: "again", at, reason: "429" }]);
    await stores.outbox.settle([{ id, accepted: 0, as: "uncertain", reason: "no answer" }]);
    expect((await rowsOf(whose))[1]).toMatchObject(aside);
    expect(texts(await claim(whose))).toEqual(["0"]);
  });
});
