import type { AssistedSession, EndedBy } from "../../core/assisted/ports.ts";
import type { Notice } from "../../core/desk.ts";
import type { Context } from "../context.ts";
import { tell } from "../notices.ts";
import { endSession } from "./end.ts";
import { forgetLeft, type Over } from "./give-back.ts";

/** The log of assisted sessions, and what becomes of those that nobody ends. */
export interface AssistedSessions {
  /** In the order in which they began. */
  list(): Promise<readonly AssistedSession[]>;
  /**
   * Ends the sessions whose time is over, and forgets what was to be gone on with by a code that is good no
   * more. Several processes may do it at once: each session is ended by one.
   *
   * @param now real time
   * @param notice what the facilitator is told
   * @returns how many were ended
   */
  endForgotten(now: Date, notice: (over: Over) => Notice): Promise<number>;
  /** Forgets the log of sessions that ended before a moment. */
  clear(before: Date): Promise<void>;
}

const ENDED_BY: readonly EndedBy[] = ["facilitator", "time", "office", "moved"];

export function createAssistedSessions(context: Context): AssistedSessions {
  const { database, edition } = context;
  const { prisma } = database;

  async function endOne(guestId: string, notice: (over: Over) => Notice): Promise<boolean> {
    return prisma.$transaction(async (tx) => {
      const over = await endSession(context, tx, guestId, "time");
      if (over === undefined) return false;
      await tell(context, tx, over.ownerId, notice(over));
      return true;
    });
  }

  async function forgetOffered(now: Date): Promise<void> {
    const left = await prisma.assistedSession.findMany({
      where: { edition, endedAt: { not: null }, guestId: { not: null } },
      select: { guestId: true },
    });
    for (const { guestId } of left) {
      if (guestId === null) continue;
      await prisma.$transaction(async (tx) => {
        const waiting = await tx.offeredDraft.count({ where: { contactId: guestId, until: { gt: now } } });
        if (waiting === 0) await forgetLeft(tx, guestId);
      });
    }
  }

  return {
    async list() {
      const rows = await prisma.assistedSession.findMany({
        where: { edition },
        orderBy: [{ startedAt: "asc" }, { id: "asc" }],
      });
      return rows.map(({ facilitatorId, reason, startedAt, endedAt, endedBy, done }): AssistedSession => {
        const by = ENDED_BY.find((one) => one === endedBy);
        return {
          ...{ facilitatorId, reason, startedAt, done },
          ...(endedAt && { endedAt }),
          ...(by && { endedBy: by }),
        };
      });
    },
    async endForgotten(now, notice) {
      const forgotten = await prisma.assistedSession.findMany({
        where: { edition, endedAt: null, until: { lte: now } },
        select: { guestId: true },
        orderBy: { until: "asc" },
      });
      let ended = 0;
      for (const { guestId } of forgotten) if (guestId && (await endOne(guestId, notice))) ended += 1;
      await forgetOffered(now);
      return ended;
    },
    async clear(before) {
      await prisma.assistedSession.deleteMany({ where: { edition, endedAt: { lt: before } } });
    },
  };
}
