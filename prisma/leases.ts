import type pg from "pg";

/** Whether anything is being sent or listened to, by a process that lives or one that is dead. */
export async function isAtWork(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`
    SELECT FROM "Outbox" WHERE state = 'SENDING'
    UNION ALL
    SELECT FROM "Inbox" JOIN "Contact" contact ON contact.id = "contactId"
    WHERE state = 'PENDING' AND "heldUntil" > now() LIMIT 1`);
  return rows.length > 0;
}

/**
 * Takes back what was in the hands of processes that are dead, where it is known that all of them are:
 * whoever waits for an answer need not wait for the lease to run out as well.
 */
export async function endLeases(pool: pg.Pool): Promise<void> {
  await pool.query(`UPDATE "Outbox" SET "leaseUntil" = now() WHERE state = 'SENDING'`);
  await pool.query(`
    UPDATE "Contact" contact SET "heldUntil" = NULL FROM "Inbox"
    WHERE contact.id = "contactId" AND state = 'PENDING' AND "heldUntil" > now()`);
}
