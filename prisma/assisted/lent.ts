import type { Prisma } from "../generated/client.ts";

type Tx = Pick<Prisma.TransactionClient, "assistedSession">;

/** A chat that is a guest's just now. */
export interface Lent {
  readonly guestId: string;
  readonly channel: string;
  readonly until: Date;
}

/** The chats of a contact that are guests' just now: what is to be told there waits until they are its own again. */
export async function lentBy(tx: Tx, ownerId: string): Promise<readonly Lent[]> {
  const going = await tx.assistedSession.findMany({
    where: { ownerId, endedAt: null },
    select: { guestId: true, channel: true, until: true },
  });
  return going.flatMap(({ guestId, channel, until }) =>
    guestId === null || channel === null ? [] : [{ guestId, channel, until }],
  );
}

/** Whether a contact is a guest: where they write from is somebody else's. */
export const isGuest = async (tx: Tx, contactId: string): Promise<boolean> =>
  (await tx.assistedSession.count({ where: { guestId: contactId } })) > 0;
