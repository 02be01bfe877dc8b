import type { SendKind } from "../../core/ports.ts";
import type { Claimed, Outbox } from "../../core/sending.ts";
import { type Context, unreadable } from "../context.ts";
import type { OutboxKind } from "../generated/client.ts";
import { run, type Statement } from "../hot.ts";
import { outboxTo } from "../places.ts";
import { UnreadableError } from "../seal.ts";
import { outgoing } from "../shapes.ts";

/** A message at which so many processes died is not tried by another: it may be what they died of. */
const MOST_LAPSES = 5;

/** Nobody can tell whether it arrived, or whether it is what processes die of. */
const IS_LOST = `(kind <> 'REPLY' AND "begunAt" IS NOT NULL OR lapses >= ${MOST_LAPSES})`;

/** The first that waits of each address, as long as nothing is being sent to it. */
const due = (isNotice: boolean, room: string) => `
      SELECT id FROM "Outbox" due
      WHERE due.channel = room.channel AND kind ${isNotice ? "=" : "<>"} 'NOTICE' AND state IN ('READY', 'SENDING')
        AND (state = 'READY' AND ("notBefore" IS NULL OR "notBefore" <= now())
          OR state = 'SENDING' AND "leaseUntil" <= now() AND NOT ${IS_LOST})
        AND NOT EXISTS (
          SELECT FROM "Outbox" other
          WHERE other.lookup = due.lookup AND other.state IN ('READY', 'SENDING') AND other.id <> due.id
            AND (other.state = 'SENDING' OR (other.kind = 'NOTICE', other.id) < (${isNotice}, due.id)))
      ORDER BY id LIMIT ${room} FOR UPDATE SKIP LOCKED`;

/**
 * A lease that ran out means that its process died: what it had surely not begun to send, and replies,
 * are taken again; the rest is set aside.
 *
 * Processes that claim at the same time pass over each other's rows.
 */
const CLAIM: Statement = {
  name: "outbox-claim",
  text: `
    WITH room AS (
      SELECT * FROM unnest($1::text[], $2::int[], $3::int[]) AS room(channel, replies, notices)
    ), lapsed AS (
      SELECT id FROM "Outbox"
      WHERE state = 'SENDING' AND "leaseUntil" <= now() AND ${IS_LOST} FOR UPDATE SKIP LOCKED
    ), set_aside AS (
      UPDATE "Outbox" SET state = 'UNCERTAIN', sealed = NULL, "leaseUntil" = NULL, "settledAt" = now(),
        reason = 'the process that was sending it stopped'
      WHERE id IN (SELECT id FROM lapsed)
    ), due AS (
      SELECT urgent.id FROM room CROSS JOIN LATERAL (${due(false, "room.replies")}) urgent
      UNION ALL
      SELECT notice.id FROM room CROSS JOIN LATERAL (${due(true, "room.notices")}) notice
    ), claimed AS (
      UPDATE "Outbox"
      SET lapses = lapses + CASE WHEN state = 'SENDING' THEN 1 ELSE 0 END, state = 'SENDING',
          attempts = attempts + 1,
          "leaseUntil" = now() + $4::float8 * CASE WHEN kind = 'REPLY' THEN 1 ELSE 0.5 END * interval '1 ms'
      WHERE id IN (SELECT id FROM due)
      RETURNING id, "contactId", channel, lookup, kind, sealed, accepted, attempts - 1 AS attempts,
        "leaseUntil" AS lease
    )
    SELECT claimed.*, (
      SELECT extract(epoch FROM "pacedTo" - now())::float8 * 1000 FROM "Address" address
      WHERE address.channel = claimed.channel AND address.lookup = claimed.lookup AND "pacedTo" > now()
    ) AS "pacedMs", CASE WHEN kind <> 'REPLY' THEN (
      SELECT max("heardAt") FROM "Address" address
      WHERE address."contactId" = claimed."contactId" AND address.channel = claimed.channel
    ) END AS "heardAt"
    FROM claimed ORDER BY kind = 'NOTICE', id`,
};

const KIND: Readonly<Record<OutboxKind, SendKind>> = { REPLY: "reply", CODE: "code", NOTICE: "notice" };

interface Row {
  readonly id: string;
  readonly contactId: string | null;
  readonly channel: string;
  readonly lookup: Buffer;
  readonly kind: OutboxKind;
  readonly sealed: Buffer;
  readonly accepted: number;
  readonly attempts: number;
  readonly lease: Date;
  readonly heardAt: Date | null;
  readonly pacedMs: number | null;
}

export function createClaim({ database: { pool, prisma }, sealer, report }: Context): Outbox["claim"] {
  return async (rooms, leaseMs) => {
    const rows = await run<Row>(pool, CLAIM, [
      rooms.map(({ channel }) => channel),
      rooms.map(({ replies }) => replies),
      rooms.map(({ notices }) => notices),
      leaseMs,
    ]);
    const claimed: Claimed[] = [];
    for (const { id: text, lookup, sealed, kind, heardAt, pacedMs, ...row } of rows) {
      const id = BigInt(text);
      try {
        const content = sealer.open(outboxTo(lookup), sealed, outgoing);
        const known = { ...(heardAt && { heardAt }), ...(pacedMs !== null && { pacedMs }) };
        claimed.push({ ...row, id, kind: KIND[kind], ...known, ...content });
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
  };
}
