import type { Database } from "./client.ts";
import { erase } from "./erase.ts";

const BATCH = 100;

/**
 * Forgets the contacts that have not written since a moment, as if they had asked for it; and who sent what
 * is nobody's chat's, as it was sent on a facilitator's phone, where it was before that moment.
 *
 * @returns how many contacts
 */
export async function forgetSilentSince({ prisma }: Database, moment: Date): Promise<number> {
  await prisma.proposal.updateMany({
    where: { contactId: null, proponent: { not: null }, createdAt: { lt: moment } },
    data: { proponent: null },
  });
  for (let forgotten = 0; ; ) {
    const silent = await prisma.contact.findMany({
      where: { lastSeenAt: { lt: moment } },
      select: { id: true },
      take: BATCH,
    });
    for (const { id } of silent) await prisma.$transaction((tx) => erase(tx, id));
    forgotten += silent.length;
    if (silent.length < BATCH) return forgotten;
  }
}

/** Empties the sessions of contacts that have not written since a moment, with the drafts in them. */
export async function dropDraftsSilentSince({ prisma }: Database, moment: Date): Promise<number> {
  const { count } = await prisma.contact.updateMany({
    where: { lastSeenAt: { lt: moment }, session: { not: null } },
    data: { session: null, version: { increment: 1 } },
  });
  return count;
}
