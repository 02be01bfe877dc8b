import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../../prisma/client.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";
import { until } from "../../support/until.ts";
import { castBy, enrol, newEnvelope, openBox, tally } from "../../support/voting.ts";

/* What others hold at the moment of a cast. */

const secrets = newSecrets();
let database: Database;
let stores: Stores;
let ids: string[];
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, secrets);
  await openBox(database);
  ids = [...(await enrol(database, secrets, 20))];
});
afterAll(() => database.close());

/** Does something in a transaction that ends once somebody waits for it. */
async function holding<T>(sql: string, values: unknown[], meanwhile: () => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  await client.query("BEGIN");
  await client.query(sql, values);
  const doing = meanwhile();
  await until(
    () =>
      database.pool.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      ),
    ({ rowCount }) => rowCount === 1,
  );
  await client.query("COMMIT");
  client.release();
  return doing;
}

it("waits for whoever changes somebody's row, and then takes the vote", async () => {
  const [voterId = "", other = ""] = ids.splice(0, 2);
  const before = await tally(database);
  const casts = await holding(`UPDATE "Voter" SET letter = '\\x00' WHERE id = $1`, [voterId], () =>
    Promise.all([castBy(stores, voterId), castBy(stores, other)]),
  );
  expect(casts).toMatchObject([
    { kind: "cast", again: false },
    { kind: "cast", again: false },
  ]);
  const after = await tally(database);
  expect([after.online - before.online, after.spool - before.spool]).toEqual([2, 2]);
});

it("waits for a booth that marks somebody, and then takes no vote", async () => {
  const [voterId = "", other = ""] = ids.splice(0, 2);
  const before = await tally(database);
  const casts = await holding(`UPDATE "Voter" SET mark = 'PAPER' WHERE id = $1`, [voterId], () =>
    Promise.all([castBy(stores, voterId), castBy(stores, other)]),
  );
  expect(casts).toMatchObject([{ kind: "voted" }, { kind: "cast", again: false }]);
  const after = await tally(database);
  expect([after.online - before.online, after.spool - before.spool]).toEqual([1, 1]);
});

it("waits for another process that casts the same envelope, and refuses the copy", async () => {
  const [voterId = "", other = ""] = ids.splice(0, 2);
  const envelope = newEnvelope();
  const id = createHash("sha256").update(envelope).digest();
  const insert = `INSERT INTO "Spool" (edition, id, envelope) VALUES ('test', $1, $2)`;
  const before = await tally(database);
  const casts = await holding(insert, [id, envelope], () =>
    Promise.all([castBy(stores, voterId, envelope), castBy(stores, other)]),
  );
  expect(casts).toMatchObject([{ kind: "copied" }, { kind: "cast", again: false }]);
  const after = await tally(database);
  // That of the other process has no mark here.
  expect([after.online - before.online, after.spool - before.spool]).toEqual([1, 2]);
});
