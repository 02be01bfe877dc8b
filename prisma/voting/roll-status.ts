import type { RollCount } from "../../core/voting/roll-keeping.ts";
import type { Context } from "../context.ts";
import { personIn } from "./voters.ts";

/** People without either contact are found by opening every row, as contacts are sealed. */
export async function rollByComune({ database, sealer, edition }: Context): Promise<readonly RollCount[]> {
  const rows = await database.prisma.$queryRaw<
    {
      readonly id: string;
      readonly comune: string | null;
      readonly sealed: Uint8Array<ArrayBuffer>;
      readonly letter: boolean;
      readonly voted: boolean;
      readonly coded: boolean;
    }[]
  >`
    SELECT id::text, comune, sealed, letter IS NOT NULL AS letter, mark IS NOT NULL AS voted,
      EXISTS (SELECT FROM "VoterCode" code WHERE code."voterId" = voter.id) AS coded
    FROM "Voter" voter WHERE edition = ${edition}`;
  const counts = new Map<string, RollCount>();
  for (const row of rows) {
    const comune = row.comune ?? "";
    const { email, phone } = personIn(sealer, row);
    const needsLetter = row.coded && !row.voted && email === undefined && phone === undefined;
    const before = counts.get(comune) ?? nobody;
    counts.set(comune, {
      comune,
      people: before.people + 1,
      stationOnly: before.stationOnly + Number(!row.coded),
      needLetter: before.needLetter + Number(needsLetter),
      haveLetter: before.haveLetter + Number(needsLetter && row.letter),
      voted: before.voted + Number(row.voted),
    });
  }
  return [...counts.values()].sort((a, b) => (a.comune < b.comune ? -1 : 1));
}

const nobody = { people: 0, stationOnly: 0, needLetter: 0, haveLetter: 0, voted: 0 };
