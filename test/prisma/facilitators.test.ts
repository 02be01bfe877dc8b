import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Effect } from "../../core/effects.ts";
import type { Session } from "../../core/engine/session.ts";
import type { FacilitatorQuery } from "../../core/facilitators/ports.ts";
import type { Database } from "../../prisma/client.ts";
import { purge } from "../../prisma/purge.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  answer,
  arrival,
  greet,
  newFrame,
  newSecrets,
  newSession,
  openTestStores,
  pendingOf,
  turn,
} from "../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

const DAY_MS = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const notice = () => ({ text: "…", choices: [] });

const does = (who: string, effect: Effect, session?: Session) =>
  turn(stores, who, { effects: [effect], ...(session && { session }) });
const find = <Q extends FacilitatorQuery>(contactId: string, query: Q) =>
  stores.conversations.find(contactId, query);

const offering = (code: string): Effect => ({
  ...{ kind: "offerAccompaniment", code, task: "proposal", language: "it" },
  until: inDays(1).toISOString(),
});
const accepting = (code: string): Effect => ({ kind: "acceptAccompaniment", code, notice });

/** What the person has answered: nobody else is to see it. */
const draft = { ...newFrame("1"), answers: { name: "Canarina", challenge: "connessa" } };

/** A facilitator and somebody whom they accompany, under names of a test's own. */
async function accompanying(seed: string) {
  const [anna, rosa, code] = [`anna ${seed}`, `rosa ${seed}`, `code ${seed}`];
  const annaId = await greet(stores, anna);
  const rosaId = await greet(stores, rosa);
  const who = { name: "Anna Bianchi", place: "Biblioteca" };
  const { id } = await stores.desk.facilitators.invite(who, `invitation ${seed}`, inDays(14));
  await does(anna, { kind: "joinFacilitators", code: `invitation ${seed}` });
  await does(anna, offering(code));
  const offered = await find(rosaId, { kind: "accompaniment", code });
  if (offered.kind !== "good") throw new Error("There is no link.");
  const accompanied = { id: offered.id, by: "Anna Bianchi", task: "proposal" };
  const session = newSession({ active: [draft], accompanied });
  await does(rosa, accepting(code), session);
  const handOver: Effect = {
    ...{ kind: "handOver", id: offered.id, flow: "proposal", step: "title", frame: "1" },
    notice: () => notice,
  };
  return { anna, rosa, annaId, rosaId, id, accompaniment: offered.id, code, session, handOver };
}

const list = async (id: string) => (await stores.desk.facilitators.list()).find((one) => one.id === id);
const notices = (contactId: string) => database.prisma.outbox.count({ where: { contactId, kind: "NOTICE" } });

describe("A code", () => {
  it("makes one person a facilitator, and is told from one that nobody drew", async () => {
    const [one, other] = [await greet(stores, "joins one"), await greet(stores, "joins other")];
    await stores.desk.facilitators.invite({ name: "Anna Bianchi" }, "once", inDays(14));
    const invitation = { kind: "invitation", code: "once" } as const;
    expect(await find(one, invitation)).toMatchObject({ kind: "good" });
    expect(await does("joins one", { kind: "joinFacilitators", code: "once" })).toBe(true);
    expect(await does("joins other", { kind: "joinFacilitators", code: "once" })).toBe(false);
    expect(await find(other, invitation)).toEqual({ kind: "used" });
    expect(await find(other, { ...invitation, code: "never" })).toEqual({ kind: "unknown" });
    expect(await find(one, { kind: "facilitator" })).toMatchObject({ name: "Anna Bianchi" });
    expect(await find(other, { kind: "facilitator" })).toBeNull();
    expect(await does("joins other", offering("by nobody"))).toBe(false);
  });

  it("whose time is over makes nobody one", async () => {
    await greet(stores, "late");
    await stores.desk.facilitators.invite({ name: "Anna" }, "late", inDays(-1));
    expect(await does("late", { kind: "joinFacilitators", code: "late" })).toBe(false);
    expect((await stores.desk.facilitators.list()).at(-1)).toMatchObject({ state: "expired" });
  });

  it("of a link is used by one, not by who made it, and not by who is accompanied already", async () => {
    const { anna, annaId, rosa, rosaId, code, id } = await accompanying("link");
    const ugo = await greet(stores, "ugo");
    expect(await find(ugo, { kind: "accompaniment", code })).toEqual({ kind: "used" });
    expect(await does("ugo", accepting(code))).toBe(false);
    await does(anna, offering("another"));
    expect(await find(annaId, { kind: "accompaniment", code: "another" })).toEqual({ kind: "own" });
    expect(await does(anna, accepting("another"))).toBe(false);
    expect(await find(rosaId, { kind: "accompaniment", code: "another" })).toEqual({ kind: "busy" });
    expect(await list(id)).toMatchObject({ state: "active", started: 1, goingOn: 1, finished: 0 });
    expect(await does(rosa, { kind: "missCode" })).toBe(true);
  });
});

