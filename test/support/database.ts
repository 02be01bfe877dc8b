import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { type Database, openDatabase, prepare } from "../../prisma/client.ts";
import { over } from "../../prisma/embedded.ts";
import { MIGRATIONS } from "../../prisma/migrate.ts";

/** The PostgreSQL server on which tests make databases of their own; without one they run on the embedded one. */
export const serverUrl = process.env["DATABASE_URL"] || undefined;

/** A database of one's own, up to date and empty; closing it leaves nothing behind. */
export async function openTestDatabase(): Promise<Database> {
  return serverUrl === undefined ? openInMemory() : openOnServer(serverUrl);
}

/** A database of one's own on the server, for those who need its address; `drop` it when all have closed it. */
export async function createServerDatabase(
  server: string,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function openOnServer(server: string): Promise<Database> {
  const { url, drop } = await createServerDatabase(server);
  const database = await openDatabase({ url, dataDirectory: "" });
  const close = async () => {
    await database.close();
    await drop();
  };
  return { ...database, close };
}

async function onServer(server: string, sql: string): Promise<void> {
  const url = new URL(server);
  url.pathname = "/postgres"; // the one that is always there
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Starting from a copy of an initialised database takes a second instead of five. */
async function openInMemory(): Promise<Database> {
  return prepare(await over(await PGlite.create({ loadDataDir: await initialised() })));
}

/** Puts an empty embedded database, up to date, where {@link openDatabase} looks for it. */
export async function putEmbeddedDatabase(dataDirectory: string): Promise<void> {
  const database = await PGlite.create(join(dataDirectory, "db"), { loadDataDir: await initialised() });
  await database.close();
}

async function initialised(): Promise<Blob> {
  const copy = await readCopy();
  if (copy !== undefined) return new Blob([copy]);
  const fresh = await PGlite.create();
  const database = await prepare(await over(fresh));
  const dump = await fresh.dumpDataDir("none");
  await database.close();
  await writeCopy(dump);
  return dump;
}

const MODULES = join(import.meta.dirname, "../../node_modules");
const CACHE = join(MODULES, ".cache/test-database");

/** Named after what went into it. */
async function copyPath(): Promise<string> {
  const hash = createHash("sha256");
  hash.update(await readFile(join(MODULES, "@electric-sql/pglite/package.json")));
  for (const name of (await readdir(MIGRATIONS)).sort()) {
    const sql = await readFile(join(MIGRATIONS, name, "migration.sql")).catch(() => "");
    hash.update(name).update(sql);
  }
  return join(CACHE, `${hash.digest("hex").slice(0, 16)}.tar`);
}

async function readCopy(): Promise<Buffer<ArrayBuffer> | undefined> {
  return readFile(await copyPath()).then(
    (bytes) => Buffer.from(bytes),
    () => undefined,
  );
}

async function writeCopy(dump: Blob): Promise<void> {
  const path = await copyPath();
  const aside = `${path}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(aside, Buffer.from(await dump.arrayBuffer()));
  await rename(aside, path); // several test files may do this at once
}
