import type { AssistedSession, AssistedSessions, EndedBy, Over } from "../../core/assisted/ports.ts";
import type { Notice } from "../../core/desk.ts";
import type { Context } from "../context.ts";
import { tell } from "../notices.ts";
import { endSession } from "./end.ts";
import { forgetDrafts } from "./heir.ts";

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
        if (waiting === 0) await forgetDrafts(tx, guestId);
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
      const failures: unknown[] = [];
      for (const { guestId } of forgotten) {
        try {
          if (guestId !== null && (await endOne(guestId, notice))) ended += 1;
        } catch (error) {
          failures.push(error); // one that cannot be ended does not keep the others from it
        }
      }
      await forgetOffered(now);
      if (failures.length > 0) throw new AggregateError(failures, "Sessions could not be ended yet.");
      return ended;
    },
    async clear(before) {
      await prisma.assistedSession.deleteMany({ where: { edition, endedAt: { lt: before } } });
    },
  };
}