describe("How far somebody is", () => {
  it("is told by the names of steps, in the task alone, to their own facilitator", async () => {
    const { annaId, rosaId, accompaniment: id } = await accompanying("progress");
    const { started, latest } = await find(annaId, { kind: "accompanied" });
    expect(started).toBe(1);
    expect(latest).toEqual([
      {
        ...{ id, number: 1, task: "proposal", state: "going", since: expect.any(String) },
        progress: { answered: ["name", "challenge"], asking: "title", isAside: false },
      },
    ]);
    expect(await find(rosaId, { kind: "accompanied" })).toEqual({ started: 0, finished: 0, latest: [] });
  });

  it.each([
    ["the person ends it", "endAccompaniment", "ended"],
    ["the task is done", "finishAccompaniment", "finished"],
  ] as const)("is told no more once %s, and what was handed over is closed", async (_, kind, state) => {
    const { anna, rosa, annaId, rosaId, accompaniment: id, handOver } = await accompanying(kind);
    await does(rosa, handOver);
    const { id: asked } = await database.prisma.handOver.findFirstOrThrow({ where: { accompanimentId: id } });
    await does(anna, {
      kind: "answerHandOver",
      id: asked,
      given: { kind: "text", text: "Canarini" },
      notice,
    });
    expect(await find(rosaId, { kind: "proposedAnswer", id: asked })).toMatchObject({ step: "title" });
    await does(rosa, { kind, id });
    const { latest } = await find(annaId, { kind: "accompanied" });
    expect(latest).toEqual([{ id, number: 1, task: "proposal", state, since: expect.any(String) }]);
    expect(await find(rosaId, { kind: "proposedAnswer", id: asked })).toBeNull();
    const row = await database.prisma.handOver.findUniqueOrThrow({ where: { id: asked } });
    expect(row).toMatchObject({ sealed: null, closedAt: expect.any(Date) });
    expect(await does(rosa, handOver)).toBe(false);
  });
});

describe("A question that was handed over", () => {
  it("is told once, answered once by that facilitator alone, and sealed", async () => {
    const { anna, rosa, annaId, rosaId, accompaniment, handOver } = await accompanying("handed");
    const others = await accompanying("others");
    const before = await notices(annaId);
    await does(rosa, handOver);
    await does(rosa, handOver);
    expect(await notices(annaId)).toBe(before + 1);
    const where = { accompanimentId: accompaniment };
    const { id } = await database.prisma.handOver.findFirstOrThrow({ where });
    expect(await find(annaId, { kind: "handedOver", id })).toMatchObject({ flow: "proposal", step: "title" });
    for (const foreign of [others.annaId, rosaId])
      expect(await find(foreign, { kind: "handedOver", id })).toBeNull();
    const given = { kind: "text", text: "Canarini in rete" } as const;
    const answering: Effect = { kind: "answerHandOver", id, given, notice };
    expect(await does(others.anna, answering)).toBe(false);
    expect(await does(anna, answering)).toBe(true);
    expect(await does(anna, answering)).toBe(false);
    expect(await find(others.rosaId, { kind: "proposedAnswer", id })).toBeNull();
    expect(await find(rosaId, { kind: "proposedAnswer", id })).toEqual({
      ...{ flow: "proposal", step: "title", frame: "1", given },
    });
    const { sealed } = await database.prisma.handOver.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(sealed ?? []).toString("latin1")).not.toContain("Canarini");
    await does(rosa, { kind: "closeHandOver", id });
    expect(await find(rosaId, { kind: "proposedAnswer", id })).toBeNull();
    expect(await find(annaId, { kind: "handedOver", id: "anything" })).toBeNull();
  });

  it("waits for seven days, and is then emptied", async () => {
    const { anna, rosa, annaId, rosaId, accompaniment, handOver } = await accompanying("stale");
    await does(rosa, handOver);
    const where = { accompanimentId: accompaniment };
    const { id } = await database.prisma.handOver.findFirstOrThrow({ where });
    await does(anna, { kind: "answerHandOver", id, given: { kind: "text", text: "Canarini" }, notice });
    await database.prisma.handOver.update({ where: { id }, data: { createdAt: inDays(-8) } });
    expect(await find(rosaId, { kind: "proposedAnswer", id })).toBeNull();
    expect(await find(annaId, { kind: "handedOver", id })).toBeNull();
    await purge(database);
    expect(await database.prisma.handOver.findUnique({ where: { id } })).toMatchObject({ sealed: null });
    await purge(database, inDays(31));
    expect(await database.prisma.handOver.count({ where })).toBe(0);
  });
});

