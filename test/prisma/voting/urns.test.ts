import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chain, merkleRoot } from "../../../core/voting/merkle.ts";
import type { Route } from "../../../core/voting/ports.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { newSecrets, openTestStores, roomOn } from "../../support/stores.ts";
import { castBy, enrol, newEnvelope, type OnTheRoll, openBox, tally } from "../../support/voting.ts";

const secrets = newSecrets();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const told = { channels: ["mail", "sms"], message: { text: "Un voto è registrato", choices: [] } };
const hash = (envelope: Uint8Array) => createHash("sha256").update(envelope).digest("hex");

/** An edition of one's own, with an open box and so many on its roll. */
async function vote(
  edition: string,
  people: number,
  given: OnTheRoll | ((index: number) => OnTheRoll) = {},
): Promise<{ stores: Stores; ids: readonly string[] }> {
  const stores = await openTestStores(database, secrets, undefined, edition);
  await openBox(database, edition);
  const of = typeof given === "function" ? given : () => given;
  const ids = await enrol(database, secrets, people, (index) => ({ ...of(index), edition }));
  return { stores, ids };
}

/** Lets each of them vote; gives the envelopes. */
async function castAll(stores: Stores, ids: readonly string[], route: Route = "spid") {
  const envelopes = ids.map(newEnvelope);
  const casts = ids.map((id, at) => castBy(stores, id, envelopes[at], route));
  expect((await Promise.all(casts)).every(({ kind }) => kind === "cast")).toBe(true);
  return envelopes;
}

describe("the mixer", () => {
  it("waits for twenty, then moves all of them and makes their marks one", async () => {
    const { stores, ids } = await vote("mixer", 25);
    await castAll(stores, ids.slice(0, 19));
    expect(await stores.voting.urns.mix(told)).toBe(0);
    await castAll(stores, ids.slice(19, 22), "code");
    expect(await Promise.all([1, 2, 3].map(() => stores.voting.urns.mix(told)))).toContain(22);
    expect(await tally(database, "mixer")).toEqual({ online: 22, paper: 0, spool: 0, urn: 22 });
    const marks = await database.prisma.voter.findMany({
      where: { edition: "mixer" },
      select: { mark: true },
    });
    expect(marks.map(({ mark }) => mark).toSorted()).toEqual([...Array(22).fill("ONLINE"), null, null, null]);
    expect((await stores.voting.urns.status()).byRoute).toEqual({ spid: 19, code: 3, station: 0 });
  });

  it("adds what comes later to what it knows of the routes", async () => {
    const { stores, ids } = await vote("routes", 45);
    await castAll(stores, ids.slice(0, 20), "code");
    await stores.voting.urns.mix(told);
    await castAll(stores, ids.slice(20, 25), "spid");
    await castAll(stores, ids.slice(25, 45), "code");
    expect(await stores.voting.urns.mix(told)).toBe(25);
    expect((await stores.voting.urns.status()).byRoute).toEqual({ spid: 5, code: 40, station: 0 });
  });

  it("lets who sends again what it has moved have the receipt, and refuses copies as before", async () => {
    const { stores, ids } = await vote("after", 21);
    const [first, ...others] = ids;
    const thief = others.pop() ?? "";
    const [envelope] = await castAll(stores, [first ?? "", ...others]);
    const receipt = envelope && (await stores.voting.casting.again(envelope));
    await stores.voting.urns.mix(told);
    expect(await castBy(stores, first ?? "", envelope)).toEqual({ kind: "cast", again: true, receipt });
    expect(await castBy(stores, first ?? "")).toEqual({ kind: "voted" });
    expect(await castBy(stores, thief, envelope)).toEqual({ kind: "copied" });
    expect(envelope && (await stores.voting.casting.again(envelope))).toEqual(receipt);
    expect(await tally(database, "after")).toEqual({ online: 20, paper: 0, spool: 0, urn: 20 });
  });

  it("tells those who voted at a station, and nobody else, by e-mail or else by SMS", async () => {
    const contacts = (index: number): readonly OnTheRoll[] => [
      { email: `a${index}@example.org`, phone: `+3933300000${index}` },
      { phone: `+3933300000${index}` },
      {},
    ];
    const { stores, ids } = await vote("told", 25, (index) => contacts(index)[index % 3] ?? {});
    await castAll(stores, ids.slice(0, 3), "station");
    await castAll(stores, ids.slice(3, 13), "spid");
    await castAll(stores, ids.slice(13, 23), "code");
    expect(await stores.outbox.claim(roomOn(["mail", "sms"], 100), 1000)).toEqual([]);
    await stores.voting.urns.mix(told);
    const sent = await stores.outbox.claim(roomOn(["mail", "sms"], 100), 1000);
    expect(
      sent.map(({ channel, address, kind, contactId }) => ({ channel, address, kind, contactId })),
    ).toEqual(
      expect.arrayContaining([
        { channel: "mail", address: "a0@example.org", kind: "notice", contactId: null },
        { channel: "sms", address: "+39333000001", kind: "notice", contactId: null },
      ]),
    );
    expect(sent.map(({ message }) => message)).toEqual([told.message, told.message]);
  });

  it("mixes whoever cannot be told", async () => {
    const problems: string[] = [];
    const { ids } = await vote("unreadable", 20);
    const stores = await openTestStores(database, secrets, ({ table }) => problems.push(table), "unreadable");
    await castAll(stores, ids, "station");
    await database.prisma.voter.update({ where: { id: ids[0] ?? "" }, data: { sealed: new Uint8Array(40) } });
    expect(await stores.voting.urns.mix(told)).toBe(20);
    expect(problems).toEqual(["Voter"]);
  });
});

