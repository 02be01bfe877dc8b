import type { Context } from "./context.ts";
import type { Tx } from "./merge.ts";
import { lookupAddress, outboxTo, reminderOf } from "./places.ts";
import { UnreadableError } from "./seal.ts";
import { address, outgoing } from "./shapes.ts";

/** Lets what waits to be sent to an old address go to the new one; what is on its way is left alone. */
export async function readdress(
  { sealer }: Context,
  tx: Tx,
  {
    contactId,
    channel,
    from,
    to,
  }: { readonly contactId: string; readonly channel: string; readonly from: string; readonly to: string },
): Promise<void> {
  const oldLookup = lookupAddress(sealer, channel, from);
  const lookup = lookupAddress(sealer, channel, to);
  const waiting = await tx.outbox.findMany({
    where: { contactId, channel, lookup: oldLookup, state: "READY" },
    select: { id: true, sealed: true },
  });
  for (const { id, sealed: before } of waiting) {
    const content = before && readable(() => sealer.open(outboxTo(oldLookup), before, outgoing));
    if (!content) continue;
    const sealed = sealer.seal(outboxTo(lookup), { ...content, address: to });
    await tx.outbox.updateMany({ where: { id, state: "READY" }, data: { lookup, sealed } });
  }
  const wishes = await tx.reminder.findMany({ where: { contactId, channel, sentAt: null } });
  for (const { edition, phase, sealed: before } of wishes) {
    const place = reminderOf(contactId, edition, phase);
    if (readable(() => sealer.open(place, before, address)) !== from) continue;
    const where = { contactId_edition_phase: { contactId, edition, phase } };
    await tx.reminder.update({ where, data: { sealed: sealer.seal(place, to) } });
  }
}

/** What cannot be read stays as it is: whoever sends it will say so. */
function readable<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof UnreadableError) return undefined;
    throw error;
  }
}
