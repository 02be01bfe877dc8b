import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { createSlots } from "../../prisma/slots.ts";
import { createServerDatabase, serverUrl } from "../support/database.ts";
import { keepsPace } from "../support/slots-contract.ts";

const RATE = { seats: 4, windowMs: 1000, gapMs: 200 };
const FOUR = { count: 4, aheadMs: 60_000 };
const QUIET = { late: [], came: 0, holdMs: 0 };

let server: Awaited<ReturnType<typeof createServerDatabase>>;
let databases: readonly Database[];
beforeAll(async () => {
  if (serverUrl === undefined) throw new Error("DATABASE_URL must name a PostgreSQL server.");
  server = await createServerDatabase(serverUrl);
  const { url } = server;
  databases = await Promise.all([0, 1].map(() => openDatabase({ url, dataDirectory: "" })));
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await server.drop();
});

const processes = () => databases.map((database) => createSlots(database));

const rest = (channel: string, seats: number) =>
  databases[0]?.prisma.sendSlots.create({ data: { channel, seats: Array(seats).fill(0), nextAt: 0 } }) ??
  Promise.reject(new Error("There is no database."));

describe("the pace of several processes", () => {
  keepsPace(processes, rest);

  it("begins with a window of silence, as nobody knows what went out a moment ago", async () => {
    const [slots] = processes();
    const began = Date.now();
    const first = await slots?.take("begins", RATE, FOUR, QUIET);
    expect(first?.slots[0]?.at).toBeGreaterThanOrEqual(began + RATE.windowMs - 50);
    // And so where a platform is found to allow more, or less, than before.
    const more = await slots?.take("begins", { ...RATE, seats: 6 }, FOUR, QUIET);
    expect(more?.slots[0]?.at).toBeGreaterThanOrEqual((first?.slots[0]?.at ?? 0) - 50);
  });

  it("tells times by the clock of who asks", async () => {
    const [database] = databases;
    if (!database) throw new Error("There is no database.");
    const hour = 3_600_000;
    const slots = createSlots(database, () => Date.now() - hour);
    const { slots: taken } = await slots.take("clock", RATE, FOUR, QUIET);
    const ahead = (taken[0]?.at ?? 0) - (Date.now() - hour);
    expect(Math.abs(ahead)).toBeLessThan(RATE.windowMs * 2);
  });
});
