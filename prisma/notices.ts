import type { Notice } from "../core/desk.ts";
import { session } from "../core/engine/session.ts";
import { inApproved } from "./approved.ts";
import { lentBy } from "./assisted/lent.ts";
import type { Context } from "./context.ts";
import type { Prisma } from "./generated/client.ts";
import { addressAt, lookupAddress, outboxTo, sessionOf } from "./places.ts";
import { address, outgoing } from "./shapes.ts";

/**
 * Writes a notice to somebody, in their language, in the chat that they used last and that can be
 * reached. Within the transaction of what it tells of.
 *
 * @param preferred the channel on which they want to be told, where it is not simply the last
 * @returns whether there is such a chat
 */
export async function tell(
  context: Context,
  tx: Prisma.TransactionClient,
  contactId: string,
  notice: Notice,
  preferred?: string,
): Promise<boolean> {
  const { sealer } = context;
  const contact = await tx.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: { session: true, addresses: { where: { unreachableAt: null } } },
  });
  // `heardAt` is written once an hour at most: the last message tells two chats of one hour apart.
  const last = await tx.inbox.findFirst({
    where: { contactId },
    orderBy: { id: "desc" },
    select: { channel: true },
  });
  const lent = await lentBy(tx, contactId);
  const elsewhere = await tx.address.findMany({
    where: { contactId: { in: lent.map(({ guestId }) => guestId) }, unreachableAt: null },
  });
  const [chat] = [...contact.addresses, ...elsewhere].sort(
    (a, b) =>
      Number(b.channel === preferred) - Number(a.channel === preferred) ||
      Number(b.channel === last?.channel) - Number(a.channel === last?.channel) ||
      (b.heardAt?.getTime() ?? 0) - (a.heardAt?.getTime() ?? 0),
  );
  if (chat === undefined || contact.session === null) return false;
  const { channel } = chat;
  const to = sealer.open(addressAt(chat.lookup), chat.sealed, address);
  const { language } = sealer.open(sessionOf(contactId), contact.session, session);
  const message = await inApproved(context, tx, notice, language);
  const lookup = lookupAddress(sealer, channel, to);
  const sealed = sealer.seal(outboxTo(lookup), outgoing.parse({ address: to, message }));
  // What is for a facilitator is not seen by who has their chat meanwhile.
  const notBefore = lent.find(({ guestId }) => guestId === chat.contactId)?.until ?? null;
  await tx.outbox.create({ data: { contactId, channel, lookup, kind: "NOTICE", sealed, notBefore } });
  return true;
}
