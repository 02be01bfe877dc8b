import { afterAll, beforeAll, expect, it } from "vitest";
import type { Timer } from "../../bots/timer.ts";
import type { Database } from "../../prisma/client.ts";
import { createJobTurns } from "../../prisma/job-turns.ts";
import { createRecurring } from "../../jobs/recurring.ts";
import { openTestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

const HOUR_MS = 3_600_000;

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const passInterval = (name: string) =>
  database.pool.query(`UPDATE "JobTurn" SET "dueAt" = now() WHERE name = $1`, [name]);

/** A timer in the test's hands: it tells for how long is waited, and who waits wakes when it says so. */
function handTimer() {
  const waiting: { readonly ms: number; readonly wake: () => void }[] = [];
  const timer: Timer = {
    now: Date.now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        waiting.push({ ms, wake: resolve });
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  return {
    timer,
    waits: () => until(async () => waiting.map(({ ms }) => ms).at(-1), Boolean),
    wake: () => waiting.splice(0).map(({ wake }) => wake()),
  };
}

/** A process that has a job to do, and counts how often it did. */
function process(job: string, run = async () => {}) {
  const hand = handTimer();
  const failures: unknown[] = [];
  const failed = (_: string, error: unknown) => failures.push(error);
  const recurring = createRecurring({
    turns: createJobTurns(database),
    edition: "test",
    failed,
    timer: hand.timer,
  });
  let runs = 0;
  async function count() {
    runs++;
    await run();
  }
  const work = { name: job, everyMs: HOUR_MS, run: count };
  recurring.start([work]);
  return { ...hand, ...recurring, work, failures, runs: () => runs };
}

it("gives a turn to one of those who ask at once, and the next one when the interval is over", async () => {
  const turns = createJobTurns(database);
  const ask = () => Promise.all(Array.from({ length: 8 }, () => turns.take("purge", HOUR_MS)));
  const ours = (given: Awaited<ReturnType<typeof ask>>) => given.filter(({ isOurs }) => isOurs).length;
  expect(ours(await ask())).toBe(1);
  expect(ours(await ask())).toBe(0);
  expect((await turns.take("purge", HOUR_MS)).nextInMs).toBeGreaterThan(HOUR_MS - 60_000);
  await passInterval("purge");
  expect(ours(await ask())).toBe(1);
});

it("does a job once in two processes, and goes on when one of them is dead", async () => {
  const both = [process("mixer"), process("mixer")] as const;
  const runs = () => both.map((one) => one.runs()).reduce((sum, one) => sum + one);
  for (const times of [1, 2, 3]) {
    await Promise.all(both.map((one) => one.waits()));
    expect(runs()).toBe(times);
    await passInterval("test: mixer");
    for (const one of both) one.wake();
  }
  const [dead, alive] = both;
  await Promise.all(both.map((one) => one.waits()));
  await dead.stop();
  const before = runs();
  await passInterval("test: mixer");
  alive.wake();
  await until(
    async () => runs(),
    (count) => count === before + 1,
  );
  await alive.stop();
});

it("does at once what it is asked to, whosever turn it is", async () => {
  const busy = process("reminders");
  const other = process("reminders");
  await Promise.all([busy.waits(), other.waits()]);
  await Promise.all([busy.run(busy.work), other.run(other.work)]);
  expect(busy.runs() + other.runs()).toBe(3);
  await Promise.all([busy.stop(), other.stop()]);
});

it("tells of a job that failed, and does it again at its next turn", async () => {
  const one = process("retention", () => Promise.reject(new Error("As asked")));
  await one.waits();
  await passInterval("test: retention");
  one.wake();
  await until(
    async () => one.failures.length,
    (count) => count === 2,
  );
  await one.stop();
});
