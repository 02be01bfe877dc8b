import { randomUUID } from "node:crypto";
import type { Absent, Resident } from "../../core/voting/roll-keeping.ts";
import { lookupTaxCode } from "../places.ts";
import type { Sealer } from "../seal.ts";
import { nameOf } from "./claims.ts";
import type { VoterPerson } from "./voters.ts";

/** A voter as the roll has them. */
export interface KeptVoter {
  readonly id: string;
  /** `null` for a city user. */
  readonly comune: string | null;
  readonly person: VoterPerson;
  /** Digests of their codes, hex. */
  readonly codes: ReadonlySet<string>;
  readonly voted: boolean;
  /** Whether they may vote at once. */
  readonly enabled: boolean;
}

/** A resident as the roll is to have them. */
export interface WantedVoter {
  readonly id: string;
  readonly comune: string;
  readonly person: VoterPerson;
  readonly codes: ReadonlySet<string>;
}

/** What makes the roll what the registry office has. */
export interface RollPlan {
  readonly add: readonly WantedVoter[];
  readonly correct: readonly { readonly from: KeptVoter; readonly to: WantedVoter }[];
  readonly unchanged: number;
  /** Voters who turned out to be one with another. */
  readonly merge: readonly KeptVoter[];
  readonly absent: readonly KeptVoter[];
  /** Lines that stand for two people who have both voted. */
  readonly clashes: readonly number[];
}

/**
 * Finds every resident on the roll: by any of their codes, and whoever is left by names and day of
 * birth, where these are one person's here and there. So a code that was missing or wrong is
 * corrected, and its owner does not come to stand there twice.
 */
export function matchRoll(
  sealer: Sealer,
  edition: string,
  residents: readonly Resident[],
  kept: readonly KeptVoter[],
): RollPlan {
  const digestsOf = ({ codes }: Resident) =>
    new Set(codes.map((code) => Buffer.from(lookupTaxCode(sealer, edition, code)).toString("hex")));
  const byCode = new Map(kept.flatMap((voter) => [...voter.codes].map((code) => [code, voter] as const)));
  const taken = new Set<KeptVoter>();
  const found = new Map<Resident, KeptVoter>();
  const merge: KeptVoter[] = [];
  const clashes: number[] = [];
  const left: Resident[] = [];
  const rows = residents.map((resident) => ({ resident, codes: digestsOf(resident) }));

  for (const { resident, codes } of rows) {
    const owners = new Set([...codes].flatMap((code) => byCode.get(code) ?? []));
    const [keep, ...others] = [...owners].filter((voter) => !taken.has(voter)).sort(whoStays);
    for (const voter of owners) taken.add(voter);
    if (keep === undefined) left.push(resident);
    else if (others.some(({ voted }) => voted)) clashes.push(resident.line);
    else {
      found.set(resident, keep);
      merge.push(...others);
    }
  }

  const unfound = kept.filter((voter) => !taken.has(voter));
  const nameless = unfound.filter(({ comune, codes }) => comune !== null || codes.size === 0);
  for (const [resident, voter] of pairs(left, nameless)) {
    found.set(resident, voter);
    taken.add(voter);
  }

  const isClash = new Set(clashes);
  const wanted = rows
    .filter(({ resident }) => !isClash.has(resident.line))
    .map(({ resident, codes }) => ({
      from: found.get(resident),
      to: wantedOf(resident, codes, found.get(resident)),
    }));
  const known = wanted.flatMap(({ from, to }) => (from ? [{ from, to }] : []));
  const correct = known.filter(({ from, to }) => !isSame(from, to));
  return {
    add: wanted.filter(({ from }) => from === undefined).map(({ to }) => to),
    correct,
    unchanged: known.length - correct.length,
    merge,
    absent: unfound.filter((voter) => !taken.has(voter) && voter.comune !== null),
    clashes,
  };
}

/** Of several who are one, who has voted; else who is a resident. */
const whoStays = (a: KeptVoter, b: KeptVoter): number =>
  Number(b.voted) - Number(a.voted) || Number(b.comune !== null) - Number(a.comune !== null);

/** Those of both lists who alone have their names and day of birth there. */
function pairs(
  residents: readonly Resident[],
  voters: readonly KeptVoter[],
): (readonly [Resident, KeptVoter])[] {
  const there = alone(voters, ({ person }) => person);
  return [...alone(residents, (resident) => resident)].flatMap(([key, resident]) => {
    const voter = there.get(key);
    return voter ? [[resident, voter] as const] : [];
  });
}

function alone<T>(all: readonly T[], personOf: (one: T) => VoterLike): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const several = new Set<string>();
  for (const one of all) {
    const person = personOf(one);
    const key = `${nameOf(person)} ${person.birth}`;
    if (found.has(key)) several.add(key);
    found.set(key, one);
  }
  for (const key of several) found.delete(key);
  return found;
}

type VoterLike = Pick<VoterPerson, "name" | "surname" | "birth">;

function wantedOf(resident: Resident, codes: ReadonlySet<string>, from: KeptVoter | undefined): WantedVoter {
  const { name, surname, birth, comune } = resident;
  // What the file does not say stays as it is.
  const email = resident.email === undefined ? from?.person.email : resident.email;
  const phone = resident.phone === undefined ? from?.person.phone : resident.phone;
  const person = { name, surname, birth, ...(email && { email }), ...(phone && { phone }) };
  return { id: from?.id ?? randomUUID(), comune, person, codes };
}

function isSame(from: KeptVoter, to: WantedVoter): boolean {
  const { name, surname, birth, email, phone } = from.person;
  return (
    from.enabled &&
    from.comune === to.comune &&
    name === to.person.name &&
    surname === to.person.surname &&
    birth === to.person.birth &&
    email === to.person.email &&
    phone === to.person.phone &&
    from.codes.size === to.codes.size &&
    [...from.codes].every((code) => to.codes.has(code))
  );
}

export const absentOf = ({ person: { name, surname, birth }, comune, voted }: KeptVoter): Absent => ({
  name,
  surname,
  birth,
  comune: comune ?? "",
  voted,
});
