import { z } from "zod";
import type { Progress, ProgressCount } from "../../core/campaigns/ports.ts";
import type { Delivery, OutboxState, RecipientState } from "../generated/client.ts";
import type { Tx } from "../merge.ts";

interface Row {
  readonly state: RecipientState;
  readonly because: string | null;
  readonly channel: string | null;
  readonly language: string | null;
  readonly template: boolean;
  /** `null` where the message is forgotten, as after a while those are that went out. */
  readonly sending: OutboxState | null;
  readonly delivery: Delivery | null;
  readonly failure: string | null;
  readonly until: Date | null;
  readonly count: number;
}

/** What was counted of a campaign whose recipients are forgotten. */
const summary: z.ZodType<Progress> = z.object({
  enrolled: z.boolean(),
  counts: z.array(
    z.object({
      count: z.number(),
      as: z.enum([
        "next",
        "waiting",
        "excluded",
        "queued",
        "sent",
        "delivered",
        "read",
        "failed",
        "uncertain",
      ]),
      because: z.exactOptional(z.string()),
      channel: z.exactOptional(z.string()),
      language: z.exactOptional(z.string()),
      template: z.exactOptional(z.literal(true)),
      until: z.exactOptional(z.coerce.date()),
    }),
  ),
});

/** Of a campaign that has not begun: nothing. */
export async function readProgress(
  prisma: Pick<Tx, "campaign" | "$queryRaw">,
  edition: string,
  id: string,
): Promise<Progress | undefined> {
  const campaign = await prisma.campaign.findUnique({ where: { edition_id: { edition, id } } });
  if (campaign === null) return undefined;
  if (campaign.summary !== null) return summary.parse(campaign.summary);
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT recipient.state, recipient.reason AS because, recipient.channel, recipient.language, recipient.template,
      outbox.state AS sending, outbox.delivery, CASE WHEN outbox.state = 'FAILED' OR outbox.delivery = 'FAILED'
        THEN outbox.reason END AS failure,
      min(recipient."notBefore") AS until, count(*)::int AS count
    FROM "CampaignRecipient" recipient LEFT JOIN "Outbox" outbox ON outbox.id = recipient."outboxId"
    WHERE recipient.edition = ${edition} AND recipient."campaignId" = ${id}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY count DESC`;
  return { enrolled: campaign.enrolledAt !== null, counts: rows.map(countOf) };
}

function countOf(row: Row): ProgressCount {
  const { state, because, channel, language, template, until, failure, count } = row;
  if (state === "EXCLUDED") return { count, as: "excluded", ...(because !== null && { because }) };
  if (state === "WAITING")
    return because === null
      ? { count, as: "next" }
      : { count, as: "waiting", because, ...(until && { until }) };
  return {
    ...{ count, as: wayOf(row) },
    ...(failure !== null && { because: failure }),
    ...(channel !== null && { channel }),
    ...(language !== null && { language }),
    ...(template && { template }),
  };
}

/** How far a message came. What was taken by a platform and failed on its way is no better than one it refused. */
function wayOf({ sending, delivery }: Row): ProgressCount["as"] {
  if (sending === "FAILED" || delivery === "FAILED") return "failed";
  if (delivery === "READ") return "read";
  if (delivery === "DELIVERED") return "delivered";
  if (sending === "UNCERTAIN") return "uncertain";
  return sending === "READY" || sending === "SENDING" ? "queued" : "sent";
}
