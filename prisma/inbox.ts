import { randomUUID } from "node:crypto";
import type { Arrival, Inbox } from "../core/ports.ts";
import { coalesce } from "./coalesce.ts";
import type { Context } from "./context.ts";
import { run, type Statement } from "./hot.ts";
import { addressAt, inboxAt, lookupAddress, lookupDelivery } from "./places.ts";
import type { Bytes } from "./seal.ts";

/** Stores what came from known addresses; tells which of the given came from an unknown one. */
const STORE: Statement = {
  name: "inbox-store",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bytea[])
        WITH ORDINALITY AS given(channel, lookup, key, position, sealed, n)
    ), known AS (
      SELECT given.*, "contactId", "unreachableAt" FROM given JOIN "Address" USING (channel, lookup)
    ), stored AS (
      INSERT INTO "Inbox" (channel, key, "contactId", position, sealed)
      SELECT channel, key, "contactId", position, known.sealed FROM known ORDER BY n
      ON CONFLICT (channel, key) DO NOTHING
    ), reachable AS (
      UPDATE "Address" SET "unreachableAt" = NULL FROM known
      WHERE "Address".channel = known.channel AND "Address".lookup = known.lookup
        AND known."unreachableAt" IS NOT NULL
    )
    SELECT n::int FROM given WHERE n NOT IN (SELECT n FROM known)`,
};

/** Makes a contact for each address that nobody has made one for meanwhile. */
const INTRODUCE: Statement = {
  name: "inbox-introduce",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::uuid[])
        AS given(channel, lookup, sealed, "contactId")
    ), fresh AS (
      INSERT INTO "Address" (channel, lookup, sealed, "contactId")
      SELECT channel, lookup, sealed, "contactId" FROM given ORDER BY lookup
      ON CONFLICT (channel, lookup) DO NOTHING RETURNING "contactId"
    )
    INSERT INTO "Contact" (id) SELECT "contactId" FROM fresh`,
};

interface Sealed {
  readonly arrival: Arrival;
  readonly lookup: Bytes;
  readonly key: Bytes;
  readonly position: bigint;
  readonly sealed: Bytes;
}

export function createInbox({ database: { pool }, sealer }: Context): Inbox {
  function seal(arrival: Arrival): Sealed {
    const { channel, address, incoming, language } = arrival;
    const key = lookupDelivery(sealer, channel, arrival.id);
    return {
      arrival,
      lookup: lookupAddress(sealer, channel, address),
      key,
      position: BigInt(Math.trunc(arrival.order)),
      sealed: sealer.seal(inboxAt(key), { address, incoming, language }),
    };
  }

  /** @returns those that came from an address which is not known */
  async function store(items: readonly Sealed[]): Promise<readonly Sealed[]> {
    const rows = await run<{ n: number }>(pool, STORE, [
      items.map(({ arrival }) => arrival.channel),
      items.map(({ lookup }) => lookup),
      items.map(({ key }) => key),
      items.map(({ position }) => position),
      items.map(({ sealed }) => sealed),
    ]);
    const unknown = new Set(rows.map(({ n }) => n - 1));
    return items.filter((_, index) => unknown.has(index));
  }

  async function introduce(items: readonly Sealed[]): Promise<void> {
    const addresses = [
      ...new Map(items.map((item) => [Buffer.from(item.lookup).toString("hex"), item])).values(),
    ];
    await run(pool, INTRODUCE, [
      addresses.map(({ arrival }) => arrival.channel),
      addresses.map(({ lookup }) => lookup),
      addresses.map(({ arrival, lookup }) => sealer.seal(addressAt(lookup), arrival.address)),
      addresses.map(() => randomUUID()),
    ]);
  }

  const storeTogether = coalesce<Sealed>(async (items) => {
    const unknown = await store(items);
    if (unknown.length === 0) return;
    await introduce(unknown);
    const left = await store(unknown);
    if (left.length > 0) throw new Error(`${left.length} messages came from addresses removed meanwhile.`);
  });

  return {
    receive: async (arrivals) => {
      if (arrivals.length > 0) await storeTogether(arrivals.map(seal));
    },
  };
}
