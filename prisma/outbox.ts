import type { Claimed, Outbox, SendKind, Settled } from "../core/ports.ts";
import { type Context, unreadable } from "./context.ts";
import type { OutboxKind, OutboxState } from "./generated/client.ts";
import { run, type Statement } from "./hot.ts";
import { lookupSent, outboxTo } from "./places.ts";
import { UnreadableError } from "./seal.ts";
import { outgoing } from "./shapes.ts";

/** A message at which so many processes died is not tried by another: it may be what they died of. */
const MOST_LAPSES = 5;

/**
 * A lease that ran out means that its process died, and nobody can tell whether the message
 * arrived, or was begun at all: a reply is taken again, anything else is set aside.
 *
 * Of each address only the first that waits is taken, and nothing while something to it is being
 * sent. Processes that claim at the same time pass over each other's rows.
 */
const CLAIM: Statement = {
  name: "outbox-claim",
  text: `
    WITH lapsed AS (
      SELECT id FROM "Outbox"
      WHERE state = 'SENDING' AND "leaseUntil" <= now() AND (kind <> 'REPLY' OR lapses >= ${MOST_LAPSES})
      FOR UPDATE SKIP LOCKED
    ), set_aside AS (
      UPDATE "Outbox" SET state = 'UNCERTAIN', sealed = NULL, "leaseUntil" = NULL, "settledAt" = now(),
        reason = 'the process that was sending it stopped'
      WHERE id IN (SELECT id FROM lapsed)
    ), due AS (
      SELECT id FROM "Outbox" due
      WHERE state IN ('READY', 'SENDING') AND channel = ANY($1::text[])
        AND (state = 'READY' AND ("notBefore" IS NULL OR "notBefore" <= now())
          OR state = 'SENDING' AND "leaseUntil" <= now() AND kind = 'REPLY' AND lapses < ${MOST_LAPSES})
        AND NOT EXISTS (
          SELECT FROM "Outbox" other
          WHERE other.lookup = due.lookup AND other.state IN ('READY', 'SENDING') AND other.id <> due.id
            AND (other.state = 'SENDING' OR (other.kind = 'NOTICE', other.id) < (due.kind = 'NOTICE', due.id)))
      ORDER BY kind = 'NOTICE', id LIMIT $2
      FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE "Outbox"
      SET lapses = lapses + CASE WHEN state = 'SENDING' THEN 1 ELSE 0 END, state = 'SENDING',
          attempts = attempts + 1, "leaseUntil" = now() + $3::float8 * interval '1 ms'
      WHERE id IN (SELECT id FROM due)
      RETURNING id, "contactId", channel, lookup, kind, sealed, accepted, attempts - 1 AS attempts
    )
    SELECT claimed.*, CASE WHEN kind <> 'REPLY' THEN (
      SELECT max("heardAt") FROM "Address" address
      WHERE address."contactId" = claimed."contactId" AND address.channel = claimed.channel
    ) END AS "heardAt"
    FROM claimed ORDER BY kind = 'NOTICE', id`,
};

/** Whoever learns late that a message did arrive, after it was set aside, may still say so. */
const SETTLE: Statement = {
  name: "outbox-settle",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::bytea[], $6::timestamptz[], $7::bool[], $8::int[])
        AS given(id, state, accepted, reason, "platformId", "notBefore", unreachable, spent)
    ), settled AS (
      UPDATE "Outbox" outbox
      SET state = given.state::"OutboxState", accepted = given.accepted, reason = given.reason,
          attempts = outbox.attempts - 1 + given.spent,
          "platformId" = given."platformId", "notBefore" = given."notBefore", "leaseUntil" = NULL,
          sealed = CASE WHEN given.state = 'READY' THEN outbox.sealed END,
          "settledAt" = CASE WHEN given.state = 'READY' THEN NULL ELSE now() END
      FROM given
      WHERE outbox.id = given.id
        AND (outbox.state = 'SENDING' OR outbox.state = 'UNCERTAIN' AND given.state = 'SENT')
      RETURNING outbox.id, outbox.channel, outbox.lookup, given.reason, given.unreachable
    ), unreachable AS (
      UPDATE "Address" address SET "unreachableAt" = now() FROM settled
      WHERE settled.unreachable AND address.channel = settled.channel AND address.lookup = settled.lookup
    )
    UPDATE "Outbox" outbox
    SET state = 'FAILED', sealed = NULL, reason = settled.reason, "settledAt" = now()
    FROM settled
    WHERE settled.unreachable AND outbox.lookup = settled.lookup AND outbox.state = 'READY'`,
};

const KIND: Readonly<Record<OutboxKind, SendKind>> = { REPLY: "reply", CODE: "code", NOTICE: "notice" };

const STATE: Readonly<Record<Settled["as"], OutboxState>> = {
  sent: "SENT",
  again: "READY",
  uncertain: "UNCERTAIN",
  failed: "FAILED",
  unreachable: "FAILED",
};

interface Row {
  readonly id: string;
  readonly contactId: string | null;
  readonly channel: string;
  readonly lookup: Buffer;
  readonly kind: OutboxKind;
  readonly sealed: Buffer;
  readonly accepted: number;
  readonly attempts: number;
  readonly heardAt: Date | null;
}

export function createOutbox({ database: { pool, prisma }, sealer, report }: Context): Outbox {
  return {
    async claim(channels, limit, leaseMs) {
      const rows = await run<Row>(pool, CLAIM, [channels, limit, leaseMs]);
      const claimed: Claimed[] = [];
      for (const { id: text, lookup, sealed, kind, heardAt, ...row } of rows) {
        const id = BigInt(text);
        try {
          const content = sealer.open(outboxTo(lookup), sealed, outgoing);
          claimed.push({ ...row, id, kind: KIND[kind], ...(heardAt && { heardAt }), ...content });
        } catch (error) {
          if (!(error instanceof UnreadableError)) throw error;
          const problem = unreadable("Outbox", id, error);
          const reason = `unreadable, see ${problem.failure}`;
          await prisma.outbox.update({
            where: { id },
            data: { state: "FAILED", reason, leaseUntil: null, settledAt: new Date() },
          });
          report(problem);
        }
      }
      return claimed;
    },

    async settle(settled) {
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
      ]);
    },
  };
}
