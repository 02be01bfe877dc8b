import type { Campaign } from "../../core/campaigns/campaign.ts";
import type { Somebody } from "../../core/campaigns/ports.ts";
import type { Context } from "../context.ts";
import { readPeople } from "./candidates.ts";

/** Contacts read at once: few statements, and no more memory however many there are. */
const STEP = 500;

/** Everybody, as a campaign would find them now. Nothing is held meanwhile: who writes in between is seen as they were, or are. */
export async function* everybody(
  context: Context,
  id: string,
  campaign: Campaign,
  now: Date,
): AsyncGenerator<readonly Somebody[]> {
  const { pool } = context.database;
  for (let after: string | undefined; ; ) {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id::text FROM "Contact" WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      [after ?? null, STEP],
    );
    const ids = rows.map((row) => row.id);
    const { people, unreadable } = await readPeople(context, pool, { id, campaign }, ids, now);
    yield [
      ...people.map(({ contactId, candidate }) => ({ contactId, candidate })),
      ...unreadable.map((contactId) => ({ contactId, candidate: undefined })),
    ];
    after = ids.at(-1);
    if (ids.length < STEP) return;
  }
}
