import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { StoreRefusal } from "./refusal.ts";

/** Where this version's migrations are. */
export const MIGRATIONS = fileURLToPath(new URL("migrations", import.meta.url));

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Booked {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** The id under which Prisma's own command locks a database while it migrates. */
const PRISMA_LOCK = 72_707_369;

/** As Prisma makes it, so that `prisma migrate deploy` can take over at any time. */
const BOOKS = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

/**
 * Brings a database up to this version, each migration in a transaction of its own, while other
 * processes that start at the same time wait.
 *
 * @returns the names of the migrations that were applied now
 * @throws {StoreRefusal} where the database is newer, or a migration failed or was edited
 */
export async function migrate(pool: pg.Pool, directory: string = MIGRATIONS): Promise<readonly string[]> {
  const migrations = await readMigrations(directory);
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0");
    await client.query(`SELECT pg_advisory_lock(${PRISMA_LOCK})`);
    try {
      await client.query(BOOKS);
      const fresh = await findNew(client, migrations);
      for (const migration of fresh) await apply(client, migration);
      return fresh.map(({ name }) => name);
    } finally {
      await client.query(`SELECT pg_advisory_unlock(${PRISMA_LOCK})`);
      await client.query("RESET statement_timeout");
    }
  } finally {
    client.release();
  }
}

async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function findNew(
  client: pg.PoolClient,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const { rows } = await client.query<Booked>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  const booked = new Map(rows.map((row) => [row.migration_name, row]));
  const known = new Set(migrations.map(({ name }) => name));
  for (const name of booked.keys()) {
    if (known.has(name)) continue;
    throw new StoreRefusal(
      `The database has the migration ${name}, which this version does not know: run the newer version.`,
    );
  }
  return migrations.filter(({ name, checksum }) => {
    const row = booked.get(name);
    if (row === undefined) return true;
    if (row.finished_at === null) {
      throw new StoreRefusal(`The migration ${name} stopped halfway: mend it with "prisma migrate resolve".`);
    }
    if (row.checksum !== checksum) {
      throw new StoreRefusal(
        `The migration ${name} was edited after it was applied: put it back, and write a new one instead.`,
      );
    }
    return false;
  });
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations"
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreRefusal(`The migration ${name} failed and was rolled back: ${why}`, { cause });
  }
}
