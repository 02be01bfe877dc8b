import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";

/**
 * The statements that every message passes go to `pg` as named, prepared statements: about twice
 * as many a second as through Prisma. Everything else is plain Prisma.
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const DEADLOCK = "40P01";
const SERIALIZATION = "40001";
const ATTEMPTS = 5;

/** Runs one statement, which is a transaction by itself. */
export function run<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  statement: Statement,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  return persist(async () => (await pool.query<Row>({ ...statement, values: [...values] })).rows);
}

/**
 * Does a transaction; where PostgreSQL undid it in favour of another process, does it again.
 *
 * @param isUndone whether an error says so
 */
export async function persist<T>(
  transaction: () => Promise<T>,
  isUndone: (error: unknown) => boolean = wasUndone,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !isUndone(error)) throw error;
      await pause(Math.random() * 10 * attempt);
    }
  }
}

function wasUndone(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && (error.code === DEADLOCK || error.code === SERIALIZATION)
  );
}