describe("the board", () => {
  it("has a page a day of all that was mixed, from the twentieth on, each chained to the one before", async () => {
    const { stores, ids } = await vote("board", 62);
    const { urns } = stores.voting;
    const first = await castAll(stores, ids.slice(0, 20));
    await urns.publish("2027-02-10");
    expect(await urns.board()).toEqual({ receipts: [], pages: [] });
    await urns.mix(told);
    await castAll(stores, ids.slice(20, 21));
    await Promise.all([1, 2, 3].map(() => urns.publish("2027-02-10")));
    const receipts = first.map(hash).toSorted();
    const root = merkleRoot(receipts);
    const one = {
      number: 1,
      day: "2027-02-10",
      receipts: 20,
      root,
      chain: chain(undefined, "2027-02-10", root),
    };
    expect(await urns.board()).toEqual({ receipts, pages: [one] });

    await castAll(stores, ids.slice(21, 41));
    await urns.mix(told);
    await urns.publish("2027-02-10");
    expect((await urns.board()).pages).toEqual([one]);
    await urns.publish("2027-02-11");
    const board = await urns.board();
    const next = merkleRoot(board.receipts);
    expect(board.receipts).toHaveLength(41);
    expect(board.pages).toEqual([
      one,
      { number: 2, day: "2027-02-11", receipts: 41, root: next, chain: chain(one.chain, "2027-02-11", next) },
    ]);
    await urns.publish("2027-02-12");
    expect((await urns.board()).pages).toHaveLength(2);
  });
});

describe("the close", () => {
  it("takes what there is, publishes it, and takes no more", async () => {
    const { stores, ids } = await vote("close", 5);
    const { urns } = stores.voting;
    const envelopes = await castAll(stores, ids.slice(0, 2), "station");
    await expect(urns.envelopes()).rejects.toThrow("closed");
    expect(await urns.close("2027-02-20", told)).toMatchObject({
      closedOn: "2027-02-20",
      markedOnline: 2,
      inSpool: 0,
      inUrn: 2,
      byRoute: { spid: 0, code: 0, station: 2 },
    });
    expect(await castBy(stores, ids[2] ?? "")).toEqual({ kind: "closed" });
    expect((await urns.board()).receipts).toEqual(envelopes.map(hash).toSorted());
    const sorted = envelopes.toSorted((a, b) => hash(a).localeCompare(hash(b)));
    expect((await urns.envelopes()).map((one) => Buffer.from(one))).toEqual(sorted);
    // Who had no answer before may still ask for it.
    expect(await castBy(stores, ids[0] ?? "", envelopes[0])).toMatchObject({ kind: "cast", again: true });
  });

  it("is done once, however often it is asked for, and nothing is cast meanwhile", async () => {
    const { stores, ids } = await vote("once", 200);
    const { urns } = stores.voting;
    const casts = ids.map((id) => castBy(stores, id));
    const closes = await Promise.all(["2027-02-20", "2027-02-21"].map((day) => urns.close(day, told)));
    const kinds = (await Promise.all(casts)).map(({ kind }) => kind);
    expect(new Set(closes.map(({ closedOn }) => closedOn)).size).toBe(1);
    const counted = kinds.filter((kind) => kind === "cast").length;
    expect(kinds.filter((kind) => kind !== "cast").every((kind) => kind === "closed")).toBe(true);
    expect(await tally(database, "once")).toEqual({ online: counted, paper: 0, spool: 0, urn: counted });
    const board = await urns.board();
    expect((await urns.close("2027-02-22", told)).closedOn).toBe(closes[0]?.closedOn);
    expect(await urns.board()).toEqual(board);
  });

  it("of a vote that never began does nothing", async () => {
    const stores = await openTestStores(database, secrets, undefined, "never");
    expect((await stores.voting.urns.close("2027-02-20", told)).closedOn).toBeUndefined();
  });
});

it("counts who is on the roll and who voted, by Comune", async () => {
  const { stores, ids } = await vote("turnout", 6, (index) => (index < 4 ? { comune: "podenzano" } : {}));
  await castAll(stores, [ids[0] ?? "", ids[4] ?? ""]);
  await database.prisma.voter.update({ where: { id: ids[1] ?? "" }, data: { mark: "PAPER" } });
  expect(await stores.voting.urns.status()).toEqual({
    onRoll: 6,
    markedOnline: 2,
    markedPaper: 1,
    inSpool: 2,
    inUrn: 0,
    byRoute: { spid: 0, code: 0, station: 0 },
    byComune: [
      { comune: "", onRoll: 2, online: 1, paper: 0 },
      { comune: "podenzano", onRoll: 4, online: 1, paper: 1 },
    ],
  });
});
