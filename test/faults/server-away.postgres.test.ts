import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { type Cuttable, cuttable } from "../support/cuttable.ts";
import { serverUrl } from "../support/database.ts";
import { type Dice, dice, newSeed } from "../support/dice.ts";
import { until } from "../support/until.ts";
import { expectStored } from "./check.ts";
import { propose, somebody } from "./dialogue.ts";
import { type Installation, install } from "./installation.ts";

/** People who write at the same time. */
const PEOPLE = 4;

/** While people write, the server is broken again and again; the process lives on. */
async function through(
  name: string,
  trouble: (installation: Installation, wire: Cuttable, url: string, chance: Dice) => Promise<void>,
): Promise<void> {
  if (serverUrl === undefined) throw new Error("DATABASE_URL must name a PostgreSQL server.");
  const { hostname, port } = new URL(serverUrl);
  const wire = await cuttable(hostname, Number(port || 5432));
  const seed = newSeed();
  const chance = dice(seed);
  let url = "";
  const installation = await install({
    server: serverUrl,
    via(direct) {
      url = direct;
      const there = new URL(direct);
      there.host = `127.0.0.1:${wire.port}`;
      return there.href;
    },
  });
  const { telegram, mails } = installation;
  const assistant = installation.start("webhook", { LOG_LEVEL: "fatal" });
  try {
    await assistant.ready();
    const people = Array.from({ length: PEOPLE }, (_, index) => somebody(index));
    const talks = Promise.all(
      people.map((person) => propose(telegram.person(person.name), person, { chance, mails })),
    );
    let over = false;
    const end = () => {
      over = true;
    };
    talks.then(end, end);
    let times = 0;
    while (!over) {
      await pause(chance() * 1500);
      await trouble(installation, wire, url, chance);
      times += 1;
    }
    const repeats = (await talks).flatMap((talk) => talk.repeats);
    await drained(url);
    await assistant.stop();
    // The process never died, so it knew of all that it had sent.
    expect(repeats).toEqual([]);
    await expectStored(installation, people);
    console.log(`${name} ${times} times: nothing lost, SEED=${seed}`);
  } catch (error) {
    console.log(`${name}: SEED=${seed}`);
    throw error;
  } finally {
    await assistant.kill();
    await wire.close();
    await installation.remove();
  }
}

/**
 * Resolves when nothing is left to be sent. People have heard all their replies by now, while a copy by
 * e-mail may still wait for its next try, or for the lease of a claim whose answer was cut off.
 */
async function drained(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await until(
      async () => {
        const { rows } = await client.query<{ left: number }>(
          `SELECT count(*)::int AS left FROM "Outbox" WHERE state IN ('READY', 'SENDING')`,
        );
        return rows[0]?.left;
      },
      (left) => left === 0,
      90_000,
    );
  } finally {
    await client.end();
  }
}

const statusOf = async ({ port }: Installation) => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;

test("a server that ends connections at random loses nothing", async () => {
  await through("Connections ended", async (_installation, _wire, url, chance) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < $1`,
        [chance() < 0.3 ? 1 : 0.4],
      );
    } finally {
      await client.end();
    }
  });
}, 240_000);

test("a server that is away and comes back loses nothing, and /readyz says so", async () => {
  await through("Server away", async (installation, wire, _url, chance) => {
    wire.cut();
    await until(
      () => statusOf(installation),
      (status) => status === 503,
    );
    // It lives nonetheless: nobody should restart it for this.
    expect((await fetch(`http://127.0.0.1:${installation.port}/healthz`)).status).toBe(200);
    await pause(chance() * 1500);
    wire.mend();
    await until(
      () => statusOf(installation),
      (status) => status === 200,
    );
    await pause(2000 + chance() * 3000);
  });
}, 240_000);
