import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { StoreRefusal } from "./refusal.ts";
import { SESSION_SETTINGS, type Source } from "./source.ts";

const OLDEST = 140_000;
const PROGRAM = "bene-comune";
const OPTIONS = Object.entries({
  ...SESSION_SETTINGS,
  statement_timeout: "30s",
  idle_in_transaction_session_timeout: "60s",
})
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(" ");

export interface ServerOptions {
  /** How many connections at most. */
  readonly connections?: number;
  /** Told of connections that broke while nobody used them; the pool makes new ones. */
  readonly onError?: (error: Error) => void;
}

/**
 * Opens a PostgreSQL server, 14 or later, by its URL.
 *
 * @throws {StoreRefusal} where it cannot be reached, or is not as it must be
 */
export async function openServer(url: string, options: ServerOptions = {}): Promise<Source> {
  const name = `${PROGRAM} ${randomUUID()}`;
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    options: OPTIONS,
    application_name: name,
  });
  pool.on("error", (error) => options.onError?.(error));
  // A server may die between two statements, or as soon as it has greeted, when nobody listens yet; an
  // error that nobody hears ends the process. Whoever asks next is told.
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    await check(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { kind: "server", pool, isAlone: () => isAlone(pool, name), close: () => pool.end() };
}

/**
 * A process that lives has no connection for a moment where the server restarted or the wire broke.
 * Its worker is back within two seconds: who is not back after these is dead.
 */
const BACK_MS = 4_000;

async function isAlone(pool: pg.Pool, name: string): Promise<boolean> {
  if (!(await seemsAlone(pool, name))) return false;
  await pause(BACK_MS);
  return seemsAlone(pool, name);
}

/** Each process goes by a name of its own, which every session may see of every other. */
async function seemsAlone(pool: pg.Pool, name: string): Promise<boolean> {
  const { rows } = await pool.query<{ alone: boolean }>(
    `SELECT current_setting('application_name') = $1 AND NOT EXISTS (
       SELECT FROM pg_stat_activity WHERE datname = current_database()
         AND application_name LIKE $2 AND application_name <> $1) AS alone`,
    [name, `${PROGRAM} %`],
  );
  return rows[0]?.alone ?? false;
}

async function check(pool: pg.Pool): Promise<void> {
  const { rows } = await pool
    .query<{ version: number; name: string; zone: string }>(
      `SELECT current_setting('server_version_num')::int AS version,
              current_setting('server_version') AS name, current_setting('TimeZone') AS zone`,
    )
    .catch((cause: unknown) => {
      throw new StoreRefusal(`DATABASE_URL: ${reasonOf(cause)}. Is the server up, and the URL right?`, {
        cause,
      });
    });
  const [server] = rows;
  if (server === undefined || server.version < OLDEST) {
    throw new StoreRefusal(`DATABASE_URL names PostgreSQL ${server?.name}: 14 or later is needed.`);
  }
  if (server.zone !== "UTC") {
    throw new StoreRefusal(
      `DATABASE_URL sets the time zone ${server.zone}: leave "options" out of it, times are kept in UTC.`,
    );
  }
}

/** Where several addresses were tried, the error has no message but its parts do. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
