import { type Published, published, type Results } from "../../core/voting/published.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";

export function createResults({ database: { prisma }, edition }: Context): Results {
  async function read(tx: Prisma.TransactionClient = prisma): Promise<Published | undefined> {
    const box = await tx.ballotBox.findUnique({ where: { edition }, select: { result: true } });
    return box?.result ? published.parse(box.result) : undefined;
  }

  return {
    read: () => read(),
    publish: (what, again) =>
      prisma.$transaction(async (tx) => {
        // Taking the row's lock: who comes second finds what the first has published.
        await tx.$queryRaw`SELECT 1 FROM "BallotBox" WHERE edition = ${edition} FOR UPDATE`;
        const before = await read(tx);
        if (before && !again) return before;
        await tx.ballotBox.update({ where: { edition }, data: { result: { ...what } } });
        return undefined;
      }),
    async destroy() {
      const where = { edition };
      await prisma.$transaction([
        prisma.ballotSession.deleteMany({ where }),
        prisma.loginCode.deleteMany({ where }),
        prisma.station.deleteMany({ where }),
        prisma.cityUser.deleteMany({ where }),
        prisma.voter.deleteMany({ where }),
        prisma.urn.updateMany({ where, data: { envelope: Buffer.alloc(0) } }),
      ]);
      // What was deleted is still in the tables' pages.
      for (const table of ["Voter", "VoterCode", "CityUser", "Station", "StationEntry", "Urn"])
        await prisma.$executeRawUnsafe(`VACUUM FULL "${table}"`);
    },
  };
}
