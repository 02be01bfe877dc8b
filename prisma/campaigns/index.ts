import type { Campaigns } from "../../core/campaigns/ports.ts";
import type { Context } from "../context.ts";
import { enrol } from "./enrol.ts";
import { everybody } from "./everybody.ts";
import { feed } from "./feed.ts";
import { createKeeping } from "./kept.ts";
import { readProgress } from "./progress.ts";
import { templatesLeft } from "./templates-left.ts";
import { createTestChats } from "./tests.ts";

/** Campaigns, who gets them, and what became of it. */
export function createCampaigns(context: Context): Campaigns {
  const { prisma, pool } = context.database;
  return {
    ...createKeeping(context),
    progress: (id) => readProgress(prisma, context.edition, id),
    everybody: (...asked) => everybody(context, ...asked),
    templatesLeft: (dailyLimit, now) => templatesLeft(pool, dailyLimit, now),
    enrol: (id, now) => enrol(context, id, now),
    feed: (id, feeding) => feed(context, id, feeding),
    async waiting() {
      const rows = await prisma.$queryRaw<{ channel: string; count: number }[]>`
        SELECT channel, count(*)::int AS count FROM "Outbox"
        WHERE state IN ('READY', 'SENDING') AND (kind = 'NOTICE') = true GROUP BY channel`;
      return new Map(rows.map(({ channel, count }) => [channel, count]));
    },
    tests: createTestChats(context),
  };
}
