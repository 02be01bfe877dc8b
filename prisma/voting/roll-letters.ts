import { drawLetterCode } from "../../core/voting/letter.ts";
import type { Letter, RollKeeping } from "../../core/voting/roll-keeping.ts";
import type { Context } from "../context.ts";
import { lookupLetter } from "../places.ts";
import { inBatches } from "./batches.ts";
import { locked, SHARED } from "./lock.ts";
import { personIn } from "./voters.ts";

/** Whoever has a codice fiscale, has not voted, and was given no letter or may be given another. */
const ENTITLED = `
  SELECT id::text, comune, sealed FROM "Voter" voter
  WHERE edition = $1 AND mark IS NULL AND ($2 OR letter IS NULL) AND ($3::text IS NULL OR comune = $3)
    AND EXISTS (SELECT FROM "VoterCode" code WHERE code."voterId" = voter.id)
  FOR NO KEY UPDATE OF voter`;

const KEEP = `
  UPDATE "Voter" voter SET letter = given.letter
  FROM unnest($1::uuid[], $2::bytea[]) AS given(id, letter) WHERE voter.id = given.id`;

interface Row {
  readonly id: string;
  readonly comune: string | null;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

export function drawLetters(
  { database, sealer, edition }: Context,
  { comune, again }: Parameters<RollKeeping["drawLetters"]>[0],
  draw: Parameters<RollKeeping["drawLetters"]>[1],
): Promise<readonly Letter[]> {
  return locked(database.pool, SHARED, async (client) => {
    const { rows } = await client.query<Row>(ENTITLED, [edition, again, comune ?? null]);
    const letters = rows.flatMap((row) => {
      const { name, surname, email, phone } = personIn(sealer, row);
      const { id, comune: home } = row;
      if (email !== undefined || phone !== undefined) return [];
      const code = drawLetterCode(draw);
      return { id, letter: { name, surname, ...(home !== null && { comune: home }), code } };
    });
    await inBatches(letters, (batch) =>
      client.query(KEEP, [
        batch.map(({ id }) => id),
        batch.map(({ id, letter }) => lookupLetter(sealer, id, letter.code)),
      ]),
    );
    return letters.map(({ letter }) => letter);
  });
}
