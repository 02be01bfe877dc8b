import type { Outbox } from "../../core/sending.ts";
import type { Context } from "../context.ts";
import { run, type Statement } from "../hot.ts";
import { inGroups } from "../voting/groups.ts";

/** Locks rows in the order of their ids, as others do that change several. */
const BEGIN: Statement = {
  name: "outbox-begin",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::float8[]) AS given(id, lease, ms)
    ), ours AS (
      SELECT outbox.id, ms FROM "Outbox" outbox JOIN given USING (id)
      WHERE state = 'SENDING' AND "leaseUntil" = given.lease AND "leaseUntil" > now()
      ORDER BY outbox.id FOR UPDATE OF outbox
    )
    UPDATE "Outbox" outbox SET "begunAt" = now(), "leaseUntil" = now() + ms * interval '1 ms'
    FROM ours WHERE outbox.id = ours.id
    RETURNING outbox.id::text, "leaseUntil" AS lease`,
};

interface Row {
  readonly id: string;
  readonly lease: Date;
}

/** Those that come together cost one commit. */
const MOST_TOGETHER = 64;

export function createBegin({ database: { pool } }: Context): Outbox["begin"] {
  const begin = inGroups<Row & { readonly ms: number }, Date | undefined>({
    keys: ({ id }) => [id],
    most: MOST_TOGETHER,
    async run(given) {
      const rows = await run<Row>(pool, BEGIN, [
        given.map(({ id }) => id),
        given.map(({ lease }) => lease),
        given.map(({ ms }) => ms),
      ]);
      const begun = new Map(rows.map(({ id, lease }) => [id, lease]));
      return given.map(({ id }) => begun.get(id));
    },
  });
  return ({ id, lease }, leaseMs) => begin({ id: String(id), lease, ms: leaseMs });
}
