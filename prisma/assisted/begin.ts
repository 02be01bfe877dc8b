import { randomUUID } from "node:crypto";
import type { AssistedEffect } from "../../core/assisted/ports.ts";
import { Defect } from "../../core/defect.ts";
import { newSession, type Session, session } from "../../core/engine/session.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { ImpossibleError } from "../impossible.ts";
import { sessionOf } from "../places.ts";
import { lentBy } from "./lent.ts";

type Begin = Extract<AssistedEffect, { kind: "beginAssisted" }>;

/**
 * Gives a facilitator's chat to a guest, within the transaction of the turn that said so: from then on what
 * comes from its addresses is the guest's. Messages that were stored before stay the facilitator's.
 *
 * @throws {ImpossibleError} where this contact is no facilitator any more, or the chat is a guest's already
 */
export async function beginAssisted(
  context: Context,
  tx: Prisma.TransactionClient,
  ownerId: string,
  { channel, reason, until: untilText }: Begin,
): Promise<void> {
  const { edition } = context;
  const until = new Date(untilText);
  // Held against whoever stops them: either this is not begun, or the stop finds it.
  const [facilitator] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM "Facilitator"
    WHERE "contactId" = ${ownerId}::uuid AND edition = ${edition}
      AND "joinedAt" IS NOT NULL AND "stoppedAt" IS NULL
    FOR SHARE`;
  if (facilitator === undefined) throw new ImpossibleError("This contact is no facilitator any more.");
  const guestId = randomUUID();
  const sealed = await guestSession(context, tx, ownerId, guestId, untilText);
  await tx.contact.create({ data: { id: guestId, session: sealed } });
  const { count } = await tx.address.updateMany({
    where: { contactId: ownerId, channel },
    data: { contactId: guestId },
  });
  if (count === 0) {
    const isLent = (await lentBy(tx, ownerId)).some((one) => one.channel === channel);
    throw isLent
      ? new ImpossibleError("The chat is a guest's already.")
      : new Defect("A chat without an address cannot be lent.");
  }
  await tx.assistedSession.create({
    data: { edition, facilitatorId: facilitator.id, channel, ownerId, guestId, reason, until },
  });
  await tx.outbox.updateMany({
    where: {
      contactId: ownerId,
      channel,
      kind: "NOTICE",
      state: "READY",
      OR: [{ notBefore: null }, { notBefore: { lt: until } }],
    },
    data: { notBefore: until },
  });
}

/**
 * A guest is met as anybody who writes for the first time, simply. What is on the screen stays to be pressed;
 * numbers go on where the facilitator's are, so that no old button fits a question of the guest's.
 */
async function guestSession(
  { sealer }: Context,
  tx: Prisma.TransactionClient,
  ownerId: string,
  guestId: string,
  until: string,
) {
  const owner = await tx.contact.findUniqueOrThrow({ where: { id: ownerId }, select: { session: true } });
  if (owner.session === null) throw new ImpossibleError("The facilitator has no conversation.");
  const { language, counter, screen, profile } = sealer.open(sessionOf(ownerId), owner.session, session);
  const guest: Session = {
    ...newSession(language),
    ...{ counter, screen },
    profile: { simple: true, numbers: profile?.numbers ?? false },
    assisted: { until, language, done: [] },
  };
  return sealer.seal(sessionOf(guestId), guest);
}
