import { timingSafeEqual } from "node:crypto";
import { normal } from "../../core/understanding/normal.ts";
import type { Claim, CodeChannel } from "../../core/voting/identity.ts";
import { readLetterCode } from "../../core/voting/letter.ts";
import type { Context } from "../context.ts";
import { run, type Statement } from "../hot.ts";
import { lookupLetter, lookupTaxCode } from "../places.ts";
import type { Bytes, Sealer } from "../seal.ts";
import { reach } from "./reach.ts";
import { personIn, type VoterPerson } from "./voters.ts";

/** A voter whose data somebody has right. */
export interface ClaimedVoter {
  readonly id: string;
  readonly person: VoterPerson;
  /** Whether the code of their letter came with it. */
  readonly hasLetter: boolean;
}

/** One statement and one row at most, whoever it is about. */
const FIND: Statement = {
  name: "claim-find",
  text: `
    SELECT voter.id, voter.sealed, voter.letter
    FROM "VoterCode" code JOIN "Voter" voter ON voter.id = code."voterId"
    WHERE code.edition = $1 AND code.lookup = $2`,
};

interface Row {
  readonly id: string;
  readonly sealed: Bytes;
  readonly letter: Bytes | null;
}

/** Who a claim is of; nobody where the names are not those that the roll has beside the code. */
export async function claimedBy(
  { database, sealer, edition }: Context,
  claim: Claim,
): Promise<ClaimedVoter | undefined> {
  const lookup = lookupTaxCode(sealer, edition, claim.taxCode);
  const [row] = await run<Row>(database.pool, FIND, [edition, lookup]);
  if (!row) return undefined;
  const person = personIn(sealer, row);
  if (nameOf(person) !== nameOf(claim)) return undefined;
  return { id: row.id, person, hasLetter: isLetter(sealer, row, claim.letter) };
}

/**
 * The names as they are compared, however they are spelt in capitals, accents and spaces, and in
 * whichever box each was typed; who has one name alone types it in both.
 */
export function nameOf({ name, surname }: Pick<VoterPerson, "name" | "surname">): string {
  const names = [name, surname].map((one) => normal(one).replaceAll(" ", "")).filter((one) => one !== "");
  return JSON.stringify([...new Set(names)].sort());
}

function isLetter(sealer: Sealer, { id, letter }: Row, typed: string | undefined): boolean {
  const read = typed === undefined ? undefined : readLetterCode(typed);
  return read !== undefined && letter !== null && timingSafeEqual(lookupLetter(sealer, id, read), letter);
}

interface Contact {
  readonly channel: CodeChannel;
  readonly address: string;
}

/**
 * Where a code goes: to a contact that the roll holds; where none of those can be reached, to the one
 * that was claimed, if a letter came with it or the edition takes people at their word.
 */
export function contactOf(
  { person, hasLetter }: ClaimedVoter,
  claim: Claim,
  selfDeclared: boolean,
  channels: readonly CodeChannel[],
): Contact | undefined {
  const held = reach(person, channels);
  return held ?? (hasLetter || selfDeclared ? reach(claim, channels) : undefined);
}
