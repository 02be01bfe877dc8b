import type { Consents } from "../core/ports.ts";
import type { ConsentGiven, PlatformSignal, Said } from "../core/reminders/wishes.ts";
import { callBack } from "./call-back.ts";
import type { Context } from "./context.ts";
import { gaveWay } from "./gave-way.ts";
import type { ConsentAct, Prisma } from "./generated/client.ts";
import { persist } from "./hot.ts";
import { lookupAddress } from "./places.ts";

type Tx = Prisma.TransactionClient;

/** What is said to be wanted, or wanted no more, of reminders or of how they come. */
export interface Declared {
  /** A kind, an occasion or a preference; absent: everything. */
  readonly of?: string | undefined;
  readonly channel: string;
  readonly said: Said;
}

/** Keeps the proof that somebody wants something, or wants it no more. */
export async function note(
  { edition }: Context,
  tx: Tx,
  contactId: string,
  act: ConsentAct,
  { of, channel, said }: Declared,
): Promise<void> {
  await tx.consent.create({
    data: { contactId, edition, act, channel, by: said.by, of: of ?? null, words: said.words ?? null },
  });
}

/** What is kept under these names tells how somebody wants to be reminded, not of what. */
const PREFERENCES: readonly string[] = ["hours", "comune", "chat"];

/** Whether what was said last of reminders, by the person or their platform, is that they are wanted no more. */
export async function hasWithdrawn({ edition }: Context, tx: Tx, contactId: string): Promise<boolean> {
  const last = await tx.consent.findFirst({
    where: { contactId, edition, OR: [{ of: null }, { of: { notIn: [...PREFERENCES] } }] },
    orderBy: { id: "desc" },
    select: { act: true },
  });
  if (last?.act !== "WITHDRAWN") return false;
  return (await tx.reminder.count({ where: { contactId, edition, sentAt: null } })) === 0;
}

type Row = Prisma.ConsentGetPayload<object>;

/** As it is shown to the person it is about. */
export const consentOf = ({ of, act, by, words, channel, at }: Row): ConsentGiven => ({
  ...(of !== null && { of }),
  act: act === "GIVEN" ? "given" : "withdrawn",
  by,
  ...(words !== null && { words }),
  channel,
  on: at.toISOString().slice(0, 10),
});

const UNREACHABLE: PlatformSignal = "unreachable";

/**
 * For a statement that learns of addresses that cannot be reached: what was wanted there is wanted no more, and
 * it is noted. Locks reminders after the outbox, as whoever says «stop» does.
 *
 * @param told the name of a query with `channel`, `lookup` and `unreachable`
 */
export const withdrawUnreachable = (told: string): string => `unwanted AS (
      DELETE FROM "Reminder" reminder USING ${told} told, "Address" address
      WHERE told.unreachable AND address.channel = told.channel AND address.lookup = told.lookup
        AND reminder."contactId" = address."contactId" AND reminder.channel = address.channel
      RETURNING reminder."contactId", reminder.edition, reminder.channel
    ), withdrawn AS (
      INSERT INTO "Consent" ("contactId", edition, act, by, channel)
      SELECT DISTINCT "contactId", edition, 'WITHDRAWN'::"ConsentAct", '${UNREACHABLE}', channel FROM unwanted
    )`;

export function createConsents(context: Context): Consents {
  const { database, sealer } = context;
  return {
    withdraw(channel, addresses, by) {
      const lookups = addresses.map((address) => lookupAddress(sealer, channel, address));
      const withdraw = async (tx: Tx): Promise<void> => {
        if (by !== "unsubscribed") await noteUnreachable(tx, channel, lookups);
        // Whoever feeds campaigns holds contacts still meanwhile: what they wrote is called back below.
        const people = await tx.$queryRaw<{ id: string }[]>`
          SELECT id::text FROM "Contact" WHERE id IN (
            SELECT "contactId" FROM "Address" WHERE channel = ${channel} AND lookup = ANY(${lookups}))
          ORDER BY id FOR NO KEY UPDATE`;
        for (const { id } of people) await withdrawOn(context, tx, id, { channel, said: { by } });
      };
      // Sends that fail at the same moment lock some of it in another order.
      return persist(() => database.prisma.$transaction(withdraw), gaveWay);
    },
  };
}

async function noteUnreachable(tx: Tx, channel: string, lookups: readonly Prisma.Bytes[]): Promise<void> {
  await tx.address.updateMany({
    where: { channel, lookup: { in: [...lookups] }, unreachableAt: null },
    data: { unreachableAt: new Date() },
  });
}

/** What somebody wanted on one channel they want no more; where that is nothing, nothing is noted. */
export async function withdrawOn(
  context: Context,
  tx: Tx,
  contactId: string,
  { channel, said }: Omit<Declared, "of">,
): Promise<void> {
  if ((await tx.reminder.count({ where: { contactId, channel } })) === 0) return;
  await callBack(tx, { contactId }, said.by);
  await tx.reminder.deleteMany({ where: { contactId, channel } });
  await note(context, tx, contactId, "WITHDRAWN", { channel, said });
}
