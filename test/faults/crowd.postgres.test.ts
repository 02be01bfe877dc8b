import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { serverUrl } from "../support/database.ts";
import { type Dice, dice, newSeed } from "../support/dice.ts";
import { type OwnServer, ownServer } from "../support/own-server.ts";
import { until } from "../support/until.ts";
import { expectStored } from "./check.ts";
import { propose, type Repeat, type Speaker, somebody, type Talk, WHOLE } from "./dialogue.ts";
import { installPair, type Pair, type Seat } from "./pair.ts";

/*
 * Two processes on one database, a crowd on two platforms that deliver to either of them at random,
 * and everything breaks that can: each process, both at once, the connections, the wire, and the
 * server itself where PostgreSQL's programs are installed.
 *
 * The server that DATABASE_URL names is others' as well and is never restarted. Where no server of
 * the test's own can be made, its connections are ended and the wire is cut instead. A process cannot
 * tell that from a restart: statements under way are undone or their outcome is not told, every
 * connection breaks, and new ones are refused until it is back. What is left untried is then that
 * PostgreSQL keeps what it committed.
 */

const PEOPLE = Number(process.env["PEOPLE"] || 40);
/** How often everything breaks. */
const ROUNDS = PEOPLE > 100 ? 3 : 1;
/** Who does not send a proposal stops somewhere after this turn. */
const FEWEST_TURNS = 8;

type Trouble = (pair: Pair, server: OwnServer | undefined, chance: Dice) => Promise<void>;

const restartOf =
  (seat: Seat): Trouble =>
  async (pair) => {
    await pair.kill(seat);
    await pair.start(seat);
  };

const endConnections: Trouble = async ({ url }) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await client.end();
};

const cutWire: Trouble = async ({ wire }, _server, chance) => {
  wire.cut();
  await pause(300 + chance() * 1500);
  wire.mend();
};

/**
 * Who was being written to by a process that was killed waits until its lease is over, unless
 * nobody else lives: then the next one takes over at once. So both follow one that was killed.
 */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  "one killed": restartOf(0),
  "connections ended": endConnections,
  "both killed": async (pair) => {
    await Promise.all([pair.kill(0), pair.kill(1)]);
    await pair.start(0);
    await pair.start(1);
  },
  "wire cut": cutWire,
  "server restarted": async (pair, server, chance) => {
    if (server) return server.crash();
    await endConnections(pair, server, chance);
    await cutWire(pair, server, chance);
  },
  "the other killed": restartOf(1),
  "both killed again": async (pair) => {
    await Promise.all([pair.kill(1), pair.kill(0)]);
    await pair.start(1);
    await pair.start(0);
  },
};

test(`${PEOPLE} people, two processes, and everything breaks`, async () => {
  if (serverUrl === undefined) throw new Error("DATABASE_URL must name a PostgreSQL server.");
  const seed = newSeed();
  const chance = dice(seed);
  const server = await ownServer();
  const pair = await installPair(server?.url ?? serverUrl, chance);
  try {
    await pair.start(0);
    await pair.start(1);
    const begun = Date.now();
    const { proposers, talks, happened } = await live(pair, server, chance);
    const talked = seconds(begun);
    await until(
      () => waiting(pair.url),
      (count) => count === 0,
      90_000,
    );
    await pair.stop();

    const repeats = talks.flatMap((talk) => [...talk.repeats, ...talk.after()]);
    expect(repeats.filter((repeat) => !isAcrossDeath(repeat, pair.deaths)).map(brief)).toEqual([]);
    const { codesAside } = await expectStored(pair, proposers);
    const said = sum(talks.map((talk) => talk.said));
    // Each message once, however often it was delivered; each answered once, and everybody known once.
    expect(await counted(pair.url)).toEqual({
      messages: said,
      replies: said,
      contacts: PEOPLE,
      addresses: PEOPLE + PEOPLE / 2,
    });
    expect(pair.telegram.violations).toEqual([]);
    expect(pair.whatsapp.violations).toEqual([]);
    console.log(
      `${PEOPLE} people, ${said} messages, ${proposers.length} proposals; ${happened.join(", ")}${server ? "" : " (without a server of its own)"}: ` +
        `${repeats.length} replies repeated across a death, ${codesAside} mails set aside, refused for haste: ` +
        `Telegram ${pair.telegram.flood.tooFast}, WhatsApp ${pair.whatsapp.limits.tooFast}; ` +
        `${talked} s of talk, ${seconds(begun)} s in all, SEED=${seed}`,
    );
  } catch (error) {
    console.log(`SEED=${seed}`);
    throw error;
  } finally {
    await pair.remove();
    await server?.close();
  }
}, 600_000);

