import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../../prisma/client.ts";
import type { Context } from "../../../prisma/context.ts";
import { createSealer } from "../../../prisma/seal.ts";
import { tieBallot } from "../../../prisma/voting/ties.ts";
import { openTestDatabase, serverUrl } from "../../support/database.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";
import { enrol, newEnvelope, openBox, TODAY } from "../../support/voting.ts";

/*
 * What somebody can link who holds one copy of the whole database: by which transaction wrote a row,
 * by where it stands, by the order of ids. Whose envelope is whose, and whose chat was whose.
 */

const PEOPLE = serverUrl === undefined ? 60 : 300;
const secrets = newSecrets();
const told = { channels: [], message: { text: "", choices: [] } };

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const hash = (given: string | Uint8Array) => createHash("sha256").update(given).digest("hex");

/** Orders in which two lists of rows may be laid side by side; within `by`, where there is something to go by. */
const WAYS = {
  "the transaction that wrote them": { by: "xmin::text", order: "ctid" },
  "the order of the transactions": { by: "''", order: "age(xmin) DESC, ctid" },
  "where they stand": { by: "''", order: "ctid" },
  "their ids": { by: "''", order: "id" },
} as const;

const MARKS = `SELECT xmin, ctid, id, id::text AS name FROM "Voter" WHERE mark IS NOT NULL`;
const BALLOTS = `SELECT xmin, ctid, id, encode(id, 'hex') AS name FROM "Spool"
  UNION ALL SELECT xmin, ctid, id, encode(id, 'hex') FROM "Urn"`;
const TIES = `SELECT xmin, ctid, id, "contactId"::text AS name FROM "BallotTie"`;
const PAGES = `SELECT xmin, ctid, lookup AS id, "contactId"::text AS name FROM "BallotSession"`;

/** How many pairs each way gets right. */
async function attack(one: string, other: string, truth: ReadonlyMap<string, string>) {
  const numbered = (rows: string, { by, order }: (typeof WAYS)[keyof typeof WAYS]) =>
    `SELECT name, ${by} AS by, row_number() OVER (PARTITION BY ${by} ORDER BY ${order}) AS n FROM (${rows}) AS rows`;
  const right: Record<string, number> = {};
  for (const [name, way] of Object.entries(WAYS)) {
    const { rows } = await database.pool.query<{ one: string; other: string }>(
      `SELECT one.name AS one, other.name AS other
       FROM (${numbered(one, way)}) AS one JOIN (${numbered(other, way)}) AS other USING (by, n)`,
    );
    right[name] = rows.filter((pair) => truth.get(pair.one) === pair.other).length;
  }
  return right;
}

/** Of lists that have nothing to do with each other one pair is right on average; for each that is mixed alone. */
function expectChance(right: Readonly<Record<string, number>>, batches: number): void {
  for (const [way, pairs] of Object.entries(right)) {
    expect({ way, pairs, isChance: pairs < 3 * batches + 9 }).toEqual({ way, pairs, isChance: true });
  }
}

it("links nobody to an envelope, and no chat to anybody, once they are mixed", async () => {
  const stores = await openTestStores(database, secrets);
  const { casting, sessions, urns } = stores.voting;
  const context: Context = {
    database,
    sealer: createSealer(secrets),
    edition: "test",
    report: ({ error }) => {
      throw error;
    },
  };
  await openBox(database);
  const envelopeOf = new Map<string, string>();
  const voterOf = new Map<string, string>();
  const envelopeFrom = new Map<string, string>();
  let batches = 0;

  /** One after the other, as on a quiet evening: each from a chat that is told of it at once. */
  async function vote(voterId: string): Promise<void> {
    const { id: contactId } = await database.prisma.contact.create({ data: {} });
    const token = await sessions.signIn(await sessions.begin(contactId), voterId, "code");
    const envelope = newEnvelope();
    await casting.cast({ voterId, route: "code", envelope, today: TODAY });
    const digits = (await sessions.voted(token)) ?? "";
    const typed = { kind: "tieBallot", digits, found: "right", on: TODAY } as const;
    await database.prisma.$transaction((tx) => tieBallot(context, tx, contactId, typed));
    envelopeOf.set(voterId, hash(envelope));
    voterOf.set(contactId, voterId);
    envelopeFrom.set(contactId, hash(envelope));
  }

  // They come in no order that the roll knows of.
  const voters = (await enrol(database, secrets, PEOPLE)).toSorted((a, b) => hash(a).localeCompare(hash(b)));
  for (const voterId of voters.splice(0, PEOPLE / 2)) await vote(voterId);

  // The attack is a good one: before the mixer, nobody's vote is secret.
  const before = await attack(MARKS, BALLOTS, envelopeOf);
  expect(before["the transaction that wrote them"]).toBe(PEOPLE / 2);
  expect(before["the order of the transactions"]).toBe(PEOPLE / 2);
  for (const rows of [TIES, PAGES]) {
    expect((await attack(rows, MARKS, voterOf))["the order of the transactions"]).toBe(PEOPLE / 2);
    expect((await attack(rows, BALLOTS, envelopeFrom))["where they stand"]).toBe(PEOPLE / 2);
  }

  async function expectSecret(): Promise<void> {
    expectChance(await attack(MARKS, BALLOTS, envelopeOf), batches);
    for (const rows of [TIES, PAGES]) {
      expectChance(await attack(rows, MARKS, voterOf), batches);
      expectChance(await attack(rows, BALLOTS, envelopeFrom), batches);
    }
  }

  batches += 1;
  await urns.mix(told);
  await expectSecret();
  // What died with the mix would show it all again.
  const { rows } = await database.pool.query(`SELECT pg_relation_size('"Spool"')::int AS bytes`);
  expect(rows).toEqual([{ bytes: 0 }]);

  for (const voterId of voters) await vote(voterId);
  batches += 1;
  await urns.mix(told);
  await urns.publish(TODAY);
  await expectSecret();

  // At the close all become one batch, and stand in the order of their ids.
  batches = 1;
  await urns.close(TODAY, told);
  await expectSecret();
  for (const table of ["Urn", "Voter"]) {
    const ids = await database.pool.query(`SELECT id FROM "${table}" ORDER BY ctid`);
    const sorted = await database.pool.query(`SELECT id FROM "${table}" ORDER BY id`);
    expect(ids.rows).toEqual(sorted.rows);
  }
  const writers = await database.pool.query(
    `SELECT DISTINCT xmin::text FROM (SELECT xmin FROM "Urn" UNION ALL SELECT xmin FROM "Voter" WHERE mark IS NOT NULL) AS rows`,
  );
  expect(writers.rows).toHaveLength(1);
}, 170_000);
