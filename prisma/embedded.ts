import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { lockFile } from "./lock.ts";
import { StoreRefusal } from "./refusal.ts";
import { SESSION_SETTINGS, type Source } from "./source.ts";
import { Wire } from "./wire.ts";

/** PostgreSQL's major version inside the pinned PGlite: it opens no directory of another. */
const MAJOR = "18";

/**
 * Opens PostgreSQL inside this process, on `<dataDirectory>/db`.
 *
 * It survives the death of the process, but never asks the disk to flush: after a power cut the
 * last moments may be missing. It is for trying out, demos and small desks.
 */
export async function openEmbedded(dataDirectory: string): Promise<Source> {
  const directory = join(dataDirectory, "db");
  await mkdir(dataDirectory, { recursive: true });
  const unlock = await lockFile(`${directory}.lock`);
  try {
    if (!(await exists(directory))) await initialise(directory);
    const major = (await readFile(join(directory, "PG_VERSION"), "utf8")).trim();
    if (major !== MAJOR) {
      throw new StoreRefusal(
        `${directory} was written by PostgreSQL ${major} and this version embeds ${MAJOR}: ` +
          "move its content with pg_dump, or start anew in another DATA_DIR.",
      );
    }
    return await over(await PGlite.create(directory), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Serves a PGlite that is already open through a pool of `pg`; closing the source closes both. */
export async function over(database: PGlite, afterwards = async () => {}): Promise<Source> {
  for (const [name, value] of Object.entries(SESSION_SETTINGS)) {
    await database.exec(`SET ${name} = '${value}'`);
  }
  const pool = new pg.Pool({
    max: 1, // one PGlite is one session
    idleTimeoutMillis: 0,
    stream: new Wire(database).connect,
    ssl: false,
    // Said here so that PGHOST and its like in the environment are not heeded.
    host: "embedded",
    port: 5432,
    user: "postgres",
    database: "postgres",
    password: "",
  });
  return {
    kind: "embedded",
    pool,
    isAlone: async () => true,
    async close() {
      await pool.end();
      await database.close();
      await afterwards();
    },
  };
}

/** Killed halfway, the first start leaves a directory that cannot be opened: so it is built aside. */
async function initialise(directory: string): Promise<void> {
  const aside = `${directory}.new`;
  await rm(aside, { recursive: true, force: true });
  const fresh = await PGlite.create(aside);
  await fresh.close();
  await rename(aside, directory);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
