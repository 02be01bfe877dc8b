import type pg from "pg";
import { transaction } from "../transaction.ts";

/** The name, among the locks of a database, of what casts and marks hold together and the mixer alone. */
const BALLOT_BOX = 720_401;

export const SHARED = `pg_advisory_xact_lock_shared(${BALLOT_BOX})`;
export const ALONE = `pg_advisory_xact_lock(${BALLOT_BOX})`;

/**
 * Runs a transaction that holds the lock from its beginning. The lock is taken by a statement before
 * any other: what is read afterwards is seen as whoever held it before has left it.
 *
 * @param keep whether what was done is to be committed
 */
export function locked<T>(
  pool: pg.Pool,
  lock: typeof SHARED | typeof ALONE,
  work: (client: pg.PoolClient) => Promise<T>,
  keep: (result: T) => boolean = () => true,
): Promise<T> {
  return transaction(pool, work, { begin: `BEGIN; SELECT ${lock}`, keep });
}
