import type { Deliveries, Report } from "../core/ports.ts";
import { withdrawUnreachable } from "./consents.ts";
import type { Context } from "./context.ts";
import type { Delivery } from "./generated/client.ts";
import { run, type Statement } from "./hot.ts";
import { lookupSent } from "./places.ts";

/**
 * The later of two deliveries stands higher in the enum, so that the greater one wins: within what is
 * told at once, and against what stands in the row.
 */
const REPORT: Statement = {
  name: "deliveries-report",
  text: `
    WITH told AS (
      SELECT * FROM unnest($1::text[], $2::bytea[], $3::text[], $4::timestamptz[], $5::text[], $6::bool[])
        AS told(channel, "platformId", delivery, at, reason, unreachable)
    ), given AS (
      SELECT DISTINCT ON (channel, "platformId") * FROM told
      ORDER BY channel, "platformId", delivery::"Delivery" DESC, at
    ), found AS (
      -- In order, so that two processes told of the same messages wait for each other.
      SELECT outbox.id, given.delivery::"Delivery", given.at, given.reason, given.unreachable
      FROM given JOIN "Outbox" outbox USING (channel, "platformId")
      ORDER BY outbox.id FOR UPDATE OF outbox
    ), reported AS (
      UPDATE "Outbox" outbox
      SET delivery = found.delivery, "deliveryAt" = found.at, reason = found.reason
      FROM found
      WHERE outbox.id = found.id AND (outbox.delivery IS NULL OR outbox.delivery < found.delivery)
      RETURNING outbox.channel, outbox.lookup, found.reason, found.unreachable
    ), unreachable AS (
      UPDATE "Address" address SET "unreachableAt" = now() FROM reported
      WHERE reported.unreachable AND address.channel = reported.channel AND address.lookup = reported.lookup
    ), ${withdrawUnreachable("reported")}
    UPDATE "Outbox" outbox
    SET state = 'FAILED', sealed = NULL, reason = reported.reason, "settledAt" = now()
    FROM reported
    WHERE reported.unreachable AND outbox.channel = reported.channel AND outbox.lookup = reported.lookup
      AND outbox.state = 'READY'`,
};

const DELIVERY: Readonly<Record<Report["as"], Delivery>> = {
  sent: "SENT",
  failed: "FAILED",
  delivered: "DELIVERED",
  read: "READ",
};

export function createDeliveries({ database: { pool }, sealer }: Context): Deliveries {
  return {
    async report(reports) {
      if (reports.length === 0) return;
      await run(pool, REPORT, [
        reports.map(({ channel }) => channel),
        reports.map(({ platformId }) => lookupSent(sealer, platformId)),
        reports.map((one) => DELIVERY[one.as]),
        reports.map(({ at }) => at),
        reports.map(({ reason }) => reason ?? null),
        reports.map(({ unreachable }) => unreachable ?? false),
      ]);
    },
  };
}
