import pg from "pg";
import { SESSION_SETTINGS, type Source } from "./source.ts";

const OLDEST = 140_000;
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

/** Opens a PostgreSQL server, 14 or later, by its URL. */
export async function openServer(url: string, options: ServerOptions = {}): Promise<Source> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    options: OPTIONS,
  });
  pool.on("error", (error) => options.onError?.(error));
  try {
    const { rows } = await pool.query<{ version: number; name: string; zone: string }>(
      `SELECT current_setting('server_version_num')::int AS version,
              current_setting('server_version') AS name, current_setting('TimeZone') AS zone`,
    );
    const [server] = rows;
    if (server === undefined || server.version < OLDEST) {
      throw new Error(`DATABASE_URL names PostgreSQL ${server?.name}: 14 or later is needed.`);
    }
    if (server.zone !== "UTC") {
      throw new Error(
        `DATABASE_URL sets the time zone ${server.zone}: leave "options" out of it, times are kept in UTC.`,
      );
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { kind: "server", pool, close: () => pool.end() };
}
