import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { lookupCodeTries } from "../places.ts";

/** Wrong codes of an hour: whoever types one from a sheet needs few. */
const MOST = 10;

/** Whether a contact has typed so many wrong codes that no other is looked at for now. */
export async function isResting({ database, sealer }: Context, contactId: string): Promise<boolean> {
  const tries = await database.prisma.throttle.findUnique({
    where: { key: lookupCodeTries(sealer, contactId), until: { gt: new Date() } },
  });
  return (tries?.count ?? 0) >= MOST;
}

/** Counts a wrong code; the hour begins with the first. */
export async function missCode(
  { sealer }: Pick<Context, "sealer">,
  tx: Prisma.TransactionClient,
  contactId: string,
): Promise<void> {
  const key = lookupCodeTries(sealer, contactId);
  await tx.throttle.deleteMany({ where: { key, until: { lte: new Date() } } });
  await tx.throttle.upsert({
    where: { key },
    create: { key, count: 1, until: new Date(Date.now() + 60 * 60 * 1000) },
    update: { count: { increment: 1 } },
  });
}
