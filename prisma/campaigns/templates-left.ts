import type pg from "pg";
import type { TemplatesLeft } from "../../core/campaigns/ports.ts";

/** The platform counts whom it let us write to by templates within any such time. */
const WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * How many more people may get a template now, whatever campaign it is of: every recipient counts, also who
 * got two, so that less is sent than is allowed rather than more.
 */
export async function templatesLeft(
  database: Pick<pg.PoolClient, "query">,
  dailyLimit: number,
  now: Date,
): Promise<TemplatesLeft> {
  if (!Number.isFinite(dailyLimit)) return { left: dailyLimit, freesAt: now };
  const since = new Date(now.getTime() - WINDOW_MS);
  const { rows } = await database.query<{ count: number; first: Date | null }>(
    `SELECT count(*)::int AS count, min("queuedAt") AS first FROM (
       SELECT "queuedAt" FROM "CampaignRecipient" WHERE template AND "queuedAt" > $1
       ORDER BY "queuedAt" DESC LIMIT $2) AS latest`,
    [since, dailyLimit],
  );
  const { count = 0, first = null } = rows[0] ?? {};
  return { left: dailyLimit - count, freesAt: new Date((first ?? now).getTime() + WINDOW_MS) };
}
