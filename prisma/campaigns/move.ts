import type { Tx } from "../merge.ts";

/** Moves what campaigns did for a contact to another who turned out to be the same: who got one has got it. */
export async function moveRecipients(tx: Tx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "CampaignRecipient" kept
    SET state = 'QUEUED', reason = NULL, channel = theirs.channel, language = theirs.language, template = theirs.template,
      "notBefore" = NULL, "outboxId" = theirs."outboxId", "queuedAt" = theirs."queuedAt"
    FROM "CampaignRecipient" theirs
    WHERE kept."contactId" = ${to}::uuid AND theirs."contactId" = ${from}::uuid
      AND kept.edition = theirs.edition AND kept."campaignId" = theirs."campaignId"
      AND kept.state <> 'QUEUED' AND theirs.state = 'QUEUED'`;
  await tx.$executeRaw`
    UPDATE "CampaignRecipient" theirs SET "contactId" = ${to}::uuid
    WHERE theirs."contactId" = ${from}::uuid AND NOT EXISTS (
      SELECT FROM "CampaignRecipient" kept
      WHERE kept."contactId" = ${to}::uuid AND kept.edition = theirs.edition
        AND kept."campaignId" = theirs."campaignId")`;
}
