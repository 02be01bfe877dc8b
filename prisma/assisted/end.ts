import type { EndedBy } from "../../core/assisted/ports.ts";
import { type Session, session } from "../../core/engine/session.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { ImpossibleError } from "../impossible.ts";
import { sessionOf } from "../places.ts";
import { type Ended, giveBack, lockGuest } from "./give-back.ts";
import { bequeath } from "./heir.ts";

type Tx = Prisma.TransactionClient;

/**
 * Ends a guest's session: the chat is its owner's again, and of the guest nothing is left but what they sent
 * and, for as long as their code is good, the draft that they want to go on with at home.
 *
 * @param said whether the guest's last turn says goodbye, so that what it shows is on the screen
 * @returns `undefined` where it was ended before
 */
export async function endSession(
  context: Context,
  tx: Tx,
  guestId: string,
  by: EndedBy,
  said = false,
): Promise<Ended | undefined> {
  await lockGuest(tx, guestId);
  const left = await sessionIn(context, tx, guestId);
  if (left === undefined) return undefined;
  const heir = await bequeath(context, tx, guestId, left);
  const over = await giveBack(tx, guestId, by, {
    done: left.assisted?.done ?? [],
    ...(heir?.keepsDraft && { heirId: heir.id }),
  });
  if (over)
    await welcomeBack(context, tx, over.ownerId, {
      counter: left.counter,
      screen: said ? left.screen : [],
      ...(by !== "facilitator" && { givenBack: true }),
    });
  return over;
}

/** Ends it within the turn in which the guest says goodbye. */
export async function endOwnSession(context: Context, tx: Tx, guestId: string, by: EndedBy): Promise<void> {
  const over = await endSession(context, tx, guestId, by, true);
  if (over === undefined) throw new ImpossibleError("The session was ended meanwhile.");
}

/** Ends the sessions that some contacts take part in, as a guest or as whose chat it is. */
export async function endSessionsOf(
  context: Context,
  tx: Tx,
  contactIds: readonly string[],
  by: EndedBy,
): Promise<readonly Ended[]> {
  const among = { in: [...contactIds] };
  return endAllWhere(context, tx, { OR: [{ guestId: among }, { ownerId: among }] }, by);
}

/** Ends the sessions that a facilitator holds. */
export const endSessionsOfFacilitator = (
  context: Context,
  tx: Tx,
  facilitatorId: string,
  by: EndedBy,
): Promise<readonly Ended[]> => endAllWhere(context, tx, { facilitatorId }, by);

async function endAllWhere(
  context: Context,
  tx: Tx,
  where: Prisma.AssistedSessionWhereInput,
  by: EndedBy,
): Promise<readonly Ended[]> {
  const going = await tx.assistedSession.findMany({
    where: { ...where, endedAt: null },
    select: { guestId: true },
    orderBy: { guestId: "asc" },
  });
  const ended: Ended[] = [];
  for (const { guestId } of going) {
    const over = guestId && (await endSession(context, tx, guestId, by));
    if (over) ended.push(over);
  }
  return ended;
}

/**
 * The owner's conversation goes on where it was left, with what the goodbye shows to be pressed. Its numbers
 * go on where the guest's ended, so that no button of theirs fits a question of the facilitator's.
 */
async function welcomeBack(
  context: Context,
  tx: Tx,
  ownerId: string,
  { counter, ...left }: Pick<Session, "counter" | "screen" | "givenBack">,
): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Contact" WHERE id = ${ownerId}::uuid FOR NO KEY UPDATE`;
  const owner = await sessionIn(context, tx, ownerId);
  if (owner === undefined) return;
  const back: Session = { ...owner, ...left, counter: Math.max(counter, owner.counter) };
  await tx.contact.update({
    where: { id: ownerId },
    data: { session: context.sealer.seal(sessionOf(ownerId), back), version: { increment: 1 } },
  });
}

async function sessionIn({ sealer }: Context, tx: Tx, id: string): Promise<Session | undefined> {
  const contact = await tx.contact.findUnique({ where: { id }, select: { session: true } });
  return contact?.session ? sealer.open(sessionOf(id), contact.session, session) : undefined;
}
