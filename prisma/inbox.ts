import { randomUUID } from "node:crypto";
import type { Arrival, Inbox } from "../core/ports.ts";
import { coalesce } from "./coalesce.ts";
import { idsOf, join } from "./contacts.ts";
import type { Context } from "./context.ts";
import { run, type Statement } from "./hot.ts";
import { addressAt, inboxAt, lookupAddress, lookupDelivery } from "./places.ts";
import type { Bytes } from "./seal.ts";

/**
 * Stores what came from familiar people; tells which of the given did not: their address is not
 * known, or one of their other ids is not, or is another contact's.
 */
const STORE: Statement = {
  name: "inbox-store",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bytea[])
        WITH ORDINALITY AS given(channel, lookup, key, position, sealed, n)
    ), addressed AS (
      SELECT given.*, "contactId", "unreachableAt", "heardAt" FROM given JOIN "Address" USING (channel, lookup)
    ), strange AS (
      SELECT n FROM unnest($6::int[], $7::bytea[]) AS alias(n, lookup) JOIN addressed USING (n)
      LEFT JOIN "Address" other ON other.channel = addressed.channel AND other.lookup = alias.lookup
      WHERE other."contactId" IS DISTINCT FROM addressed."contactId"
    ), known AS (
      SELECT * FROM addressed WHERE n NOT IN (SELECT n FROM strange)
    ), stored AS (
      INSERT INTO "Inbox" (channel, key, "contactId", position, sealed)
      SELECT channel, key, "contactId", position, known.sealed FROM known ORDER BY n
      ON CONFLICT (channel, key) DO NOTHING
    ), heard AS (
      UPDATE "Address" SET "unreachableAt" = NULL, "heardAt" = now() FROM known
      WHERE "Address".channel = known.channel AND "Address".lookup = known.lookup
        AND (known."unreachableAt" IS NOT NULL OR known."heardAt" IS NULL
          OR known."heardAt" < now() - interval '1 hour')
    )
    SELECT n::int FROM given WHERE n NOT IN (SELECT n FROM known)`,
};

/**
 * Writes down the ids of people that nobody has written down meanwhile: under the contact that one
 * of their lasting ids belongs to, else under the one their address belongs to unless it has lasting
 * ids of its own (then the address was somebody else's before), else under a new one.
 */
const INTRODUCE: Statement = {
  name: "inbox-introduce",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::int[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bool[])
        AS given(person, "newId", channel, lookup, sealed, lasting)
    ), owner AS (
      SELECT DISTINCT ON (person) person, known."contactId"
      FROM given JOIN "Address" known USING (channel, lookup)
      WHERE given.lasting OR NOT EXISTS (
        SELECT FROM "Address" other
        WHERE other."contactId" = known."contactId" AND other.channel = known.channel AND other.lasting)
      ORDER BY person, given.lasting DESC
    ), fresh AS (
      INSERT INTO "Address" (channel, lookup, sealed, lasting, "contactId")
      SELECT channel, lookup, sealed, lasting, coalesce("contactId", "newId")
      FROM given LEFT JOIN owner USING (person) ORDER BY lookup
      ON CONFLICT (channel, lookup) DO NOTHING RETURNING "contactId"
    )
    INSERT INTO "Contact" (id) SELECT DISTINCT "contactId" FROM fresh JOIN given ON "newId" = "contactId"`,
};

/** A contact was joined with another while something was being written for it. */
const FOREIGN_KEY = "23503";

interface Sealed {
  readonly arrival: Arrival;
  readonly lookup: Bytes;
  /** The person's ids beside the address. */
  readonly others: readonly Bytes[];
  readonly key: Bytes;
  readonly position: bigint;
  readonly sealed: Bytes;
}

export function createInbox(context: Context): Inbox {
  const { pool } = context.database;
  const { sealer } = context;

  function seal(arrival: Arrival): Sealed {
    const { channel, address, incoming, language, aliases = [] } = arrival;
    const key = lookupDelivery(sealer, channel, arrival.id);
    return {
      arrival,
      lookup: lookupAddress(sealer, channel, address),
      others: aliases.filter((id) => id !== address).map((id) => lookupAddress(sealer, channel, id)),
      key,
      position: BigInt(Math.trunc(arrival.order)),
      sealed: sealer.seal(inboxAt(key), { address, incoming, language }),
    };
  }

  /** @returns those that came from somebody who is not familiar */
  async function store(items: readonly Sealed[]): Promise<readonly Sealed[]> {
    const others = items.flatMap((item, index) => item.others.map((lookup) => ({ n: index + 1, lookup })));
    const rows = await run<{ n: number }>(pool, STORE, [
      items.map(({ arrival }) => arrival.channel),
      items.map(({ lookup }) => lookup),
      items.map(({ key }) => key),
      items.map(({ position }) => position),
      items.map(({ sealed }) => sealed),
      others.map(({ n }) => n),
      others.map(({ lookup }) => lookup),
    ]);
    const unfamiliar = new Set(rows.map(({ n }) => n - 1));
    return items.filter((_, index) => unfamiliar.has(index));
  }

  async function introduce(items: readonly Sealed[]): Promise<void> {
    const ids = peopleOf(items).flatMap(({ arrival }, person) => {
      const newId = randomUUID();
      const { channel } = arrival;
      return idsOf(arrival).map(({ id, lasting }) => {
        const lookup = lookupAddress(sealer, channel, id);
        return { person, newId, channel, lookup, lasting, sealed: sealer.seal(addressAt(lookup), id) };
      });
    });
    await run(pool, INTRODUCE, [
      ids.map(({ person }) => person),
      ids.map(({ newId }) => newId),
      ids.map(({ channel }) => channel),
      ids.map(({ lookup }) => lookup),
      ids.map(({ sealed }) => sealed),
      ids.map(({ lasting }) => lasting),
    ]);
  }

  const storeTogether = coalesce<Sealed>(async (items) => {
    for (let left = items, round = 1; left.length > 0; round += 1) {
      // Whoever is in the middle of being joined is familiar again the next time.
      if (round > 5) throw new Error(`${left.length} messages came from people whose ids keep changing.`);
      try {
        left = await store(left);
        if (left.length > 0) await introduce(left);
        if (left.length > 0) left = await store(left);
        for (const { arrival } of peopleOf(left)) await join(context, { from: [], ...arrival });
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === FOREIGN_KEY)) throw error;
      }
    }
  });

  return {
    receive: async (arrivals) => {
      if (arrivals.length > 0) await storeTogether(arrivals.map(seal));
    },
  };
}

/** One arrival of each person, as far as their ids tell them apart. */
function peopleOf(items: readonly Sealed[]): readonly Sealed[] {
  const people = items.map((item) => {
    const { channel, address, aliases = [] } = item.arrival;
    return [JSON.stringify([channel, address, ...aliases]), item] as const;
  });
  return [...new Map(people).values()];
}
