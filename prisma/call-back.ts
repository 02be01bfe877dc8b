import { Prisma } from "./generated/client.ts";

/** Whose, or which campaign's, messages are called back. */
export type CalledBack = { readonly contactId: string } | { readonly campaign: string };

/**
 * Calls back what campaigns have put in the outbox and nobody has begun to send, within the transaction
 * of what it follows from. What is in a process's hands is called back too: it asks before it sends.
 *
 * @param reason why, in a word that is no person's: `withdrawn`, `stopped`
 * @returns how many messages that were
 */
export async function callBack(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  which: CalledBack,
  reason: string,
): Promise<number> {
  // Who writes to the outbox for somebody holds them still: what is written now is to be seen, and called back.
  if ("contactId" in which)
    await tx.$executeRaw`SELECT FROM "Contact" WHERE id = ${which.contactId}::uuid FOR NO KEY UPDATE`;
  const whose =
    "contactId" in which
      ? Prisma.sql`"contactId" = ${which.contactId}::uuid AND campaign IS NOT NULL`
      : Prisma.sql`campaign = ${which.campaign}`;
  // The states are written out, as an index that names them is found by no others.
  return tx.$executeRaw`
    UPDATE "Outbox"
    SET state = 'FAILED', sealed = NULL, "leaseUntil" = NULL, "settledAt" = now(), reason = ${reason}
    WHERE ${whose} AND state IN ('READY', 'SENDING') AND (state = 'READY' OR "begunAt" IS NULL)`;
}
