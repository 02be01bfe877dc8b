import type { Message } from "../core/engine/message.ts";
import { type Session, session } from "../core/engine/session.ts";
import type { Context } from "./context.ts";
import { lookupAddress, outboxTo, reminderOf, sessionOf } from "./places.ts";
import { address, outgoing } from "./shapes.ts";

/** A wish to be told, whose time has come. */
export interface DueReminder {
  readonly contactId: string;
  /** What of, by its name: a phase's id, or `event-<id>`. */
  readonly of: string;
  readonly channel: string;
  /** What is remembered of the contact's conversation: its language. */
  readonly session: Session | null;
}

export interface Reminders {
  /**
   * Turns wishes about what is due into notices to be sent; each wish once, whoever
   * runs this and however often. An address that cannot be reached is passed over.
   *
   * @param due the names of what people are told of now
   * @param compose makes the message; it is called while a transaction is open, so it does no I/O
   * @returns how many wishes were dealt with; fewer than `limit` when none is left
   */
  send(due: readonly string[], compose: (reminder: DueReminder) => Message, limit?: number): Promise<number>;
}

export function createReminders({ database: { prisma }, sealer, edition }: Context): Reminders {
  return {
    send(names, compose, limit = 100) {
      return prisma.$transaction(async (tx) => {
        const due = await tx.$queryRaw<{ contactId: string; phase: string }[]>`
          SELECT "contactId"::text, phase FROM "Reminder"
          WHERE edition = ${edition} AND phase = ANY(${[...names]}) AND "sentAt" IS NULL
          ORDER BY "createdAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
        for (const { contactId, phase } of due) {
          const where = { contactId_edition_phase: { contactId, edition, phase } };
          const wish = await tx.reminder.update({
            where,
            data: { sentAt: new Date() },
            include: { contact: { select: { session: true } } },
          });
          const to = sealer.open(reminderOf(contactId, edition, phase), wish.sealed, address);
          const { channel } = wish;
          const lookup = lookupAddress(sealer, channel, to);
          const known = await tx.address.findUnique({ where: { channel_lookup: { channel, lookup } } });
          if (known?.unreachableAt) continue;
          const kept = wish.contact.session;
          const remembered = kept === null ? null : sealer.open(sessionOf(contactId), kept, session);
          const message = compose({ contactId, of: phase, channel, session: remembered });
          const sealed = sealer.seal(outboxTo(lookup), outgoing.parse({ address: to, message }));
          await tx.outbox.create({ data: { contactId, channel, lookup, kind: "NOTICE", sealed } });
        }
        return due.length;
      });
    },
  };
}
