import type { TestChats } from "../../core/campaigns/ports.ts";
import type { Effect } from "../../core/effects.ts";
import { session } from "../../core/engine/session.ts";
import { lentBy } from "../assisted/lent.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { lookupTest, outboxTo, sessionOf, testCodeAt } from "../places.ts";
import { address } from "../shapes.ts";

/** Keeps a code for a chat, in the place of those that its contact had. Within the transaction of the turn. */
export async function offerTest(
  { sealer }: Context,
  tx: Prisma.TransactionClient,
  contactId: string,
  { code, channel, address: to, until }: Extract<Effect, { kind: "offerTest" }>,
): Promise<void> {
  const lookup = lookupTest(sealer, code);
  await tx.testCode.deleteMany({ where: { contactId } });
  await tx.testCode.create({
    data: {
      ...{ lookup, contactId, channel, until: new Date(until) },
      sealed: sealer.seal(testCodeAt(lookup), to),
    },
  });
}

export function createTestChats({ database: { prisma }, sealer }: Context): TestChats {
  return {
    async send(code, compose) {
      const lookup = lookupTest(sealer, code);
      return prisma.$transaction(async (tx) => {
        const chat = await tx.testCode.findUnique({
          where: { lookup, until: { gt: new Date() } },
          include: { contact: { select: { session: true } } },
        });
        if (chat === null || chat.contact.session === null) return undefined;
        const { contactId, channel } = chat;
        const to = sealer.open(testCodeAt(lookup), chat.sealed, address);
        const { language } = sealer.open(sessionOf(contactId), chat.contact.session, session);
        const place = sealer.lookup("address", channel, to);
        const message = compose(channel, language);
        const lent = await lentBy(tx, contactId);
        await tx.outbox.create({
          data: {
            ...{ contactId, channel, lookup: place, kind: "NOTICE" },
            // Not while the chat is a guest's.
            notBefore: lent.find((one) => one.channel === channel)?.until ?? null,
            sealed: sealer.seal(outboxTo(place), { address: to, message }),
          },
        });
        return { channel, language };
      });
    },
  };
}
