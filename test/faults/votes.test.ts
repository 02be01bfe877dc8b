import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { openDatabase } from "../../prisma/client.ts";
import { readSecrets } from "../../prisma/secrets.ts";
import { type Child, startChild } from "../support/child.ts";
import { createServerDatabase, putEmbeddedDatabase, serverUrl } from "../support/database.ts";
import { dice, newSeed } from "../support/dice.ts";
import { ownServer } from "../support/own-server.ts";
import { newKey, openTestStores } from "../support/stores.ts";
import { enrol, openBox, tally } from "../support/voting.ts";

/* Whatever is killed when: there is a mark for each ballot and a ballot for each receipt, and who asks again has it. */

const KILLS = Number(process.env["KILLS"] || 2);
/** Enough people, and kills soon enough, that some have not voted yet when the last kill comes. */
const EMBEDDED = { voters: KILLS * 50, withinMs: 200 };
const SERVER = { voters: KILLS * 150, withinMs: 20 };
const program = new URL("programs/vote.ts", import.meta.url);

/** A vote of its own, and the processes that serve it one after the other. */
async function begin(server: string | undefined) {
  const dataDirectory = await mkdtemp(join(tmpdir(), "bene-comune-"));
  const made = server === undefined ? undefined : await createServerDatabase(server);
  if (made === undefined) await putEmbeddedDatabase(dataDirectory);
  const where = { dataDirectory, ...(made && { url: made.url }) };
  const keys = { secretKeys: `test:${newKey()}`, pepper: newKey() };
  const secrets = readSecrets(keys.secretKeys, keys.pepper);
  const database = await openDatabase(where);
  await openBox(database);
  const { voters, withinMs } = server === undefined ? EMBEDDED : SERVER;
  await enrol(database, secrets, voters);
  await database.close();

  const receipts = new Map<string, string>();
  let done = 0;
  /** Who had no answer from the process before, and some who had one, ask the next. */
  const start = (last = false): Child =>
    startChild(program, JSON.stringify({ ...where, ...keys, last, from: last ? 0 : Math.max(0, done - 20) }));

  return {
    voters,
    withinMs,
    start,
    /** Reads what a process told: what it found is whole, and every receipt the one that was given before. */
    read({ lines: [found = "", ...told] }: Child): void {
      if (found !== "") expectWhole(found);
      for (const line of told) {
        const [voter = "", receipt = ""] = line.split(" ");
        expect(receipt).toMatch(/^[\w-]{86}$/);
        expect(receipts.get(voter) ?? receipt).toBe(receipt);
        receipts.set(voter, receipt);
      }
      done = receipts.size;
    },
    receipts,
    /** While a process may be at work. */
    async expectWhole() {
      const pool = new pg.Pool({ connectionString: made?.url, max: 1 });
      expectWhole(JSON.stringify(await tally({ pool })));
      await pool.end();
    },
    async open() {
      const database = await openDatabase(where);
      return { database, stores: await openTestStores(database, secrets) };
    },
    async remove() {
      await made?.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

function expectWhole(line: string): void {
  const { online, paper, spool, urn } = JSON.parse(line);
  expect({ line, marks: online, paper }).toEqual({ line, marks: spool + urn, paper: 0 });
}

/** Kills something again and again while people vote; then everybody asks once more, and the box is closed. */
async function through(
  name: string,
  server: string | undefined,
  killServer: (() => Promise<void>) | undefined,
): Promise<void> {
  const seed = newSeed();
  const chance = dice(seed);
  const vote = await begin(server);
  const { voters, withinMs } = vote;
  let child: Child | undefined;
  try {
    for (let kills = 1; kills < KILLS; kills++) {
      child ??= vote.start();
      await child.wrote(child.lines.length + 1 + Math.floor(chance() * 60));
      await pause(chance() * withinMs);
      if (killServer) {
        await killServer();
        await vote.expectWhole();
        continue;
      }
      await child.kill();
      vote.read(child);
      child = undefined;
    }
    await child?.kill();
    if (child) vote.read(child);
    const acknowledged = vote.receipts.size;
    expect(acknowledged).toBeLessThan(voters);

    // The last of them comes while the box is closed.
    child = vote.start(true);
    await child.wrote(1 + voters);
    await pause(chance() * 300);
    await child.kill();
    vote.read(child);
    child = vote.start(true);
    await child.finish();
    vote.read(child);
    expect(vote.receipts.size).toBe(voters);

    const { database, stores } = await vote.open();
    expect(await tally(database)).toEqual({ online: voters, paper: 0, spool: 0, urn: voters });
    expect(await stores.voting.urns.envelopes()).toHaveLength(voters);
    expect((await stores.voting.urns.board()).receipts).toHaveLength(voters);
    await database.close();
    console.log(
      `${name}: killed ${KILLS} times, ${acknowledged} of ${voters} receipts by then, SEED=${seed}`,
    );
  } catch (error) {
    console.log(`${name}: SEED=${seed}`);
    throw error;
  } finally {
    await child?.kill();
    await vote.remove();
  }
}

interface Killing {
  readonly name: string;
  /** A server, where it is not the embedded database, and how it ends. */
  server(): Promise<{ readonly url?: string; close(): Promise<void>; kill?(): Promise<void> }>;
}

const KILLINGS: readonly Killing[] = [
  { name: "the process, on the embedded database", server: async () => ({ close: async () => {} }) },
  ...(serverUrl === undefined
    ? []
    : [
        { name: "the process, on a server", server: async () => ({ url: serverUrl, close: async () => {} }) },
        { name: "the server", server: serverOfOnesOwn },
      ]),
];

async function serverOfOnesOwn() {
  const own = await ownServer();
  if (own === undefined) throw new Error("There must be programs of PostgreSQL here, to kill them.");
  return own;
}

test.each(KILLINGS)(
  `$name is killed ${KILLS} times while people vote`,
  async ({ name, server }) => {
    const { url, kill, close } = await server();
    try {
      await through(name, url, kill);
    } finally {
      await close();
    }
  },
  60_000 + KILLS * 30_000,
);
