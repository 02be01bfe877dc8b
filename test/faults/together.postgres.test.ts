import { afterAll, beforeAll, describe, test } from "vitest";
import type { House } from "../../assistant.ts";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { readSecrets } from "../../prisma/secrets.ts";
import { createServerDatabase, serverUrl } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { newKey } from "../support/stores.ts";
import { atOnce, inTurns } from "./together.ts";

/** Two processes save the same person at the same moment in one round of three or so. */
const ROUNDS = 8;

let server: Awaited<ReturnType<typeof createServerDatabase>>;
let databases: Database[] = [];
const secrets = readSecrets(`test:${newKey()}`, newKey());

beforeAll(async () => {
  if (serverUrl === undefined) throw new Error("DATABASE_URL must name a PostgreSQL server.");
  server = await createServerDatabase(serverUrl);
  const open = () => openDatabase({ url: server.url, dataDirectory: "" });
  databases = [await open(), await open()];
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await server.drop();
});

/** Two houses with the same keys, each with connections of its own. */
async function openBoth(): Promise<[House, House]> {
  const [one, other] = await Promise.all(databases.map((database) => openTestHouse(database, { secrets })));
  if (!one || !other) throw new Error("There must be two databases.");
  return [one, other];
}

describe("two messages of one person together, to two processes on one server", () => {
  test("by turns, each answer their question", async () => {
    for (let round = 0; round < ROUNDS; round++) await inTurns(await openBoth());
  });

  test("at once, are both answers, once", async () => {
    for (let round = 0; round < ROUNDS; round++) await atOnce(await openBoth());
  });
});