/** Everybody talks; the troubles are spread over the dialogues' turns, so that each comes in the middle. */
async function live(pair: Pair, server: OwnServer | undefined, chance: Dice) {
  const { telegram, whatsapp, mails } = pair;
  telegram.updates.duplicate = true;
  whatsapp.deliveries.duplicate = true;
  const people = Array.from({ length: PEOPLE }, (_, index) => {
    const own = somebody(index);
    const person: Speaker = index % 2 === 0 ? telegram.person(own.name) : whatsapp.person(own.name);
    const turns = chance() < 0.5 ? WHOLE : FEWEST_TURNS + Math.floor(chance() * (WHOLE - FEWEST_TURNS));
    return { own, person, turns };
  });
  const total = sum(people.map(({ turns }) => turns));
  let done = 0;
  let failed = false;
  const talking = Promise.all(
    people.map(({ own, person, turns }) =>
      propose(person, own, {
        chance,
        mails,
        turns,
        codeMs: 15_000,
        onTurn: () => {
          done += 1;
        },
      }),
    ),
  );
  talking.catch(() => {
    failed = true;
  });
  const troubles = Array.from({ length: ROUNDS }, () => Object.entries(TROUBLES)).flat();
  const happened: string[] = [];
  for (const [index, [name, trouble]] of troubles.entries()) {
    const due = (total * (index + 0.5)) / (troubles.length + 1);
    await until(
      async () => done,
      (turns) => failed || turns >= due,
      180_000,
    );
    if (failed) break;
    await pause(chance() * 200);
    await trouble(pair, server, chance);
    happened.push(`${name} after ${done} of ${total} turns`);
  }
  const talks: readonly Talk[] = await talking;
  return { proposers: people.filter(({ turns }) => turns === WHOLE).map(({ own }) => own), talks, happened };
}

/** Whether whoever sent it first was dead when it came again. */
function isAcrossDeath({ first, again }: Repeat, deaths: ReadonlyMap<string, number>): boolean {
  const died = deaths.get(first.via ?? "");
  return died !== undefined && died <= again.at && first.via !== again.via;
}

/** What there is to know of a repeat that may not be. */
const brief = ({ first, again }: Repeat) => ({
  text: first.text.slice(0, 60),
  by: [first.via, again.via],
  at: [first.at, again.at].map((at) => new Date(at).toISOString()),
});

/** Messages that are not sent yet. */
async function waiting(url: string): Promise<number> {
  const [row] = await ask<{ count: number }>(
    url,
    `SELECT count(*)::int FROM "Outbox" WHERE state IN ('READY', 'SENDING')`,
  );
  return row?.count ?? 0;
}

async function counted(url: string): Promise<unknown> {
  const [row] = await ask(
    url,
    `SELECT (SELECT count(*)::int FROM "Inbox") AS messages,
       (SELECT count(*)::int FROM "Outbox" WHERE channel IN ('telegram', 'whatsapp')) AS replies,
       (SELECT count(*)::int FROM "Contact") AS contacts,
       (SELECT count(*)::int FROM "Address") AS addresses`,
  );
  return row;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const seconds = (since: number) => Math.round((Date.now() - since) / 1000);
