import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import { endLeases, isAtWork } from "./leases.ts";
import { migrate } from "./migrate.ts";
import { openServer, type ServerOptions } from "./server.ts";
import type { Source } from "./source.ts";

/** The open store. */
export interface Database {
  readonly kind: Source["kind"];
  readonly prisma: PrismaClient;
  /** For the few statements that every message passes; everything else goes through Prisma. */
  readonly pool: pg.Pool;
  /** Resolves while the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions extends ServerOptions {
  /** A PostgreSQL server; where undefined, the embedded database. */
  readonly url?: string | undefined;
  /** Where the embedded database lives, in `db`. */
  readonly dataDirectory: string;
}

/**
 * Opens the store and brings it up to this version.
 *
 * @throws {StoreRefusal} with words for whoever starts the program
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return prepare(
    options.url === undefined
      ? await openInside(options.dataDirectory)
      : await openServer(options.url, options),
  );
}

/** Whoever has a server need not load PostgreSQL itself. */
async function openInside(dataDirectory: string): Promise<Source> {
  const { openEmbedded } = await import("./embedded.ts");
  return openEmbedded(dataDirectory);
}

/** Brings what was opened up to this version, and closes it where that fails. */
export async function prepare(source: Source): Promise<Database> {
  const { kind, pool } = source;
  try {
    await migrate(pool);
    if ((await isAtWork(pool)) && (await source.isAlone())) await endLeases(pool);
  } catch (error) {
    await source.close();
    throw error;
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    // On the one session of the embedded database transactions queue up, so they may wait for long.
    transactionOptions: { maxWait: 15_000, timeout: 15_000 },
  });
  return {
    kind,
    prisma,
    pool,
    async ping() {
      await pool.query("SELECT 1");
    },
    async close() {
      await prisma.$disconnect();
      await source.close();
    },
  };
}
