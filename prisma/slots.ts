import { z } from "zod";
import type { Slots } from "../core/sending.ts";
import type { Database } from "./client.ts";
import { run, type Statement } from "./hot.ts";

/**
 * Takes slots: the seats that are free first, each at its time, none nearer to the one before than the gap.
 * What happened since comes first: seats that are free later than was thought, messages that came in and
 * took one, a platform that takes nothing for a while.
 *
 * The row is locked before the clock is read, so that whoever waited for it does not go by an older time.
 */
const TAKE: Statement = {
  name: "slots-take",
  text: `
    WITH held AS (
      SELECT seats, "nextAt" FROM "SendSlots"
      WHERE channel = $1 AND cardinality(seats) = $2::int FOR UPDATE
    ), moment AS MATERIALIZED (
      SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now FROM held
    ), opening AS (
      SELECT now, CASE WHEN $11::float8 > 0 THEN greatest("nextAt", now + $11::float8) ELSE "nextAt" END AS "nextAt"
      FROM held, moment
    ), told AS (
      SELECT * FROM unnest($7::int[], $8::float8[], $9::float8[]) AS told(seat, "freeAt", ms)
    ), corrected AS (
      SELECT one.seat, CASE WHEN told."freeAt" = one."freeAt" THEN one."freeAt" + told.ms ELSE one."freeAt" END AS "freeAt"
      FROM held, unnest(seats) WITH ORDINALITY AS one("freeAt", seat) LEFT JOIN told ON told.seat = one.seat
    ), filled AS (
      SELECT seat, CASE WHEN row_number() OVER (ORDER BY "freeAt", seat) <= $10::int
        THEN greatest("freeAt", now + $3::float8) ELSE "freeAt" END AS "freeAt"
      FROM corrected, opening
    ), ranked AS (
      SELECT seat, "freeAt", row_number() OVER (ORDER BY "freeAt", seat) - 1 AS place FROM filled
    ), timed AS (
      -- Each at its seat's time, or a gap after the one before.
      SELECT seat, max(greatest("freeAt", now, "nextAt") - place * $4::float8) OVER (ORDER BY place) + place * $4::float8 AS at
      FROM ranked, opening WHERE place < $5::int
    ), taken AS (
      SELECT seat, at, at + $3::float8 AS "freeAt" FROM timed, opening WHERE at <= now + $6::float8
    ), kept AS (
      UPDATE "SendSlots" SET
        seats = (SELECT array_agg(coalesce(taken."freeAt", filled."freeAt") ORDER BY seat) FROM filled LEFT JOIN taken USING (seat)),
        "nextAt" = greatest((SELECT "nextAt" FROM opening), (SELECT max(at) + $4::float8 FROM taken))
      WHERE channel = $1 AND EXISTS (SELECT FROM held)
      RETURNING seats, "nextAt"
    )
    SELECT now, (SELECT coalesce(json_agg(taken ORDER BY at), '[]') FROM taken) AS slots,
      greatest("nextAt", (SELECT min("freeAt") FROM unnest(seats) AS one("freeAt"))) AS "opensAt"
    FROM kept, moment`,
};

/** Nobody knows what went out a moment ago: so everything waits for one window. */
const BEGIN: Statement = {
  name: "slots-begin",
  text: `
    INSERT INTO "SendSlots" (channel, seats, "nextAt")
    VALUES ($1, array_fill(extract(epoch FROM clock_timestamp())::float8 * 1000 + $3::float8, ARRAY[$2::int]), 0)
    ON CONFLICT (channel) DO UPDATE SET seats = EXCLUDED.seats
    WHERE cardinality("SendSlots".seats) <> cardinality(EXCLUDED.seats)`,
};

interface Row {
  readonly now: number;
  readonly slots: unknown;
  readonly opensAt: number;
}

const taken = z.array(z.object({ seat: z.number(), at: z.number(), freeAt: z.number() }));

/** For so long two clocks run alike. */
const ALIKE_MS = 30_000;

/**
 * The pace of all processes on one server, in one row a channel: each takes slots by the database's clock.
 *
 * What that clock shows lies between question and answer. The quickest answer of the last half minute tells
 * best how far ours is from it.
 *
 * @param now our own clock, in milliseconds since 1970
 */
export function createSlots({ pool }: Pick<Database, "pool">, now: () => number = Date.now): Slots {
  let best = { tookMs: Number.POSITIVE_INFINITY, aheadMs: 0, at: 0 };

  function compare(askedAt: number, theirs: number): void {
    const at = now();
    const tookMs = at - askedAt;
    if (tookMs <= best.tookMs || at - best.at > ALIKE_MS)
      best = { tookMs, aheadMs: (askedAt + at) / 2 - theirs, at };
  }

  return {
    async take(channel, { seats, windowMs, gapMs }, { count, aheadMs }, { late, came, holdMs }) {
      for (;;) {
        const askedAt = now();
        const [row] = await run<Row>(pool, TAKE, [
          ...[channel, seats, windowMs, gapMs, count, aheadMs],
          late.map(({ slot }) => slot.seat),
          late.map(({ slot }) => slot.freeAt),
          late.map(({ ms }) => ms),
          ...[came, holdMs],
        ]);
        if (row) {
          compare(askedAt, row.now);
          const slots = taken.parse(row.slots).map((slot) => ({ ...slot, at: slot.at + best.aheadMs }));
          return { slots, opensAt: row.opensAt + best.aheadMs };
        }
        await run(pool, BEGIN, [channel, seats, windowMs]);
      }
    },
  };
}
