import { callBack } from "../call-back.ts";
import type { Context } from "../context.ts";
import type { Tx } from "../merge.ts";
import { outboxName } from "./names.ts";

/**
 * Takes back what nobody has begun to send, so that whoever was to get it waits again; within the transaction
 * that paused the campaign.
 */
export async function takeBack({ edition }: Context, tx: Tx, id: string): Promise<void> {
  const campaign = outboxName(edition, id);
  await callBack(tx, { campaign }, "paused");
  // What spent a wish was written in the transaction that spent it.
  await tx.$executeRaw`
    WITH back AS (
      DELETE FROM "Outbox" WHERE campaign = ${campaign} AND state = 'FAILED' AND reason = 'paused'
      RETURNING id, "contactId", "createdAt"
    ), unspent AS (
      UPDATE "Reminder" wish SET "sentAt" = NULL FROM back
      WHERE wish."contactId" = back."contactId" AND wish.edition = ${edition} AND wish."sentAt" = back."createdAt"
    )
    UPDATE "CampaignRecipient" recipient
    SET state = 'WAITING', channel = NULL, language = NULL, template = false, "outboxId" = NULL,
      "notBefore" = recipient."queuedAt", "queuedAt" = NULL
    FROM back
    WHERE recipient.edition = ${edition} AND recipient."campaignId" = ${id} AND recipient."outboxId" = back.id`;
}

/** Calls back what nobody has begun to send; who waits does not get it. Within the transaction that stopped the campaign. */
export async function withdraw({ edition }: Context, tx: Tx, id: string): Promise<void> {
  await callBack(tx, { campaign: outboxName(edition, id) }, "stopped");
  await exclude(tx, edition, id, "stopped");
}

/** Lets nobody wait any more. */
export function exclude(
  tx: Pick<Tx, "$executeRaw">,
  edition: string,
  id: string,
  reason: string,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE "CampaignRecipient" SET state = 'EXCLUDED', reason = ${reason}, channel = NULL, "notBefore" = NULL
    WHERE edition = ${edition} AND "campaignId" = ${id} AND state = 'WAITING'`;
}
