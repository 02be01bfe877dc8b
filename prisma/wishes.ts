import type { Effect } from "../core/effects.ts";
import type { Kind } from "../core/reminders/kinds.ts";
import { ABOUT_CHANNEL, type DayPart, type Wishes } from "../core/reminders/wishes.ts";
import { callBack } from "./call-back.ts";
import { hasWithdrawn, note } from "./consents.ts";
import type { Context } from "./context.ts";
import type { Prisma, ReminderHours } from "./generated/client.ts";
import { addressAt, reminderOf } from "./places.ts";
import { address } from "./shapes.ts";

type Tx = Prisma.TransactionClient;
type Of<K extends Effect["kind"]> = Extract<Effect, { kind: K }>;

const STORED = {
  any: "ANY",
  morning: "MORNING",
  afternoon: "AFTERNOON",
  evening: "EVENING",
} as const satisfies Record<DayPart, ReminderHours>;

/** At which hours a contact wants to be reminded. */
export const HOURS = {
  ANY: "any",
  MORNING: "morning",
  AFTERNOON: "afternoon",
  EVENING: "evening",
} as const satisfies Record<ReminderHours, DayPart>;

/** Not told yet, or to be told again and again. */
const pending = { sentAt: null } satisfies Prisma.ReminderWhereInput;

export async function findWishes(context: Context, contactId: string): Promise<Wishes> {
  const { edition, database } = context;
  const { hours, comune, addresses, reminders } = await database.prisma.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: {
      hours: true,
      comune: true,
      addresses: { where: { unreachableAt: null }, select: { channel: true }, orderBy: { channel: "asc" } },
      reminders: { where: { ...pending, edition }, orderBy: { createdAt: "asc" } },
    },
  });
  const chat = reminders.at(-1)?.channel;
  return {
    of: reminders.map(({ phase }) => phase),
    hours: HOURS[hours],
    ...(comune !== null && { comune }),
    ...(chat !== undefined && { chat }),
    chats: [...new Set(addresses.map(({ channel }) => channel))],
    withdrawn: await hasWithdrawn(context, database.prisma, contactId),
  };
}

/** Wishing twice is wishing once, for the chat of the last time. */
export async function remind(
  context: Context,
  tx: Tx,
  contactId: string,
  { of: phase, channel, address, said }: Of<"remind">,
): Promise<void> {
  const { edition, sealer } = context;
  const where = { contactId_edition_phase: { contactId, edition, phase } };
  const sealed = sealer.seal(reminderOf(contactId, edition, phase), address);
  const before = await tx.reminder.findUnique({ where, select: { channel: true } });
  await tx.reminder.upsert({
    where,
    create: { contactId, edition, phase, channel, sealed },
    update: { channel, sealed },
  });
  if (before?.channel !== channel) await note(context, tx, contactId, "GIVEN", { of: phase, channel, said });
}

/**
 * Whoever wants no more reminders at all wants none of other editions either. Saying so twice is noted once.
 */
export async function forgetReminders(
  context: Context,
  tx: Tx,
  contactId: string,
  { of, channel, said }: Of<"forgetReminders">,
): Promise<void> {
  // What is on its way first: whoever learns that an address cannot be reached locks in this order too.
  await callBack(tx, { contactId }, "withdrawn");
  const where = of === undefined ? { contactId } : { contactId, edition: context.edition, phase: of };
  const isSaidAlready = of !== undefined || (await hasWithdrawn(context, tx, contactId));
  const { count } = await tx.reminder.deleteMany({ where });
  if (count > 0 || !isSaidAlready) await note(context, tx, contactId, "WITHDRAWN", { of, channel, said });
}

export async function preferReminders(
  context: Context,
  tx: Tx,
  contactId: string,
  { hours, comune, chat, channel, said }: Of<"preferReminders">,
): Promise<void> {
  const noted = (act: "GIVEN" | "WITHDRAWN", of: string) =>
    note(context, tx, contactId, act, { of, channel, said });
  if (hours !== undefined) {
    await tx.contact.update({ where: { id: contactId }, data: { hours: STORED[hours] } });
    await noted("GIVEN", "hours");
  }
  if (comune !== undefined) {
    await tx.contact.update({ where: { id: contactId }, data: { comune } });
    await noted(comune === null ? "WITHDRAWN" : "GIVEN", "comune");
  }
  if (chat !== undefined && (await moveTo(context, tx, contactId, chat))) await noted("GIVEN", "chat");
}

/** Lets all that is wished come to another chat of the same person: the one they used last on that channel. */
async function moveTo({ sealer }: Context, tx: Tx, contactId: string, channel: string): Promise<boolean> {
  const [to] = await tx.address.findMany({
    where: { contactId, channel, unreachableAt: null },
    orderBy: { heardAt: { sort: "desc", nulls: "last" } },
    take: 1,
  });
  if (to === undefined) return false;
  const content = sealer.open(addressAt(to.lookup), to.sealed, address);
  for (const { edition, phase } of await tx.reminder.findMany({ where: { ...pending, contactId } })) {
    const sealed = sealer.seal(reminderOf(contactId, edition, phase), content);
    const where = { contactId_edition_phase: { contactId, edition, phase } };
    await tx.reminder.update({ where, data: { channel, sealed } });
  }
  return true;
}

export async function noteVoted(
  { edition }: Context,
  tx: Tx,
  contactId: string,
  { voted }: Of<"noteVoted">,
): Promise<void> {
  await tx.contact.update({ where: { id: contactId }, data: { votedIn: voted ? edition : null } });
}

/** The chat in which somebody wants to be told of something; `undefined` where they do not. */
export async function chatFor(
  { edition }: Context,
  tx: Tx,
  contactId: string,
  phase: Kind,
): Promise<string | undefined> {
  const where = { contactId_edition_phase: { contactId, edition, phase } };
  return (await tx.reminder.findUnique({ where, select: { channel: true } }))?.channel;
}

/**
 * For two contacts that turned out to be one person, and whose wishes are one's now: what one of them withdrew
 * later than the other wished it is wished no more. What is about a channel takes nothing on another.
 */
export async function moveConsents(tx: Tx, to: string, from: string): Promise<void> {
  await tx.consent.updateMany({ where: { contactId: from }, data: { contactId: to } });
  const dropped = await tx.$executeRaw`
    DELETE FROM "Reminder" reminder USING "Consent" consent
    WHERE reminder."contactId" = ${to}::uuid AND consent."contactId" = ${to}::uuid
      AND consent.act = 'WITHDRAWN' AND consent.at > reminder."createdAt"
      AND (consent.of IS NULL OR consent.of = reminder.phase AND consent.edition = reminder.edition)
      AND (consent.by <> ALL(${[...ABOUT_CHANNEL]}) OR consent.channel = reminder.channel)`;
  if (dropped > 0) await callBack(tx, { contactId: to }, "withdrawn");
  await tx.$executeRaw`
    UPDATE "Contact" kept
    SET hours = CASE WHEN kept.hours = 'ANY' THEN other.hours ELSE kept.hours END,
        comune = COALESCE(kept.comune, other.comune), "votedIn" = COALESCE(kept."votedIn", other."votedIn")
    FROM "Contact" other WHERE kept.id = ${to}::uuid AND other.id = ${from}::uuid`;
}
