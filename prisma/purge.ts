import { forgetRecipients, uncounted } from "./campaigns/forget.ts";
import type { Database } from "./client.ts";
import { purgeAccompanying } from "./facilitators/forget.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a row without its content is kept, to recognise duplicates and to answer questions. */
const KEPT_DAYS = 30;

/** How many rows were removed. */
export interface Purged {
  readonly inbox: number;
  readonly outbox: number;
  readonly offeredDrafts: number;
}

/**
 * Removes what has served its time. To be run once a day; harmless to run more often, or in
 * several processes.
 *
 * @param now real time
 */
export async function purge(database: Database, now = new Date()): Promise<Purged> {
  const { kind, prisma, pool } = database;
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const inbox = await prisma.inbox.deleteMany({
    where: { state: { not: "PENDING" }, handledAt: { lt: before } },
  });
  await forgetRecipients(database, before);
  // What a campaign sent is counted when it is over for so long.
  const counted = { OR: [{ campaign: null }, { campaign: { notIn: [...(await uncounted(database))] } }] };
  const outbox = await prisma.outbox.deleteMany({ where: { settledAt: { lt: before }, ...counted } });
  await prisma.testCode.deleteMany({ where: { until: { lt: now } } });
  const offeredDrafts = await prisma.offeredDraft.deleteMany({ where: { until: { lt: now } } });
  await purgeSignIns(prisma, now);
  await purgeAccompanying(prisma, now);
  // A server vacuums by itself; the embedded database never does, and would only grow.
  if (kind === "embedded") await pool.query("VACUUM");
  return { inbox: inbox.count, outbox: outbox.count, offeredDrafts: offeredDrafts.count };
}

/** When somebody asked for a code, or came from a chat to vote, is nobody's business a day later. */
async function purgeSignIns(prisma: Database["prisma"], now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - DAY_MS);
  await prisma.outbox.deleteMany({ where: { kind: "CODE", settledAt: { lt: yesterday } } });
  await prisma.loginCode.deleteMany({
    where: { until: { lt: yesterday }, OR: [{ restsUntil: null }, { restsUntil: { lt: now } }] },
  });
  await prisma.throttle.deleteMany({ where: { until: { lt: now } } });
  await prisma.ballotLink.deleteMany({ where: { until: { lt: now } } });
  await prisma.ballotSession.deleteMany({ where: { until: { lt: yesterday } } });
}
