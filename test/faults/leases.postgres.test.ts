import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { createServerDatabase, serverUrl } from "../support/database.ts";

/*
 * A process that starts takes over what a dead one was sending. A process that lives may look dead
 * for a moment, when the server has just restarted.
 */

let server: Awaited<ReturnType<typeof createServerDatabase>>;
let first: Database;
const open = () => openDatabase({ url: server.url, dataDirectory: "" });

beforeEach(async () => {
  if (serverUrl === undefined) throw new Error("DATABASE_URL must name a PostgreSQL server.");
  server = await createServerDatabase(serverUrl);
  first = await open();
  await first.pool.query(
    `INSERT INTO "Outbox" (channel, lookup, kind, sealed, state, "leaseUntil")
     VALUES ('chat', '\\x00', 'REPLY', '\\x00', 'SENDING', now() + interval '1 hour')`,
  );
});
afterEach(() => server.drop());

async function isLeased({ prisma }: Database): Promise<boolean> {
  return (await prisma.outbox.count({ where: { leaseUntil: { gt: new Date() } } })) > 0;
}

test("what a dead process was sending is taken over", async () => {
  await first.close();
  const next = await open();
  expect(await isLeased(next)).toBe(false);
  await next.close();
});

test("what a process that lost its connections is sending stays its own", async () => {
  const ending = first.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()",
  );
  await expect(ending).rejects.toThrow();
  const opening = open();
  // Long enough for the other one to find itself alone at first.
  await Promise.race([opening, pause(1_000)]);
  await first.ping();
  const next = await opening;
  expect(await isLeased(next)).toBe(true);
  await Promise.all([first.close(), next.close()]);
});
