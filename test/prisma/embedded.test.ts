import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { savedOrNewSecrets } from "../../prisma/secrets.ts";
import { startChild } from "../support/child.ts";
import { putEmbeddedDatabase } from "../support/database.ts";
import {
  arrival,
  greet,
  newFrame,
  newSession,
  openTestStores,
  pendingOf,
  reply,
  textsOf,
} from "../support/stores.ts";

const program = new URL("programs/receive.ts", import.meta.url);

const newDirectory = () => mkdtemp(join(tmpdir(), "embedded-"));
/** Opened, left and found again, one test after the other. */
let dataDirectory: string;
let lock: string;
beforeAll(async () => {
  dataDirectory = await newDirectory();
  lock = join(dataDirectory, "db.lock");
  await putEmbeddedDatabase(dataDirectory);
});
afterAll(() => rm(dataDirectory, { recursive: true }));

const open = () => openDatabase({ dataDirectory });
const storesOf = async (database: Database) =>
  openTestStores(database, await savedOrNewSecrets(dataDirectory));
const lockOf = (pid: number, host = hostname()) =>
  writeFile(lock, JSON.stringify({ pid, host, since: "2026-01-01T00:00:00.000Z", token: "t" }));

describe("the embedded database", () => {
  it("says who holds it and what to do, and loses nothing acknowledged when that one is killed", async () => {
    const child = startChild(program, dataDirectory, "nonna");
    await child.wrote(100);
    await expect(open()).rejects.toThrow(
      new RegExp(`in use by process ${child.process.pid} on .*db\\.lock.*set DATABASE_URL`),
    );
    await child.kill();
    const stored = child.lines.length;

    const database = await open();
    const texts = textsOf(await pendingOf(await storesOf(database), "nonna"));
    await database.close();
    // One more may have been stored without its line having been written.
    expect(texts.slice(0, stored)).toEqual(child.lines);
    expect(texts.length).toBeLessThanOrEqual(stored + 1);
  });

  it("begins anew where it was killed during its first start", async () => {
    const empty = await newDirectory();
    await writeFile(join(empty, "not-a-directory"), "");
    const child = startChild(program, empty, "nonna");
    while (!(await readdir(empty)).includes("db.new")) await new Promise((next) => setImmediate(next));
    await child.kill();
    const database = await openDatabase({ dataDirectory: empty });
    await database.ping();
    await database.close();
    expect((await readdir(empty)).sort()).toEqual(["db", "not-a-directory"]);
    await rm(empty, { recursive: true });
  });

  it("takes over from a holder that is dead, and not from one that lives", async () => {
    await lockOf(process.ppid);
    await expect(open()).rejects.toThrow(`in use by process ${process.ppid}`);
    await lockOf(1, "elsewhere");
    await expect(open()).rejects.toThrow("in use by process 1 on elsewhere");
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await (await open()).close();
    expect(await readdir(dataDirectory)).not.toContain("db.lock");
  });

  it("refuses the directory of another PostgreSQL", async () => {
    const written = join(dataDirectory, "db", "PG_VERSION");
    const version = await readFile(written, "utf8");
    await writeFile(written, "17\n");
    await expect(open()).rejects.toThrow("was written by PostgreSQL 17 and this version embeds 18");
    expect(await readdir(dataDirectory)).not.toContain("db.lock");
    await writeFile(written, version);
  });

  it("holds nothing personal in its files", async () => {
    const canary = "Zanzavilla";
    const database = await open();
    const stores = await storesOf(database);
    const address = `id-${canary}`;
    const frame = { ...newFrame("f"), answers: { surname: canary } };
    await greet(stores, address, {
      session: newSession({ parked: [frame] }),
      sends: [reply(address, `Ciao ${canary}`)],
      effects: [
        { kind: "remind", of: "vote", channel: "telegram", address, said: { by: "button" } },
        {
          kind: "offerDraft",
          code: `code-${canary}`,
          frame: "f",
          until: new Date(Date.now() + 60_000).toISOString(),
        },
      ],
    });
    await stores.inbox.receive([arrival(address, `Sono ${canary}`, { id: `wamid-${canary}` })]);
    await stores.mailbox.deliver({ to: canary, subject: canary, text: canary });
    await stores.phoneHistory.append("telegram/a", { direction: "in", payload: canary });
    await stores.settings.set("visible", "Quartafoglia");
    await database.pool.query("CHECKPOINT");
    await database.close();

    expect(await filesWith(join(dataDirectory, "db"), "Quartafoglia")).not.toEqual([]);
    expect(await filesWith(join(dataDirectory, "db"), canary)).toEqual([]);
  });
});

async function filesWith(directory: string, words: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(words)) found.push(path);
  }
  return found;
}