describe("What is kept", () => {
  const held = (contactId: string) => stores.conversations.find(contactId, { kind: "held" });

  it("is shown to each of the two, and nothing of the one to the other", async () => {
    const { annaId, rosaId } = await accompanying("held");
    const by = { id: expect.any(String), name: "Anna Bianchi", place: "Biblioteca" };
    const since = new Date().toISOString().slice(0, 10);
    expect(await held(rosaId)).toMatchObject({ accompanied: [{ by, task: "proposal", since }] });
    const facilitator = await held(annaId);
    expect(facilitator).toMatchObject({ facilitator: { ...by, started: 1 }, accompanied: [] });
    expect(JSON.stringify(facilitator)).not.toMatch(/rosa|Canarina/);
    const rows = await database.prisma.facilitator.findMany();
    for (const { sealed } of rows) expect(Buffer.from(sealed ?? []).toString("latin1")).not.toContain("Anna");
  });

  it("of a facilitator who is erased is a number, and nobody is accompanied by them any more", async () => {
    const { anna, rosaId, id } = await accompanying("erased facilitator");
    await does(anna, offering("left behind"));
    await does(anna, { kind: "eraseContact" });
    expect(await list(id)).toMatchObject({ state: "stopped", started: 1, goingOn: 0 });
    expect(await list(id)).not.toHaveProperty("facilitator");
    expect(await find(rosaId, { kind: "ownAccompaniment" })).toBeNull();
    expect(await find(rosaId, { kind: "accompaniment", code: "left behind" })).toEqual({ kind: "unknown" });
    expect((await held(rosaId)).accompanied).toEqual([]);
  });

  it("of a person who is erased is a number", async () => {
    const { rosa, annaId, accompaniment: id } = await accompanying("erased person");
    await does(rosa, { kind: "eraseContact" });
    const { started, latest } = await find(annaId, { kind: "accompanied" });
    expect(started).toBe(1);
    expect(latest).toEqual([expect.objectContaining({ state: "ended" })]);
    const row = await database.prisma.accompaniment.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ contactId: null, endedBy: "person" });
  });

  it("forgets after thirty days whom it was, and links that nobody used", async () => {
    const { anna, rosa, rosaId, accompaniment: id, id: facilitatorId } = await accompanying("old");
    await does(anna, offering("unused"));
    await does(rosa, { kind: "finishAccompaniment", id });
    await purge(database, inDays(29));
    expect((await held(rosaId)).accompanied).toHaveLength(1);
    await purge(database, inDays(32));
    expect((await held(rosaId)).accompanied).toEqual([]);
    expect(await list(facilitatorId)).toMatchObject({ started: 1, finished: 1 });
    expect(await find(rosaId, { kind: "accompaniment", code: "unused" })).toEqual({ kind: "unknown" });
  });

  it("moves with who turns out to be one person, who does not accompany themselves", async () => {
    const writes = async (address: string, aliases: readonly string[], effects: readonly Effect[] = []) => {
      await stores.inbox.receive([arrival(address, "ciao", { channel: "whatsapp", aliases })]);
      const pending = await pendingOf(stores, address);
      await stores.conversations.save([answer(pending, { effects })]);
      return pending.contactId;
    };
    await stores.desk.facilitators.invite({ name: "Anna Bianchi" }, "merged", inDays(14));
    await writes("39001", ["39001"], [{ kind: "joinFacilitators", code: "merged" }]);
    await writes("39001", ["39001"], [offering("to herself")]);
    const other = await writes("IT.1", ["IT.1"], [accepting("to herself")]);
    expect(await find(other, { kind: "ownAccompaniment" })).not.toBeNull();
    const one = await writes("39001", ["39001", "IT.1"]);
    expect(await find(one, { kind: "facilitator" })).toMatchObject({ name: "Anna Bianchi" });
    expect(await find(one, { kind: "ownAccompaniment" })).toBeNull();
    expect(await find(one, { kind: "accompanied" })).toMatchObject({
      started: 1,
      latest: [{ state: "ended" }],
    });
  });
});

it("stands in tables that no key leads from to a ballot, nor from a ballot to them", async () => {
  const keys = await database.prisma.$queryRaw<{ from: string; to: string }[]>`
    SELECT conrelid::regclass::text AS "from", confrelid::regclass::text AS "to"
    FROM pg_constraint WHERE contype = 'f'`;
  const tables = ['"Facilitator"', '"Accompaniment"', '"HandOver"', '"AssistedSession"'];
  const ends = keys.filter(({ from, to }) => tables.includes(from) || tables.includes(to));
  const others = new Set(ends.flatMap(({ from, to }) => [from, to]).filter((one) => !tables.includes(one)));
  expect([...others]).toEqual(['"Contact"']);
});
