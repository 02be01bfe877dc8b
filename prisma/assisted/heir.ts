import { newSession, type Session } from "../../core/engine/session.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { moveCoDesigning } from "../merge.ts";
import { sessionOf } from "../places.ts";
import { moveQuestionnaires } from "../questionnaires.ts";

/** Who keeps what hangs on a contact when a guest is no more: with neither address nor conversation. */
export interface Heir {
  readonly id: string;
  /** Whether a draft waits there to be taken up by its code. */
  readonly keepsDraft: boolean;
}

/**
 * Hands over what a guest wanted to stay: drafts that are offered by a code, for as long as it is good, and
 * what they work on or answered by name, until the edition's retention. The guest itself is always deleted, so
 * that a message which is being stored for it in that moment finds whose the chat is now.
 *
 * @returns `undefined` where there is nothing of that
 */
export async function bequeath(
  context: Context,
  tx: Prisma.TransactionClient,
  guestId: string,
  left: Session,
): Promise<Heir | undefined> {
  const where = { contactId: guestId };
  const offered = await tx.offeredDraft.findMany({
    where: { ...where, until: { gt: new Date() } },
    select: { frame: true },
  });
  const frames = new Set(offered.map(({ frame }) => frame));
  const parked = [...left.active, ...left.parked].filter(({ id }) => frames.has(id));
  const named = await tx.questionnaireAnswer.count({ where: { ...where, sealed: { not: null } } });
  const works = await tx.coDesigner.count({ where });
  if (parked.length + named + works === 0) return undefined;
  const { id } = await tx.contact.create({ data: {} });
  if (parked.length > 0) {
    const session = context.sealer.seal(sessionOf(id), { ...newSession(left.language), parked });
    await tx.contact.update({ where: { id }, data: { session } });
    await tx.offeredDraft.updateMany({ where, data: { contactId: id } });
  }
  await tx.questionnaireAnswer.deleteMany({ where: { ...where, sealed: null } });
  await moveQuestionnaires(context, tx, guestId, id);
  await moveCoDesigning(context, tx, guestId, id);
  return { id, keepsDraft: parked.length > 0 };
}

/** Forgets the drafts that nobody took up in time; and the heir, where it kept nothing else. */
export async function forgetDrafts(tx: Prisma.TransactionClient, heirId: string): Promise<void> {
  await tx.assistedSession.updateMany({ where: { guestId: heirId }, data: { guestId: null } });
  await tx.offeredDraft.deleteMany({ where: { contactId: heirId } });
  await tx.contact.updateMany({
    where: { id: heirId },
    data: { session: null, version: { increment: 1 } },
  });
  await tx.contact.deleteMany({
    where: { id: heirId, coDesigning: { none: {} }, answered: { none: {} } },
  });
}
