import { randomUUID } from "node:crypto";
import type { Day } from "../../core/edition/calendar.ts";
import type { Context } from "../context.ts";
import { gaveWay } from "../gave-way.ts";
import { codeColumns, dateOf, personColumns, type VoterPerson } from "./voters.ts";

/** Somebody made up, as they stand on the roll. */
export interface MadeUpVoter {
  readonly person: VoterPerson;
  readonly taxCode: string;
  /** Absent for who lives elsewhere. */
  readonly comune?: string | undefined;
  readonly enabledFrom?: Day | undefined;
}

/** The roll of a demonstration. */
export interface DemoRoll {
  /** Puts people on it where nobody is yet. */
  fill(people: readonly MadeUpVoter[]): Promise<void>;
}

export function createDemoRoll({ database: { prisma }, sealer, edition }: Context): DemoRoll {
  return {
    async fill(people) {
      if ((await prisma.voter.count({ where: { edition } })) > 0) return;
      const rows = people.map((one) => ({ id: randomUUID(), ...one }));
      const written = prisma.$transaction([
        prisma.voter.createMany({
          data: rows.map(({ id, person, comune = null, enabledFrom }) => ({
            ...personColumns(sealer, edition, id, person),
            comune,
            enabledFrom: enabledFrom === undefined ? null : dateOf(enabledFrom),
          })),
        }),
        prisma.voterCode.createMany({
          data: rows.flatMap(({ id, taxCode }) => codeColumns(sealer, edition, id, [taxCode])),
        }),
      ]);
      await written.catch((error: unknown) => {
        // Another process was quicker.
        if (!gaveWay(error)) throw error;
      });
    },
  };
}
