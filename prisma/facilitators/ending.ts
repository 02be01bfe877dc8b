import type { Notice } from "../../core/desk.ts";
import { session } from "../../core/engine/session.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { tell } from "../notices.ts";
import { sessionOf } from "../places.ts";
import { goingOn } from "./shapes.ts";

type Tx = Prisma.TransactionClient;

/** Who ends an accompaniment. */
export type Ender = "person" | "facilitator" | "office";

/** What was handed over in some accompaniments is over, and what was answered to it is forgotten. */
export async function closeHandOvers(tx: Tx, where: Prisma.AccompanimentWhereInput): Promise<void> {
  await tx.handOver.updateMany({
    where: { accompaniment: where, closedAt: null },
    data: { closedAt: new Date(), sealed: null },
  });
}

/**
 * Ends all that a facilitator has begun, with the links that nobody has used yet. The people's sessions
 * forget it too.
 *
 * @param notice what the people are told, where they are
 */
export async function endAll(
  context: Context,
  tx: Tx,
  facilitatorId: string,
  by: Ender,
  notice: Notice | undefined,
): Promise<void> {
  const going = await tx.accompaniment.findMany({
    where: { ...goingOn, facilitatorId },
    select: { id: true, contactId: true },
    orderBy: { contactId: "asc" },
  });
  for (const { id, contactId } of going) {
    if (contactId === null) continue;
    await leaveAlone(context, tx, contactId, id);
    if (notice) await tell(context, tx, contactId, notice);
  }
  await closeHandOvers(tx, { facilitatorId });
  await tx.accompaniment.updateMany({
    where: { facilitatorId, endedAt: null, finishedAt: null },
    data: { endedAt: new Date(), endedBy: by },
  });
}

/** Takes an accompaniment out of somebody's session; a turn of theirs that is under way is thought again. */
async function leaveAlone({ sealer }: Context, tx: Tx, contactId: string, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Contact" WHERE id = ${contactId}::uuid FOR NO KEY UPDATE`;
  const contact = await tx.contact.findUnique({ where: { id: contactId }, select: { session: true } });
  if (!contact?.session) return;
  const saved = sealer.open(sessionOf(contactId), contact.session, session);
  if (saved.accompanied?.id !== id) return;
  const { accompanied: _, ...alone } = saved;
  await tx.contact.update({
    where: { id: contactId },
    data: { session: sealer.seal(sessionOf(contactId), alone), version: { increment: 1 } },
  });
}
