import type pg from "pg";

/** Whether anything is being sent, by a process that lives or one that is dead. */
export async function isSending(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`SELECT FROM "Outbox" WHERE state = 'SENDING' LIMIT 1`);
  return rows.length > 0;
}

/**
 * Takes back what was being sent by processes that are dead, where it is known that all of them are:
 * whoever waits for an answer need not wait for the lease to run out as well.
 */
export async function endLeases(pool: pg.Pool): Promise<void> {
  await pool.query(`UPDATE "Outbox" SET "leaseUntil" = now() WHERE state = 'SENDING'`);
}
