import type { Database } from "./client.ts";

/** What waits, and for how long in seconds. */
export interface Backlog {
  readonly inbox: number;
  readonly inboxAge: number;
  readonly outbox: number;
  readonly outboxAge: number;
  readonly setAside: number;
  readonly stuck: number;
}

/** Read from the partial indexes of what is not done; only what was set aside looks at a day's rows. */
export async function readBacklog({ prisma }: Pick<Database, "prisma">): Promise<Backlog> {
  const [row] = await prisma.$queryRaw<Backlog[]>`
    WITH pending AS (
      SELECT "contactId", "receivedAt" FROM "Inbox" WHERE state = 'PENDING'
    ), due AS (
      SELECT COALESCE("notBefore", "createdAt") AS since FROM "Outbox"
      WHERE state IN ('READY', 'SENDING') AND ("notBefore" IS NULL OR "notBefore" <= now())
    )
    SELECT
      (SELECT count(*)::int FROM pending) AS inbox,
      (SELECT COALESCE(extract(epoch FROM now() - min("receivedAt")), 0)::float8 FROM pending) AS "inboxAge",
      (SELECT count(*)::int FROM due) AS outbox,
      (SELECT COALESCE(extract(epoch FROM now() - min(since)), 0)::float8 FROM due) AS "outboxAge",
      (SELECT count(*)::int FROM "Outbox" WHERE state IN ('UNCERTAIN', 'FAILED')
         AND "settledAt" > now() - interval '1 day') AS "setAside",
      (SELECT count(DISTINCT "contactId")::int FROM pending
         WHERE "receivedAt" < now() - interval '1 minute') AS stuck`;
  if (!row) throw new Error("The database did not tell what waits.");
  return row;
}
