import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import { MIGRATIONS, migrate } from "../../prisma/migrate.ts";
import { openTestDatabase } from "../support/database.ts";

let database: Database;
let directory: string;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp(MIGRATIONS, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name));
  await writeFile(join(directory, name, "migration.sql"), sql);
}

async function exists(table: string): Promise<boolean> {
  const { rows } = await database.pool.query("SELECT to_regclass($1) IS NOT NULL AS found", [table]);
  return rows[0].found;
}

describe("migrations", () => {
  it("are applied once", async () => {
    expect(await migrate(database.pool, directory)).toEqual([]);
  });

  it("that fail leave nothing, and those before them stay", async () => {
    await add("29990101000000_good", "CREATE TABLE good (a int); INSERT INTO good VALUES (1);");
    await add("29990102000000_bad", "CREATE TABLE half (a int); INSERT INTO nowhere VALUES (1);");
    await expect(migrate(database.pool, directory)).rejects.toThrow(
      'The migration 29990102000000_bad failed and was rolled back: relation "nowhere" does not exist',
    );
    expect([await exists("good"), await exists("half")]).toEqual([true, false]);
    await writeFile(join(directory, "29990102000000_bad", "migration.sql"), "CREATE TABLE half (a int);");
    expect(await migrate(database.pool, directory)).toEqual(["29990102000000_bad"]);
    expect(await exists("half")).toBe(true);
  });

  it("of a newer version are not touched by an older one", async () => {
    await expect(migrate(database.pool, MIGRATIONS)).rejects.toThrow("run the newer version");
  });

  it("that were edited after they were applied are refused", async () => {
    await add("29990101000000_good", "CREATE TABLE good (a int); INSERT INTO good VALUES (1);");
    await add("29990102000000_bad", "CREATE TABLE half (a int);");
    expect(await migrate(database.pool, directory)).toEqual([]);
    await appendFile(join(directory, "29990101000000_good", "migration.sql"), "-- edited");
    await expect(migrate(database.pool, directory)).rejects.toThrow("29990101000000_good was edited after");
  });

  it("that Prisma's own command left halfway are not gone over", async () => {
    await add("29990101000000_good", "CREATE TABLE good (a int); INSERT INTO good VALUES (1);");
    await add("29990102000000_bad", "CREATE TABLE half (a int);");
    await database.pool.query(
      `UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = '29990102000000_bad'`,
    );
    await expect(migrate(database.pool, directory)).rejects.toThrow('mend it with "prisma migrate resolve"');
  });
});
