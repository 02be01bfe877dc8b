import type pg from "pg";
import type { StationVotes } from "../../core/voting/ports.ts";
import { type Context, unreadable } from "../context.ts";
import { lookupAddress, outboxTo } from "../places.ts";
import { UnreadableError } from "../seal.ts";
import { outgoing } from "../shapes.ts";
import { reach } from "./reach.ts";
import { personIn, type VoterPerson } from "./voters.ts";

/**
 * Both at once, so that no row of what is written shows which it was: envelopes go in an order drawn at
 * random, and marks in that of their rows' digests, which knows nothing of when they were made.
 */
const MOVE = `
  WITH moved AS (
    DELETE FROM "Spool" WHERE edition = $1 RETURNING id, envelope
  )
  INSERT INTO "Urn" (edition, id, envelope)
  SELECT $1, id, envelope FROM moved ORDER BY gen_random_uuid()`;

const REWRITE = `
  WITH fresh AS (
    SELECT id, mark, sealed FROM "Voter" WHERE edition = $1 AND mark IN ('SPID', 'CODE', 'STATION')
  ), marked AS (
    UPDATE "Voter" voter SET mark = 'ONLINE' FROM fresh WHERE voter.id = fresh.id
  ), counted AS (
    INSERT INTO "Turnout" (edition, route, count) SELECT $1, mark, count(*) FROM fresh GROUP BY mark
    ON CONFLICT (edition, route) DO UPDATE SET count = "Turnout".count + excluded.count
  )
  SELECT id::text, sealed FROM fresh WHERE mark = 'STATION' ORDER BY gen_random_uuid()`;

const TELL = `
  INSERT INTO "Outbox" (channel, lookup, kind, sealed)
  SELECT channel, lookup, 'NOTICE', sealed
  FROM unnest($1::text[], $2::bytea[], $3::bytea[]) WITH ORDINALITY AS told(channel, lookup, sealed, n)
  ORDER BY n`;

interface AtStation {
  readonly id: string;
  readonly sealed: Buffer<ArrayBuffer>;
}

/**
 * Mixes within a transaction that has the box alone.
 *
 * @param least with fewer envelopes nothing is done
 * @returns how many were moved
 */
export async function mixWithin(
  context: Context,
  client: pg.PoolClient,
  least: number,
  told: StationVotes,
): Promise<number> {
  const { edition } = context;
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Spool" WHERE edition = $1`,
    [edition],
  );
  if ((rows[0]?.count ?? 0) < least) return 0;
  const { rowCount } = await client.query(MOVE, [edition]);
  const { rows: atStations } = await client.query<AtStation>(REWRITE, [edition]);
  await tell(context, client, atStations, told);
  return rowCount ?? 0;
}

/** Tells whoever has a contact on the roll that a vote of theirs was taken at a station. */
async function tell(
  context: Context,
  client: pg.PoolClient,
  voters: readonly AtStation[],
  { channels, message }: StationVotes,
): Promise<void> {
  const { sealer } = context;
  const letters = voters.flatMap((voter) => {
    const to = reach(read(context, voter), channels);
    if (to === undefined) return [];
    const lookup = lookupAddress(sealer, to.channel, to.address);
    const content = outgoing.parse({ address: to.address, message });
    return [{ channel: to.channel, lookup, sealed: sealer.seal(outboxTo(lookup), content) }];
  });
  if (letters.length === 0) return;
  await client.query(TELL, [
    letters.map(({ channel }) => channel),
    letters.map(({ lookup }) => lookup),
    letters.map(({ sealed }) => sealed),
  ]);
}

/** One that nobody can read does not keep the others' votes from being mixed. */
function read(context: Context, voter: AtStation): Pick<VoterPerson, "email" | "phone"> {
  try {
    return personIn(context.sealer, voter);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    context.report(unreadable("Voter", voter.id, error));
    return {};
  }
}
