import type pg from "pg";

/** The name, among the locks of a database, of what one process at a time holds while it feeds campaigns. */
const FEEDING = 720_402;

/**
 * Lets one process feed, of all that serve a database: what a person gets in a week and a platform takes in a
 * day are counted, and used, with nobody else counting.
 *
 * @returns whether it is this one, until the transaction ends
 */
export async function feedAlone(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS ours", [
    FEEDING,
  ]);
  return rows[0]?.ours ?? false;
}

/**
 * Keeps contacts from changing until the transaction ends, those of them whom nobody is changing now: who
 * says «stop» waits, and takes back what was written meanwhile.
 */
export async function holdStill(client: pg.PoolClient, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id::text FROM "Contact" WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE SKIP LOCKED`,
    [[...ids]],
  );
  return rows.map(({ id }) => id);
}
