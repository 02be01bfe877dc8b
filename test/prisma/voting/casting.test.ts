import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cast } from "../../../core/voting/ports.ts";
import { isReceipt } from "../../../core/voting/receipt.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";
import { castBy, enrol, newEnvelope, openBox, TODAY, tally } from "../../support/voting.ts";

const secrets = newSecrets();
let database: Database;
let stores: Stores;
let ids: readonly string[];
let used = 0;

/** Somebody who has not voted yet. */
function somebody(): string {
  const id = ids[used++];
  if (id === undefined) throw new Error("There are more tests than voters.");
  return id;
}
const hash = (envelope: Uint8Array) => createHash("sha256").update(envelope).digest("hex");
const kinds = (casts: readonly Cast[]) => casts.map(({ kind }) => kind).toSorted();

beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, secrets);
  await openBox(database);
  ids = await enrol(database, secrets, 60);
});
afterAll(() => database.close());

describe("a cast", () => {
  it("gives a receipt that anybody can check, and that is worth nothing in another vote", async () => {
    const envelope = newEnvelope();
    const cast = await castBy(stores, somebody(), envelope);
    if (cast.kind !== "cast") throw new Error(cast.kind);
    expect(cast).toMatchObject({ again: false, receipt: { id: hash(envelope) } });
    const key = await stores.voting.casting.receiptKey();
    expect(isReceipt(key, "test", cast.receipt)).toBe(true);
    expect(isReceipt(key, "another", cast.receipt)).toBe(false);
    expect(isReceipt(key, "test", { ...cast.receipt, id: hash(newEnvelope()) })).toBe(false);
  });

  it("is signed with one key, whichever process signs it, which is kept sealed", async () => {
    const other = await openTestStores(database, secrets);
    const keys = await Promise.all([stores, other].map(({ voting }) => voting.casting.receiptKey()));
    expect(new Set(keys).size).toBe(1);
    const { value } = await database.prisma.setting.findUniqueOrThrow({
      where: { key: "voting.receiptKey" },
    });
    // An Ed25519 key in PKCS8 always begins so.
    expect(JSON.stringify(value)).not.toContain("MC4CAQAwBQYDK2Vw");
  });

  it("that is sent again by who sent it gives the same receipt, and another one does not count", async () => {
    const [voterId, envelope] = [somebody(), newEnvelope()];
    const first = await castBy(stores, voterId, envelope);
    expect(await castBy(stores, voterId, envelope)).toEqual({ ...first, again: true });
    expect(await castBy(stores, voterId)).toEqual({ kind: "voted" });
    expect(await stores.voting.casting.again(envelope)).toEqual("receipt" in first && first.receipt);
    expect(await stores.voting.casting.again(newEnvelope())).toBeUndefined();
  });

  it("of a copy is refused, and costs whoever sent it nothing", async () => {
    const [thief, envelope] = [somebody(), newEnvelope()];
    await castBy(stores, somebody(), envelope);
    expect(await castBy(stores, thief, envelope)).toEqual({ kind: "copied" });
    expect(await castBy(stores, thief)).toMatchObject({ kind: "cast", again: false });
  });

  it("at the same moment as a copy, or as another of one's own, counts once; each is told what it was", async () => {
    const [a, b, c, envelope] = [somebody(), somebody(), somebody(), newEnvelope()];
    const before = await tally(database);
    // While one is under way, the others gather.
    const underWay = castBy(stores, somebody());
    const [copies, own] = await Promise.all([
      Promise.all([a, b].map((voterId) => castBy(stores, voterId, envelope))),
      Promise.all([1, 2, 3].map(() => castBy(stores, c))),
      underWay,
    ]);
    expect(kinds(copies)).toEqual(["cast", "copied"]);
    expect(kinds(own)).toEqual(["cast", "voted", "voted"]);
    const after = await tally(database);
    expect([after.online - before.online, after.spool - before.spool]).toEqual([3, 3]);
  });

  it("beside one that is refused is not hindered by it", async () => {
    const [first, copy, late] = [newEnvelope(), somebody(), somebody()];
    await castBy(stores, late);
    const casts = await Promise.all([
      castBy(stores, somebody(), first),
      castBy(stores, copy, first),
      castBy(stores, late),
      castBy(stores, "00000000-0000-4000-8000-000000000000"),
      castBy(stores, somebody()),
    ]);
    expect(casts.map(({ kind }) => kind)).toEqual(["cast", "copied", "voted", "unknown", "cast"]);
  });
});

describe("who may not vote", () => {
  it("is not on the roll of this edition", async () => {
    const [elsewhere = ""] = await enrol(database, secrets, 1, { edition: "another" });
    expect(await castBy(stores, elsewhere)).toEqual({ kind: "unknown" });
  });

  it("is not enabled yet, until the day comes", async () => {
    const from = "2027-02-11";
    const [early = ""] = await enrol(database, secrets, 1, { enabledFrom: from });
    const [now = ""] = await enrol(database, secrets, 1, { enabledFrom: TODAY });
    expect(await castBy(stores, early)).toEqual({ kind: "notEnabled", from });
    expect(await castBy(stores, now)).toMatchObject({ kind: "cast" });
    const later = { voterId: early, route: "spid", envelope: newEnvelope(), today: from } as const;
    expect(await stores.voting.casting.cast(later)).toMatchObject({ kind: "cast" });
  });

  it("comes before the vote has begun", async () => {
    const another = await openTestStores(database, secrets, undefined, "before");
    const [voterId = ""] = await enrol(database, secrets, 1, { edition: "before" });
    expect(await castBy(another, voterId)).toEqual({ kind: "closed" });
    expect(await tally(database, "before")).toEqual({ online: 0, paper: 0, spool: 0, urn: 0 });
  });
});

it("stores neither when nor in what order people voted, nor a word of the one beside the other", async () => {
  const { rows } = await database.pool.query<{ kept: string }>(
    `SELECT table_name || '.' || column_name || ' ' || data_type AS kept FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name IN ('Spool', 'Urn', 'Voter')`,
  );
  const kept = rows.map((row) => row.kept);
  expect(kept.filter((one) => !one.startsWith("Voter")).toSorted()).toEqual([
    "Spool.edition text",
    "Spool.envelope bytea",
    "Spool.id bytea",
    "Urn.edition text",
    "Urn.envelope bytea",
    "Urn.id bytea",
    "Urn.page integer",
  ]);
  expect(kept.filter((one) => /timestamp|serial|int/.test(one))).toEqual(["Urn.page integer"]);
});
