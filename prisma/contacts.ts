import { randomUUID } from "node:crypto";
import type { Arrival, Contacts, Moved } from "../core/ports.ts";
import { endSessionsOf } from "./assisted/end.ts";
import type { Context } from "./context.ts";
import { gaveWay } from "./gave-way.ts";
import { persist } from "./hot.ts";
import { keepOne, type Tx } from "./merge.ts";
import { addressAt, lookupAddress } from "./places.ts";
import { readdress } from "./readdress.ts";

/** The ids of a person on a channel, and whether each stays theirs for good. */
export function idsOf({ address, aliases = [] }: Pick<Partial<Arrival>, "address" | "aliases">) {
  const all = new Set([...(address === undefined ? [] : [address]), ...aliases]);
  return [...all].map((id) => ({ id, lasting: aliases.includes(id) }));
}

interface Row {
  readonly lookup: Uint8Array;
  readonly contactId: string;
  /** Whether its contact has a lasting id on the channel that is not among the given ones. */
  readonly foreign: boolean;
}

/**
 * Makes the given ids one contact's, and takes away those that are no longer theirs.
 *
 * Lasting ids, and those that the person is told to have had, say who it is. An address that is
 * another contact's joins the two into one, unless that one has a lasting id of its own: then the
 * address has passed to somebody else (a number was reassigned), and only it is moved.
 */
export const join = (context: Context, moved: Moved): Promise<void> =>
  persist(() => context.database.prisma.$transaction((tx) => joinIn(context, tx, moved)), gaveWay);

async function joinIn(context: Context, tx: Tx, moved: Moved): Promise<void> {
  const { sealer } = context;
  const { channel } = moved;
  const ids = idsOf(moved).map((one) => ({ ...one, lookup: lookupAddress(sealer, channel, one.id) }));
  const former = moved.from
    .filter((id) => ids.every((one) => one.id !== id))
    .map((id) => ({ id, lookup: lookupAddress(sealer, channel, id) }));
  const lasting = [...ids.filter((one) => one.lasting), ...former].map(({ lookup }) => lookup);
  const rows = await lock(
    tx,
    channel,
    [...ids, ...former].map(({ lookup }) => lookup),
    lasting,
  );
  const rowOf = (lookup: Uint8Array) => rows.find((row) => Buffer.compare(row.lookup, lookup) === 0);

  const certain = lasting.flatMap((lookup) => rowOf(lookup)?.contactId ?? []);
  const likely = rows.filter(({ foreign }) => !foreign).map(({ contactId }) => contactId);
  const people = [...new Set([...certain, ...likely])];
  if (people.length === 0 && moved.from.length > 0) return;
  // A guest is nobody's other self: the chat is its owner's again before anybody is made one with anybody.
  if (people.length > 1 && (await endSessionsOf(context, tx, people, "moved")).length > 0)
    return joinIn(context, tx, moved);
  const contactId = people.length === 0 ? await newContact(tx) : await keepOne(context, tx, people);

  for (const { id, lookup, lasting } of ids) {
    const where = { channel_lookup: { channel, lookup } };
    const sealed = sealer.seal(addressAt(lookup), id);
    const create = { channel, lookup, sealed, lasting, contactId, heardAt: new Date() };
    await tx.address.upsert({ where, create, update: { contactId, lasting } });
  }
  const now = moved.address ?? ids[0]?.id;
  for (const { id, lookup } of former) {
    if (now !== undefined) await readdress(context, tx, { contactId, channel, from: id, to: now });
    await tx.address.deleteMany({ where: { channel, lookup, contactId } });
  }
}

/** Locks ids and their contacts, in an order that all keep to, and tells whose they are. */
async function lock(
  tx: Tx,
  channel: string,
  lookups: readonly Uint8Array[],
  lasting: readonly Uint8Array[],
): Promise<readonly Row[]> {
  const bytes = (all: readonly Uint8Array[]) => all.map((one) => Buffer.from(one));
  await tx.$queryRaw`
    SELECT 1 FROM "Address" WHERE channel = ${channel} AND lookup = ANY(${bytes(lookups)})
    ORDER BY lookup FOR UPDATE`;
  // For update, so that nobody is writing a message for a contact that is about to be no more.
  await tx.$queryRaw`
    SELECT 1 FROM "Contact" WHERE id IN (
      SELECT "contactId" FROM "Address" WHERE channel = ${channel} AND lookup = ANY(${bytes(lookups)}))
    ORDER BY id FOR UPDATE`;
  return tx.$queryRaw<Row[]>`
    SELECT lookup, "contactId"::text, EXISTS (
      SELECT FROM "Address" other
      WHERE other."contactId" = address."contactId" AND other.channel = address.channel
        AND other.lasting AND other.lookup <> ALL(${bytes(lasting)})) AS foreign
    FROM "Address" address WHERE channel = ${channel} AND lookup = ANY(${bytes(lookups)})`;
}

async function newContact(tx: Tx): Promise<string> {
  const { id } = await tx.contact.create({ data: { id: randomUUID() } });
  return id;
}

export function createContacts(context: Context): Contacts {
  return {
    async move(moved) {
      for (const one of moved) await join(context, one);
    },
  };
}
