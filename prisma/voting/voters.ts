import { z } from "zod";
import type { Voter } from "../../core/voting/ports.ts";
import type { Prisma, Voter as Row } from "../generated/client.ts";
import { lookupName, lookupTaxCode, voterOf } from "../places.ts";
import type { Sealer } from "../seal.ts";

/** What is sealed of a voter. */
export type VoterPerson = Pick<Voter, "name" | "surname" | "birth" | "email" | "phone">;

const voterPerson: z.ZodType<VoterPerson> = z.object({
  name: z.string(),
  surname: z.string(),
  birth: z.string(),
  email: z.exactOptional(z.string()),
  phone: z.exactOptional(z.string()),
} satisfies { readonly [K in keyof Required<VoterPerson>]: z.ZodType });

/** With a voter, whether a code of theirs is known. */
export const withCodes = { codes: { select: { lookup: true } } } satisfies Prisma.VoterInclude;

/** A row as core knows it. */
export function voterIn(sealer: Sealer, row: Row & { readonly codes: readonly unknown[] }): Voter {
  const { id, comune, enabledFrom, mark, codes } = row;
  return {
    id,
    ...personIn(sealer, row),
    ...(comune !== null && { comune }),
    ...(enabledFrom !== null && { enabledFrom: dayOf(enabledFrom) }),
    ...(mark !== null && { voted: mark === "PAPER" ? "paper" : "online" }),
    hasCode: codes.length > 0,
  };
}

export const personIn = (sealer: Sealer, { id, sealed }: Pick<Row, "id" | "sealed">): VoterPerson =>
  sealer.open(voterOf(id), sealed, voterPerson);

/** What a row says of a person, apart from their Comune and their mark. */
export const personColumns = (sealer: Sealer, edition: string, id: string, person: VoterPerson) => ({
  id,
  edition,
  sealed: sealer.seal(voterOf(id), voterPerson.parse(person)),
  nameKey: lookupName(sealer, edition, person.surname, person.birth),
});

export const codeColumns = (sealer: Sealer, edition: string, voterId: string, codes: readonly string[]) =>
  codes.map((code) => ({ edition, voterId, lookup: lookupTaxCode(sealer, edition, code) }));

/** A calendar day as PostgreSQL's `date` is read and written. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
