import type { Held } from "../../core/held.ts";
import type { Context } from "../context.ts";
import { facilitatorIn } from "./shapes.ts";

/** What is kept about a contact as somebody who accompanies, and who is or was accompanied; in all editions. */
export async function accompanyingHeld(
  context: Context,
  contactId: string,
): Promise<Pick<Held, "accompanied" | "facilitator">> {
  const { prisma } = context.database;
  const row = await prisma.facilitator.findUnique({
    where: { contactId },
    include: { _count: { select: { accompaniments: { where: { consentedAt: { not: null } } } } } },
  });
  const facilitator = row && facilitatorIn(context, row);
  const accompanied = await prisma.accompaniment.findMany({
    where: { contactId },
    include: { facilitator: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return {
    ...(facilitator && { facilitator: { ...facilitator, started: row._count.accompaniments } }),
    accompanied: accompanied.flatMap((one) => {
      const by = facilitatorIn(context, one.facilitator);
      const since = (one.consentedAt ?? one.createdAt).toISOString().slice(0, 10);
      return by ? [{ by, task: one.task, since }] : [];
    }),
  };
}
