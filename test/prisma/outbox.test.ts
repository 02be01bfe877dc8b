import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Claimed, Outgoing } from "../../core/ports.ts";
import type { Database } from "../../prisma/client.ts";
import { endLeases } from "../../prisma/leases.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import { arrival, greet, newSecrets, openTestStores, reply } from "../support/stores.ts";
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

const claim = (channel: string, limit = 10) => stores.outbox.claim([channel], limit, MINUTE);
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
  const [one] = await stores.outbox.claim([channel], 1, 0);
  if (one === undefined) throw new Error(`Nothing is to be sent on ${channel}.`);
  return one;
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
        () => stores.outbox.claim(["dead-reply"], 1, 0),
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

  it.each(["code", "notice"] as const)("sets a %s aside: it is never sent twice", async (kind) => {
    await send(`dead-${kind}`, [{ kind }]);
    await claimAndDie(`dead-${kind}`);
    await until(
      async () => [...(await claim(`dead-${kind}`)), ...(await rowsOf(`dead-${kind}`))],
      ([row]) => row !== undefined && "state" in row && row.state === "UNCERTAIN",
    );
    expect(await claim(`dead-${kind}`)).toEqual([]);
  });

  it("believes whoever learns late that it did arrive", async () => {
    await send("late", [{ kind: "code" }]);
    const { id } = await claimAndDie("late");
    await until(
      async () => [...(await claim("late")), ...(await rowsOf("late"))],
      ([row]) => row !== undefined && "state" in row && row.state === "UNCERTAIN",
    );
    await stores.outbox.settle([{ id, accepted: 1, as: "sent", platformId: "p" }]);
    expect(await rowsOf("late")).toMatchObject([{ state: "SENT" }]);
  });
});
