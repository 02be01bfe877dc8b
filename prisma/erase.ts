import { endForErasure } from "./assisted/give-back.ts";
import { forgetAccompanying } from "./facilitators/forget.ts";
import type { Prisma } from "./generated/client.ts";

/**
 * Forgets a contact. What hangs on it goes with it: addresses, messages, reminders, offers.
 *
 * Replies that are on their way still go, under nobody's name, and are emptied once they are sent.
 * Of proposals that were sent and not withdrawn the text stays, which is public. Who was put on the
 * register of city users stays on the roll, with what they declared, until it is destroyed after the
 * time for appeals; a request that waits, or was refused, goes.
 */
export async function erase(tx: Prisma.TransactionClient, contactId: string): Promise<void> {
  await endForErasure(tx, contactId);
  await forgetAccompanying(tx, contactId);
  await tx.outbox.updateMany({
    where: { contactId, kind: "REPLY", state: { in: ["READY", "SENDING"] } },
    data: { contactId: null },
  });
  await tx.outbox.deleteMany({ where: { contactId } });
  await tx.proposal.deleteMany({ where: { contactId, state: "WITHDRAWN" } });
  await tx.proposal.updateMany({ where: { contactId }, data: { contactId: null, proponent: null } });
  await tx.cityUser.deleteMany({ where: { contactId, state: { not: "ENABLED" } } });
  await tx.contact.delete({ where: { id: contactId } });
}
