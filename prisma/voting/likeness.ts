import type { CityUserFile, Likeness } from "../../core/voting/city-users.ts";
import type { Context } from "../context.ts";
import type { Prisma, CityUser as Row } from "../generated/client.ts";
import { lookupName } from "../places.ts";
import { contentIn, STATE } from "./city-users.ts";
import { nameOf } from "./claims.ts";
import { personIn, type VoterPerson } from "./voters.ts";

type Reader = Pick<Prisma.TransactionClient, "voter" | "cityUser">;

/** Whoever on the roll has the codice fiscale of a request, then whoever has its names and day of birth. */
export async function likeOnRoll(context: Context, tx: Reader, row: Row): Promise<readonly Likeness[]> {
  const { edition, sealer } = context;
  const asked = contentIn(context, row);
  const nameKey = lookupName(sealer, edition, asked.surname, asked.birth);
  const { lookup, voterId } = row;
  const voters = await tx.voter.findMany({
    where: {
      edition,
      OR: [{ nameKey }, ...(lookup ? [{ codes: { some: { edition, lookup } } }] : [])],
      ...(voterId !== null && { NOT: { id: voterId } }),
    },
    include: { codes: { select: { lookup: true } } },
  });
  const known = voters.flatMap((voter): Likeness[] => {
    const person = personIn(sealer, voter);
    const hasCode = voter.codes.some((code) => isSame(code.lookup, lookup));
    if (!hasCode && !isNamed(person, asked)) return [];
    return [likeness(hasCode ? "code" : "name", person, voter.comune)];
  });
  return known.sort((a, b) => (a.by < b.by ? -1 : 1));
}

/** Other requests with the same codice fiscale, or the same names and day of birth. */
export async function likeRequests(context: Context, tx: Reader, row: Row): Promise<CityUserFile["alike"]> {
  const asked = contentIn(context, row);
  const others = await tx.cityUser.findMany({
    where: { edition: context.edition, number: { not: row.number } },
    orderBy: { createdAt: "asc" },
  });
  return others.flatMap((other) => {
    const person = contentIn(context, other);
    const by = isSame(other.lookup, row.lookup) ? "code" : isNamed(person, asked) ? "name" : undefined;
    return by ? [{ number: other.number, state: STATE[other.state], ...likeness(by, person, null) }] : [];
  });
}

const isSame = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a !== null && b !== null && Buffer.compare(a, b) === 0;

type Named = Pick<VoterPerson, "name" | "surname" | "birth">;

const isNamed = (a: Named, b: Named): boolean => nameOf(a) === nameOf(b) && a.birth === b.birth;

const likeness = (by: Likeness["by"], { name, surname, birth }: Named, comune: string | null): Likeness => ({
  by,
  name,
  surname,
  birth,
  ...(comune !== null && { comune }),
});
