import { campaignPlan } from "../../core/campaigns/campaign.ts";
import type { CampaignState, Campaigns, KeptCampaign, Moved } from "../../core/campaigns/ports.ts";
import type { Context } from "../context.ts";
import type { Prisma, CampaignState as State } from "../generated/client.ts";
import type { Tx } from "../merge.ts";
import { outboxName } from "./names.ts";
import { exclude, takeBack, withdraw } from "./take-back.ts";

const STATE: Readonly<Record<State, CampaignState>> = {
  DRAFT: "draft",
  WAITING: "waiting",
  SCHEDULED: "scheduled",
  RUNNING: "running",
  PAUSED: "paused",
  STOPPED: "stopped",
  DONE: "done",
};

const include = { approvals: { orderBy: { at: "asc" } } } satisfies Prisma.CampaignInclude;
type Row = Prisma.CampaignGetPayload<{ include: typeof include }>;

const keptOf = (row: Row): KeptCampaign => ({
  id: row.id,
  state: STATE[row.state],
  plan: campaignPlan.parse(row.plan),
  automatic: row.automatic,
  approvedBy: row.approvals.map(({ by }) => by),
  ...(row.createdBy !== null && { sentBy: row.createdBy }),
  ...(row.startsAt && { startsAt: row.startsAt }),
  ...(row.endedAt && { endedAt: row.endedAt }),
});

/** The same person, however they write their name. */
const isSame = (one: string, other: string | null): boolean => nameKey(one) === nameKey(other ?? "");
const nameKey = (name: string) => name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

type Keeping = Pick<
  Campaigns,
  | "list"
  | "read"
  | "running"
  | "write"
  | "send"
  | "approve"
  | "pause"
  | "resume"
  | "stop"
  | "begin"
  | "finish"
>;

/** What moves a campaign on, each step by compare-and-set: of two who do it at once, one does. */
export function createKeeping(context: Context): Keeping {
  const { database, edition } = context;
  const { prisma } = database;
  const many = async (where: Prisma.CampaignWhereInput) =>
    (
      await prisma.campaign.findMany({ where: { ...where, edition }, include, orderBy: { createdAt: "asc" } })
    ).map(keptOf);

  /** Moves it where it is in one of these states, and does what goes with it; else tells what it is. */
  function move(
    id: string,
    from: readonly State[],
    to: State,
    data: Omit<Prisma.CampaignUpdateManyMutationInput, "state">,
    along: (tx: Tx) => Promise<unknown> = async () => undefined,
  ): Promise<Moved> {
    return prisma.$transaction(async (tx) => {
      const { count } = await tx.campaign.updateMany({
        where: { edition, id, state: { in: [...from] } },
        data: { ...data, state: to },
      });
      if (count > 0) {
        await along(tx);
        return { kind: "done", state: STATE[to] };
      }
      const row = await tx.campaign.findUnique({ where: { edition_id: { edition, id } } });
      return row ? { kind: "conflict", state: STATE[row.state] } : { kind: "unknown" };
    });
  }

  return {
    list: () => many({}),
    running: () => many({ state: "RUNNING" }),
    async read(id) {
      const row = await prisma.campaign.findUnique({ where: { edition_id: { edition, id } }, include });
      return row ? keptOf(row) : undefined;
    },

    async write(id, plan) {
      // JSON as it is: what zod let through has no dates and no undefined.
      const kept: Prisma.InputJsonValue = JSON.parse(JSON.stringify(plan));
      const { count } = await prisma.campaign.createMany({
        data: [{ edition, id, plan: kept }],
        skipDuplicates: true,
      });
      if (count > 0) return true;
      const where = { edition, id, state: "DRAFT" as const };
      return (await prisma.campaign.updateMany({ where, data: { plan: kept } })).count > 0;
    },

    send(id, by, startsAt, toBeApproved) {
      return move(id, ["DRAFT"], toBeApproved ? "WAITING" : "SCHEDULED", { createdBy: by, startsAt });
    },

    async approve(id, by) {
      const row = await prisma.campaign.findUnique({ where: { edition_id: { edition, id } } });
      if (row?.state === "WAITING" && isSame(by, row.createdBy)) return { kind: "samePerson", by };
      return move(id, ["WAITING"], "SCHEDULED", {}, (tx) =>
        tx.campaignApproval.create({ data: { edition, campaignId: id, by } }),
      );
    },

    pause: (id) => move(id, ["RUNNING", "SCHEDULED"], "PAUSED", {}, (tx) => takeBack(context, tx, id)),
    resume: (id) => move(id, ["PAUSED"], "SCHEDULED", {}),

    async stop(id, automatic) {
      if (automatic) await insert(prisma, id, automatic, { state: "PAUSED" });
      const live = ["DRAFT", "WAITING", "SCHEDULED", "RUNNING", "PAUSED"] as const;
      return move(id, live, "STOPPED", { endedAt: new Date() }, (tx) => withdraw(context, tx, id));
    },

    async begin(automatic, now) {
      for (const [id, plan] of automatic)
        await insert(prisma, id, plan, { state: "SCHEDULED", startsAt: now });
      await prisma.campaign.updateMany({
        where: { edition, state: "SCHEDULED", startsAt: { lte: now } },
        data: { state: "RUNNING" },
      });
    },

    async finish(id, isOver) {
      if (isOver) await exclude(prisma, edition, id, "too_late");
      // What waits in the outbox can still be paused and stopped.
      await prisma.$executeRaw`
        UPDATE "Campaign" SET state = 'DONE', "endedAt" = now()
        WHERE edition = ${edition} AND id = ${id} AND state = 'RUNNING' AND "enrolledAt" IS NOT NULL
          AND NOT EXISTS (SELECT FROM "CampaignRecipient"
            WHERE edition = ${edition} AND "campaignId" = ${id} AND state = 'WAITING')
          AND NOT EXISTS (SELECT FROM "Outbox"
            WHERE campaign = ${outboxName(edition, id)} AND state IN ('READY', 'SENDING'))`;
    },
  };

  /** One that the calendar makes has its row once, whoever makes it. */
  async function insert(
    tx: Pick<Tx, "campaign">,
    id: string,
    plan: KeptCampaign["plan"],
    as: { readonly state: State; readonly startsAt?: Date },
  ): Promise<void> {
    const kept: Prisma.InputJsonValue = JSON.parse(JSON.stringify(plan));
    await tx.campaign.createMany({
      data: [{ edition, id, plan: kept, automatic: true, ...as }],
      skipDuplicates: true,
    });
  }
}
