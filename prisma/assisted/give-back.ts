import type { EndedBy, Over } from "../../core/assisted/ports.ts";
import type { Prisma } from "../generated/client.ts";

type Tx = Prisma.TransactionClient;

/** A session that is over now, and whose chat it was lent from. */
export interface Ended extends Over {
  readonly ownerId: string;
}

/**
 * Ends a guest's session, once: the addresses are the owner's again, with what is known of deliveries, so that
 * one that comes twice is not taken for the facilitator's words. What waits unanswered of the guest is emptied.
 *
 * @param left what the session has come to, and who keeps a draft that can still be taken up by a code
 * @returns `undefined` where it was ended before
 */
export async function giveBack(
  tx: Tx,
  guestId: string,
  by: EndedBy,
  left: { readonly done: readonly string[]; readonly heirId?: string },
): Promise<Ended | undefined> {
  const endedAt = new Date();
  const going = await tx.assistedSession.findFirst({ where: { guestId, endedAt: null } });
  if (!going?.ownerId || going.channel === null) return undefined;
  const { ownerId, channel, until } = going;
  const done = [...left.done];
  const { count } = await tx.assistedSession.updateMany({
    where: { id: going.id, endedAt: null },
    data: {
      ...{ endedAt, endedBy: by, done, ownerId: null, channel: null },
      // While a draft can be taken up there is somebody to be forgotten later.
      guestId: left.heirId ?? null,
    },
  });
  if (count === 0) return undefined;
  await tx.address.updateMany({ where: { contactId: guestId }, data: { contactId: ownerId } });
  const toOwner = { contactId: ownerId, sealed: null };
  await tx.inbox.updateMany({
    where: { contactId: guestId, state: "PENDING" },
    data: { ...toOwner, state: "DONE", handledAt: endedAt },
  });
  await tx.inbox.updateMany({ where: { contactId: guestId }, data: toOwner });
  await tx.outbox.updateMany({
    where: { contactId: ownerId, channel, state: "READY", notBefore: until },
    data: { notBefore: null },
  });
  await clearOutbox(tx, guestId, ownerId, channel);
  await forget(tx, guestId);
  return { ownerId, channel, done };
}

/**
 * What waits to be said to the guest is not said to who holds the phone next. What is in a process's hands
 * goes, under nobody's name; so do copies by e-mail. What this very transaction says is the goodbye.
 */
async function clearOutbox(tx: Tx, guestId: string, ownerId: string, channel: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Outbox" SET "contactId" = ${ownerId}::uuid
    WHERE "contactId" = ${guestId}::uuid AND channel = ${channel} AND state = 'READY'
      AND "createdAt" >= now()::timestamptz(3)`;
  await tx.outbox.updateMany({
    where: {
      contactId: guestId,
      OR: [{ state: "SENDING" }, { state: "READY", channel: { not: channel }, kind: { not: "CODE" } }],
    },
    data: { contactId: null },
  });
  await tx.outbox.deleteMany({ where: { contactId: guestId } });
}

/**
 * Forgets a guest. What they sent stays the Union's, with who sent it: it can write to them, and nobody can
 * reach it from a chat.
 */
async function forget(tx: Tx, guestId: string): Promise<void> {
  const where = { contactId: guestId };
  await tx.proposal.deleteMany({ where: { ...where, state: "WITHDRAWN" } });
  await tx.proposal.updateMany({ where, data: { contactId: null } });
  await tx.cityUser.updateMany({ where, data: { contactId: null } });
  await tx.contact.delete({ where: { id: guestId } });
}

/** Locks a guest against everything that is being written for it: what comes second finds it gone. */
export async function lockGuest(tx: Tx, guestId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Contact" WHERE id = ${guestId}::uuid FOR UPDATE`;
}

/** Ends the sessions of an owner who is about to be forgotten, and what their guests had begun with them. */
export async function endForErasure(tx: Tx, ownerId: string): Promise<void> {
  const going = await tx.assistedSession.findMany({ where: { ownerId, endedAt: null } });
  for (const { guestId } of going) {
    if (guestId === null) continue;
    await lockGuest(tx, guestId);
    await giveBack(tx, guestId, "facilitator", { done: [] });
  }
}
