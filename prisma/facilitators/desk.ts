import { randomUUID } from "node:crypto";
import type { FacilitatorSummary, Facilitators } from "../../core/facilitators/ports.ts";
import { endSessionsOfFacilitator } from "../assisted/end.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { tell } from "../notices.ts";
import { facilitatorOf, lookupInvitation } from "../places.ts";
import { endAll } from "./ending.ts";
import { facilitatorIn, goingOn } from "./shapes.ts";

/** What the office does with facilitators: it sees numbers, and nobody whom they accompany. */
export function createFacilitators(context: Context): Facilitators {
  const { edition, sealer, database } = context;
  const { prisma } = database;

  /** How many accompaniments there are, by facilitator. */
  async function counted(where: Prisma.AccompanimentWhereInput): Promise<ReadonlyMap<string, number>> {
    const groups = await prisma.accompaniment.groupBy({
      by: ["facilitatorId"],
      where: { edition, consentedAt: { not: null }, ...where },
      _count: true,
    });
    return new Map(groups.map(({ facilitatorId, _count }) => [facilitatorId, _count]));
  }

  return {
    async invite(who, code, until) {
      const id = randomUUID();
      const sealed = sealer.seal(facilitatorOf(id), who);
      await prisma.facilitator.create({
        data: { id, edition, sealed, code: lookupInvitation(sealer, code), until },
      });
      return { id };
    },
    async list() {
      const [rows, started, finished, going] = await Promise.all([
        prisma.facilitator.findMany({
          where: { edition },
          include: { _count: { select: { sessions: true } } },
          orderBy: [{ invitedAt: "asc" }, { id: "asc" }],
        }),
        counted({}),
        counted({ finishedAt: { not: null } }),
        counted(goingOn),
      ]);
      const now = new Date();
      return rows.map((row): FacilitatorSummary => {
        const { id, invitedAt, until, joinedAt, stoppedAt } = row;
        const facilitator = facilitatorIn(context, row);
        return {
          ...{ id, invitedAt, until },
          ...(facilitator && { facilitator }),
          state: stoppedAt ? "stopped" : joinedAt ? "active" : until < now ? "expired" : "invited",
          started: started.get(id) ?? 0,
          finished: finished.get(id) ?? 0,
          goingOn: going.get(id) ?? 0,
          assisted: row._count.sessions,
        };
      });
    },
    stop: (id, notice, ended) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.facilitator.updateMany({
          where: { id, edition, stoppedAt: null },
          data: { stoppedAt: new Date() },
        });
        if (count === 0) return "unknown";
        await endAll(context, tx, id, "office", notice);
        for (const over of await endSessionsOfFacilitator(context, tx, id, "office"))
          await tell(context, tx, over.ownerId, ended(over));
        return "stopped";
      }),
  };
}
