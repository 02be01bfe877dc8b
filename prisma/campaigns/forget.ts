import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { readProgress } from "./progress.ts";

/**
 * Forgets who got what, of campaigns that ended before a moment: the numbers stay.
 *
 * @returns how many campaigns that were
 */
export async function forgetRecipients({ prisma }: Pick<Database, "prisma">, before: Date): Promise<number> {
  const over = await prisma.campaign.findMany({
    where: { endedAt: { lt: before }, summary: { equals: Prisma.DbNull } },
    select: { edition: true, id: true },
  });
  for (const { edition, id } of over) {
    await prisma.$transaction(async (tx) => {
      const progress = await readProgress(tx, edition, id);
      const summary: Prisma.InputJsonValue = JSON.parse(JSON.stringify(progress));
      // Of two processes the second finds it done, and its own count is of nobody.
      const { count } = await tx.campaign.updateMany({
        where: { edition, id, summary: { equals: Prisma.DbNull } },
        data: { summary },
      });
      if (count > 0) await tx.campaignRecipient.deleteMany({ where: { edition, campaignId: id } });
    });
  }
  return over.length;
}

/** Names, as the outbox has them, of campaigns whose messages are still to be counted. */
export async function uncounted({ prisma }: Pick<Database, "prisma">): Promise<readonly string[]> {
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    SELECT edition || '/' || id AS name FROM "Campaign" WHERE summary IS NULL`;
  return rows.map(({ name }) => name);
}
