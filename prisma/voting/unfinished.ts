import type { Notice } from "../../core/desk.ts";
import { hasWithdrawn } from "../consents.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { tell } from "../notices.ts";

/** Votes that were begun from a chat and not finished: a fifth of those who begin are lost there. */
export interface UnfinishedVotes {
  /**
   * Offers to go on, once, to chats whose page was left before the vote was cast. Several processes
   * may do so at once, each page is dealt with by one of them.
   *
   * @returns how many were told
   */
  offer(notice: Notice): Promise<number>;
}

const AT_ONCE = 50;

export function createUnfinishedVotes(context: Context): UnfinishedVotes {
  const { database, edition } = context;

  /** Takes away pages that were left: whose row is deleted here is told here. */
  async function takeLeft(tx: Prisma.TransactionClient): Promise<readonly string[]> {
    const left = await tx.$queryRaw<{ contactId: string }[]>`
      WITH left_pages AS (
        DELETE FROM "BallotSession" WHERE lookup IN (
          SELECT lookup FROM "BallotSession"
          WHERE edition = ${edition} AND until < now() AND "contactId" IS NOT NULL AND digits IS NULL
          LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
        RETURNING "contactId", "voterId")
      SELECT DISTINCT "contactId"::text FROM left_pages
      WHERE NOT EXISTS (SELECT FROM "Voter" WHERE id = "voterId" AND mark IS NOT NULL)`;
    return left.map(({ contactId }) => contactId);
  }

  /** Whoever has voted, or is at it again, needs no word; nor does who wants no messages. */
  async function isAtIt(tx: Prisma.TransactionClient, contactId: string): Promise<boolean> {
    const where = { edition, contactId };
    const live = { ...where, until: { gt: new Date() } };
    return (
      (await tx.ballotTie.count({ where })) +
        (await tx.ballotSession.count({
          where: { ...where, OR: [{ until: live.until }, { digits: { not: null } }] },
        })) +
        (await tx.ballotLink.count({ where: { ...live, cityUser: null } })) >
      0
    );
  }

  return {
    offer: (notice) =>
      database.prisma.$transaction(async (tx) => {
        let told = 0;
        for (const contactId of await takeLeft(tx)) {
          if ((await isAtIt(tx, contactId)) || (await hasWithdrawn(context, tx, contactId))) continue;
          if (await tell(context, tx, contactId, notice)) told += 1;
        }
        return told;
      }),
  };
}
