import { randomUUID } from "node:crypto";
import type { Message } from "../../core/engine/message.ts";
import type { Database } from "../../prisma/client.ts";
import type { Prisma } from "../../prisma/generated/client.ts";
import { addressAt, lookupAddress, outboxTo, reminderOf, sessionOf } from "../../prisma/places.ts";
import type { Sealer } from "../../prisma/seal.ts";
import { newSession } from "../support/stores.ts";
import { type Member, memberOf, platforms } from "./crowd.ts";
import type { Place } from "./run.ts";
import { TEMPLATE, TEXT } from "./written-campaign.ts";

const HOUR_MS = 3_600_000;
/** Rows that are written at once. */
const BATCH = 1_000;

/** Somebody who is known to the assistant. */
export interface Known extends Member {
  readonly contactId: string;
}

/**
 * Puts everybody into the store, as people who have written before and wish for a kind of reminders.
 *
 * @param perPlatform how many there are on each platform
 */
export async function settlePeople(
  { prisma }: Database,
  sealer: Sealer,
  perPlatform: number,
  wish: { readonly edition: string; readonly kind: string },
): Promise<readonly Known[]> {
  const members = platforms.flatMap((platform) =>
    Array.from({ length: perPlatform }, (_, nth) => memberOf(platform, nth)),
  );
  const people = members.map((member) => ({ ...member, contactId: randomUUID() }));
  for (const some of batchesOf(people)) {
    await prisma.contact.createMany({
      data: some.map(({ contactId: id }) => ({
        id,
        session: sealer.seal(sessionOf(id), newSession()),
      })),
    });
    await prisma.address.createMany({ data: some.flatMap((person) => addressesOf(sealer, person)) });
    await prisma.reminder.createMany({ data: some.map((person) => wishOf(sealer, person, wish)) });
  }
  return people;
}

/** Puts the campaign's message to everybody into the outbox at once. */
export async function queueForAll({ database: { prisma }, sealer, people }: Place): Promise<void> {
  const message: Message = {
    text: TEXT,
    choices: [{ data: "go.menu", label: "Menu" }],
    template: { name: TEMPLATE, language: "it", parameters: [TEXT] },
  };
  for (const some of batchesOf(people))
    await prisma.outbox.createMany({
      data: some.map(({ contactId, platform: channel, address }) => {
        const lookup = lookupAddress(sealer, channel, address);
        const sealed = sealer.seal(outboxTo(lookup), { address, message });
        return { contactId, channel, lookup, kind: "NOTICE", sealed, campaign: "bench" };
      }),
    });
}

function addressesOf(
  sealer: Sealer,
  { contactId, platform: channel, address, alias, wroteToday }: Known,
): readonly Prisma.AddressCreateManyInput[] {
  const heardAt = new Date(Date.now() - (wroteToday ? 2 : 72) * HOUR_MS);
  const row = (id: string, lasting: boolean) => {
    const lookup = lookupAddress(sealer, channel, id);
    return { channel, contactId, lookup, lasting, heardAt, sealed: sealer.seal(addressAt(lookup), id) };
  };
  return [row(address, false), ...(alias === undefined ? [] : [row(alias, true)])];
}

function wishOf(
  sealer: Sealer,
  { contactId, platform: channel, address }: Known,
  { edition, kind }: { readonly edition: string; readonly kind: string },
): Prisma.ReminderCreateManyInput {
  const sealed = sealer.seal(reminderOf(contactId, edition, kind), address);
  return { contactId, edition, phase: kind, channel, sealed };
}

function batchesOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, nth) =>
    all.slice(nth * BATCH, (nth + 1) * BATCH),
  );
}
