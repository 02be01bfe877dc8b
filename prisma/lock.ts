import { randomUUID } from "node:crypto";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { StoreRefusal } from "./refusal.ts";

const BEAT_MS = 2_000;
/** Without a beat for so long, a holder on another machine, or whose id was given away, is dead. */
const STALE_MS = 30_000;
/** Longer than two processes that find the same dead lock need to overwrite it both. */
const CONTEST_MS = 150;

const holder = z.object({ pid: z.number(), host: z.string(), since: z.string(), token: z.string() });
type Holder = z.infer<typeof holder>;

/**
 * Keeps other processes out of the embedded database, which takes no lock of its own: two of them
 * in one directory lose each other's rows.
 *
 * @returns what gives the lock back
 * @throws {StoreRefusal} naming the holder and the remedy
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    token: randomUUID(),
  };
  if (!(await create(path, mine))) {
    const theirs = await read(path);
    if (await isAlive(path, theirs)) throw inUse(path, theirs);
    await rm(path, { force: true });
    if (!(await create(path, mine))) throw inUse(path, await read(path));
    // Somebody who found the same dead lock may have removed ours for it.
    await pause(CONTEST_MS);
    const now = await read(path);
    if (now?.token !== mine.token) throw inUse(path, now);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined); // a missed beat is made good by the next
  }, BEAT_MS).unref();
  return async () => {
    clearInterval(beat);
    if ((await read(path))?.token === mine.token) await rm(path, { force: true });
  };
}

async function create(path: string, content: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(content), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function read(path: string): Promise<Holder | undefined> {
  try {
    return holder.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined; // gone, or half-written by someone who died: its age decides
  }
}

async function isAlive(path: string, theirs: Holder | undefined): Promise<boolean> {
  if (theirs?.host === hostname()) {
    if (theirs.pid === process.pid) return false; // an earlier life of this container had the same id
    if (!processExists(theirs.pid)) return false;
  }
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs < STALE_MS,
    () => false,
  );
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

function inUse(path: string, by: Holder | undefined): StoreRefusal {
  const who = by === undefined ? "another process" : `process ${by.pid} on ${by.host}, since ${by.since}`;
  return new StoreRefusal(
    `The embedded database is in use by ${who} (lock file ${path}). ` +
      "Stop that process, or set DATABASE_URL to a PostgreSQL server, which serves several.",
  );
}
