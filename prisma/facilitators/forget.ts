import type { Prisma } from "../generated/client.ts";
import { closeHandOvers } from "./ending.ts";
import { goingOn, staleBefore } from "./shapes.ts";

type Tx = Prisma.TransactionClient;

/**
 * Ends what somebody who is being erased had to do with accompanying. As a facilitator their name goes, and
 * numbers stay; whom they accompanied is told nothing, and is seen by nobody. Where they were accompanied
 * themselves, that there was somebody stays as a number.
 */
export async function forgetAccompanying(tx: Tx, contactId: string): Promise<void> {
  const theirs = { OR: [{ contactId }, { facilitator: { contactId } }] };
  const now = new Date();
  await closeHandOvers(tx, theirs);
  await tx.accompaniment.updateMany({
    where: { ...goingOn, contactId },
    data: { endedAt: now, endedBy: "person" },
  });
  await tx.accompaniment.updateMany({
    where: { facilitator: { contactId }, finishedAt: null, endedAt: null },
    data: { endedAt: now, endedBy: "facilitator" },
  });
  await tx.facilitator.updateMany({ where: { contactId, stoppedAt: null }, data: { stoppedAt: now } });
  await tx.facilitator.updateMany({ where: { contactId }, data: { sealed: null } });
}

/**
 * Joins what two contacts who are one and the same person had to do with accompanying. Whose conversation is
 * not kept is accompanied no more; nobody accompanies themselves.
 */
export async function moveAccompanying(tx: Tx, from: string, to: string): Promise<void> {
  const now = new Date();
  await closeHandOvers(tx, { contactId: from });
  await tx.accompaniment.updateMany({
    where: { ...goingOn, contactId: from },
    data: { endedAt: now, endedBy: "person" },
  });
  await tx.accompaniment.updateMany({ where: { contactId: from }, data: { contactId: to } });
  const [kept, left] = await Promise.all(
    [to, from].map((contactId) => tx.facilitator.findUnique({ where: { contactId } })),
  );
  if (left && kept) await tx.facilitator.update({ where: { id: left.id }, data: { contactId: null } });
  else if (left) await tx.facilitator.update({ where: { id: left.id }, data: { contactId: to } });
  if (left && kept) {
    const data = { facilitatorId: kept.id };
    await tx.accompaniment.updateMany({ where: { facilitatorId: left.id }, data });
    await tx.facilitator.updateMany({
      where: { id: left.id, stoppedAt: null },
      data: { stoppedAt: now },
    });
  }
  const themselves = { contactId: to, facilitator: { contactId: to } };
  await closeHandOvers(tx, themselves);
  await tx.accompaniment.updateMany({
    where: { ...goingOn, ...themselves },
    data: { endedAt: now, endedBy: "person" },
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long it is known whom a facilitator accompanied once that is over, and which links nobody used. */
const KEPT_DAYS = 30;

/** Forgets what has served its time; numbers stay. */
export async function purgeAccompanying(tx: Tx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  await tx.handOver.updateMany({
    where: { closedAt: null, createdAt: { lt: staleBefore(now) } },
    data: { closedAt: now, sealed: null },
  });
  await tx.handOver.deleteMany({ where: { closedAt: { lt: before } } });
  await tx.accompaniment.deleteMany({ where: { consentedAt: null, until: { lt: before } } });
  await tx.accompaniment.updateMany({
    where: { contactId: { not: null }, OR: [{ finishedAt: { lt: before } }, { endedAt: { lt: before } }] },
    data: { contactId: null },
  });
  await tx.facilitator.deleteMany({ where: { joinedAt: null, until: { lt: before } } });
}
