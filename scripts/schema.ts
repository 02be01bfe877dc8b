/**
 * Writes and checks migrations with no network: Prisma's own schema engine, in its WebAssembly form,
 * over a database in memory.
 *
 *   npm run db:new -- add_orders   writes prisma/migrations/<time>_add_orders/migration.sql
 *   npm run db:check               exits 1 where the migrations do not lead to schema.prisma
 *
 * The engine is imported as a module, which Node does with `--experimental-wasm-modules`.
 * It ignores partial indexes and CHECKs, so these are added to a migration by hand.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import { type DiffTarget, type MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { PrismaPGlite } from "pglite-prisma-adapter";

const SCHEMA = "prisma/schema.prisma";
const MIGRATIONS = resolve("prisma/migrations");
const LOCKFILE = join(MIGRATIONS, "migration_lock.toml");
const schemaFiles = [{ path: SCHEMA, content: readFileSync(SCHEMA, "utf8") }];

async function openEngine(database: PGlite): Promise<SchemaEngine> {
  // Not adapter-pg: it cannot read catalogue columns of type "char", and cuts scripts at every ';'.
  const inner = new PrismaPGlite(database);
  const connect = async () => {
    const adapter = await inner.connect();
    adapter.executeScript = async (script) => {
      await database.exec(script); // the adapter's own does not wait for the end
    };
    return adapter;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: "postgres",
    adapterName: inner.adapterName,
    connect,
    connectToShadowDb: connect,
  };
  return SchemaEngine.new(
    { datamodels: schemaFiles.map((file) => [file.path, file.content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

function readMigrations(): MigrationList {
  const names = existsSync(MIGRATIONS)
    ? readdirSync(MIGRATIONS, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
  const content = (name: string) => readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8");
  return {
    baseDir: MIGRATIONS,
    shadowDbInitScript: "",
    lockfile: {
      path: "migration_lock.toml",
      content: existsSync(LOCKFILE) ? readFileSync(LOCKFILE, "utf8") : null,
    },
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: content(name) } },
    })),
  };
}

function write(name: string, sql: string): void {
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(MIGRATIONS, `${time}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), `${sql}\n`);
  if (!existsSync(LOCKFILE)) writeFileSync(LOCKFILE, 'provider = "postgresql"\n');
  console.log(`Wrote ${join(folder, "migration.sql")}.`);
}

async function main(command: string | undefined, name: string | undefined): Promise<number> {
  const database = await PGlite.create("memory://");
  const engine = await openEngine(database);
  const list = readMigrations();
  const from: DiffTarget =
    list.migrationDirectories.length === 0 ? { tag: "empty" } : { tag: "migrations", ...list };
  const diff = await engine.diff({
    from,
    to: { tag: "schemaDatamodel", files: schemaFiles },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  const same = diff.exitCode === 0;
  const sql = (diff.stdout ?? "").trim();
  if (command === "check") {
    console.log(
      same
        ? "The migrations lead to schema.prisma."
        : `schema.prisma needs a migration (npm run db:new -- <name>):\n${sql}`,
    );
    return same ? 0 : 1;
  }
  if (command !== "new" || name === undefined || !/^[a-z0-9_]+$/.test(name)) {
    console.error("Usage: npm run db:check | npm run db:new -- <snake_case_name>");
    return 2;
  }
  if (same) console.log("There is nothing to migrate.");
  else write(name, sql);
  return 0;
}

process.exit(await main(process.argv[2], process.argv[3]));
