import type { StationNotices } from "../../core/voting/stations.ts";
import type { Context } from "../context.ts";
import { lookupAddress, outboxTo } from "../places.ts";
import { outgoing } from "../shapes.ts";
import { reach } from "./reach.ts";
import { dayOf, personIn } from "./voters.ts";

const BATCH = 100;

interface Due {
  readonly id: bigint;
  readonly isMark: boolean;
  readonly voterId: string;
  readonly name: string;
  readonly day: Date;
}

export function createStationNotices({ database: { prisma }, sealer, edition }: Context): StationNotices {
  /** @returns how many entries were dealt with, and how many people were told */
  function settleSome(...[minutes, channels, compose]: Parameters<StationNotices["settle"]>) {
    return prisma.$transaction(async (tx) => {
      // Whoever runs this at the same time deals with other entries.
      const due = await tx.$queryRaw<Due[]>`
        SELECT entry.id, entry.act = 'PAPER' AS "isMark", entry."voterId"::text AS "voterId",
               station.name, station.day
        FROM "StationEntry" entry JOIN "Station" station ON station.id = entry."stationId"
        WHERE station.edition = ${edition} AND entry."voterId" IS NOT NULL
          AND entry.at < now() - ${minutes} * interval '1 minute'
        ORDER BY entry.id LIMIT ${BATCH} FOR UPDATE OF entry SKIP LOCKED`;
      const ids = due.map(({ id }) => id);
      await tx.stationEntry.updateMany({ where: { id: { in: ids } }, data: { voterId: null } });
      let told = 0;
      for (const { voterId, name, day } of due.filter(({ isMark }) => isMark)) {
        const voter = await tx.voter.findUnique({
          where: { id: voterId },
          select: { id: true, sealed: true },
        });
        const to = voter && reach(personIn(sealer, voter), channels);
        if (!to) continue;
        const { channel, address } = to;
        const lookup = lookupAddress(sealer, channel, address);
        const content = outgoing.parse({ address, message: compose({ name, day: dayOf(day) }) });
        const sealed = sealer.seal(outboxTo(lookup), content);
        await tx.outbox.create({ data: { channel, lookup, kind: "NOTICE", sealed } });
        told += 1;
      }
      return { done: due.length, told };
    });
  }

  return {
    async settle(...given) {
      for (let told = 0; ; ) {
        const some = await settleSome(...given);
        told += some.told;
        if (some.done < BATCH) return told;
      }
    },
  };
}
