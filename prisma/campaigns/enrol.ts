import type { Context } from "../context.ts";

/** Contacts of one statement: few enough to be written in a moment. */
const STEP = 1_000;

/**
 * Gives the next contacts their row among the recipients of a campaign that runs: all that there are,
 * so that of everybody it can be told why they got it or not. A step is one statement, which ends with its cursor
 * moved; of two processes the second passes over it. The cursor is a contact's id, and goes with the last step.
 *
 * @param now the edition's time: from then on they may be written to
 * @returns whether there may be more
 */
export async function enrol(
  { database: { prisma }, edition }: Context,
  id: string,
  now: Date,
  step = STEP,
): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ enrolled: number }[]>`
    WITH campaign AS (
      SELECT edition, id, "enrolledTo" FROM "Campaign"
      WHERE edition = ${edition} AND id = ${id} AND state = 'RUNNING' AND "enrolledAt" IS NULL
      FOR UPDATE SKIP LOCKED
    ), next AS (
      SELECT contact.id FROM campaign CROSS JOIN "Contact" contact
      WHERE campaign."enrolledTo" IS NULL OR contact.id > campaign."enrolledTo"
      ORDER BY contact.id LIMIT ${step}
    ), enrolled AS (
      INSERT INTO "CampaignRecipient" (edition, "campaignId", "contactId", "notBefore")
      SELECT campaign.edition, campaign.id, next.id, ${now} FROM next CROSS JOIN campaign
      ON CONFLICT DO NOTHING
    )
    UPDATE "Campaign" SET
      "enrolledTo" = CASE WHEN (SELECT count(*) FROM next) = ${step}
        THEN (SELECT id FROM next ORDER BY id DESC LIMIT 1) END,
      "enrolledAt" = CASE WHEN (SELECT count(*) FROM next) < ${step} THEN now() END
    FROM campaign WHERE "Campaign".edition = campaign.edition AND "Campaign".id = campaign.id
    RETURNING (SELECT count(*)::int FROM next) AS enrolled`;
  return row?.enrolled === step;
}
