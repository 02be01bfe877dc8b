import type { Roll } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import { lookupName, lookupTaxCode } from "../places.ts";
import { voterIn, withCodes } from "./voters.ts";

export function createRoll({ database: { prisma }, sealer, edition }: Context): Roll {
  return {
    async byTaxCode(taxCode) {
      const lookup = lookupTaxCode(sealer, edition, taxCode);
      // One query, whether there is somebody or not: the time it takes tells nothing.
      const row = await prisma.voter.findFirst({ where: { codes: { some: { edition, lookup } } } });
      return row ? voterIn(sealer, { ...row, codes: [lookup] }) : undefined;
    },
    async bySurname(surname, birth) {
      const nameKey = lookupName(sealer, edition, surname, birth);
      const rows = await prisma.voter.findMany({ where: { edition, nameKey }, include: withCodes });
      return rows.map((row) => voterIn(sealer, row));
    },
    async read(id) {
      const row = await prisma.voter.findFirst({ where: { id, edition }, include: withCodes });
      return row ? voterIn(sealer, row) : undefined;
    },
  };
}
