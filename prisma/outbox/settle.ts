import type { Outbox, Settled } from "../../core/sending.ts";
import { withdrawUnreachable } from "../consents.ts";
import type { Context } from "../context.ts";
import type { OutboxState } from "../generated/client.ts";
import { run, type Statement } from "../hot.ts";
import { lookupSent } from "../places.ts";

/** Whoever learns late that a message did arrive, after it was set aside, may still say so. */
const SETTLE: Statement = {
  name: "outbox-settle",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::bytea[], $6::timestamptz[], $7::bool[], $8::int[], $9::float8[])
        AS given(id, state, accepted, reason, "platformId", "notBefore", unreachable, spent, "pacedMs")
    ), settled AS (
      UPDATE "Outbox" outbox
      SET state = given.state::"OutboxState", accepted = given.accepted, reason = given.reason,
          attempts = outbox.attempts - 1 + given.spent,
          "platformId" = given."platformId", "notBefore" = given."notBefore", "leaseUntil" = NULL,
          "begunAt" = CASE WHEN given.state <> 'READY' THEN outbox."begunAt" END,
          sealed = CASE WHEN given.state = 'READY' THEN outbox.sealed END,
          "settledAt" = CASE WHEN given.state = 'READY' THEN NULL ELSE now() END
      FROM given
      WHERE outbox.id = given.id
        AND (outbox.state = 'SENDING' OR outbox.state = 'UNCERTAIN' AND given.state = 'SENT')
      RETURNING outbox.id, outbox.channel, outbox.lookup, given.reason, given.unreachable, given."pacedMs"
    ), addresses AS (
      UPDATE "Address" address
      SET "unreachableAt" = CASE WHEN settled.unreachable THEN now() ELSE address."unreachableAt" END,
          "pacedTo" = greatest(address."pacedTo", now() + settled."pacedMs" * interval '1 ms')
      FROM settled
      WHERE (settled.unreachable OR settled."pacedMs" IS NOT NULL)
        AND address.channel = settled.channel AND address.lookup = settled.lookup
    ), ${withdrawUnreachable("settled")}
    UPDATE "Outbox" outbox
    SET state = 'FAILED', sealed = NULL, reason = settled.reason, "settledAt" = now()
    FROM settled
    WHERE settled.unreachable AND outbox.lookup = settled.lookup AND outbox.state = 'READY'`,
};

const STATE: Readonly<Record<Settled["as"], OutboxState>> = {
  sent: "SENT",
  again: "READY",
  uncertain: "UNCERTAIN",
  failed: "FAILED",
  unreachable: "FAILED",
};

export function createSettle({ database: { pool }, sealer }: Context): Outbox["settle"] {
  return async (settled) => {
    if (settled.length === 0) return;
    await run(pool, SETTLE, [
      settled.map(({ id }) => id),
      settled.map((one) => STATE[one.as]),
      settled.map(({ accepted }) => accepted),
      settled.map((one) => (one.as === "sent" ? null : one.reason)),
      settled.map((one) => (one.as === "sent" ? lookupSent(sealer, one.platformId) : null)),
      settled.map((one) => (one.as === "again" ? one.at : null)),
      settled.map((one) => one.as === "unreachable"),
      settled.map((one) => (one.as === "again" && one.unspent ? 0 : 1)),
      settled.map(({ pacedMs }) => pacedMs ?? null),
    ]);
  };
}
