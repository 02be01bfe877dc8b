import { randomBytes, randomUUID } from "node:crypto";
import type { Route } from "../../core/voting/ports.ts";
import type { Database } from "../../prisma/client.ts";
import { createSealer } from "../../prisma/seal.ts";
import type { Secrets } from "../../prisma/secrets.ts";
import type { Stores } from "../../prisma/stores.ts";
import { personColumns } from "../../prisma/voting/voters.ts";

/** A day on which the vote of these tests is open. */
export const TODAY = "2027-02-10";

/** Opens the ballot box of an edition, with a key that opens nothing. */
export async function openBox(database: Database, edition = "test"): Promise<void> {
  await database.prisma.ballotBox.create({ data: { edition, projects: [], publicKey: "" } });
}

export interface OnTheRoll {
  readonly edition?: string;
  readonly comune?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly enabledFrom?: string;
}

/** Puts so many people on the roll; gives their ids. */
export async function enrol(
  database: Database,
  secrets: Secrets,
  count: number,
  given: OnTheRoll | ((index: number) => OnTheRoll) = {},
): Promise<readonly string[]> {
  const sealer = createSealer(secrets);
  const rows = Array.from({ length: count }, (_, index) => {
    const of = typeof given === "function" ? given(index) : given;
    const { edition = "test", comune, enabledFrom, email, phone } = of;
    const contact = { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
    const person = { name: "Ada", surname: `Rossi ${index}`, birth: "1950-05-03", ...contact };
    return {
      ...personColumns(sealer, edition, randomUUID(), person),
      comune: comune ?? null,
      enabledFrom: enabledFrom === undefined ? null : new Date(enabledFrom),
    };
  });
  for (let at = 0; at < rows.length; at += 2000) {
    await database.prisma.voter.createMany({ data: rows.slice(at, at + 2000) });
  }
  return rows.map(({ id }) => id);
}

/** Sealed or not, an envelope looks like this from outside. */
export const newEnvelope = (): Uint8Array => randomBytes(384);

export const castBy = (
  { voting }: Pick<Stores, "voting">,
  voterId: string,
  envelope: Uint8Array = newEnvelope(),
  route: Route = "spid",
) => voting.casting.cast({ voterId, envelope, route, today: TODAY });

/** How many marks, and how many envelopes waiting and mixed there are. */
export async function tally({ pool }: Pick<Database, "pool">, edition = "test") {
  const { rows } = await pool.query<{ online: number; paper: number; spool: number; urn: number }>(
    `SELECT (SELECT count(*)::int FROM "Voter" WHERE edition = $1 AND mark IS NOT NULL AND mark <> 'PAPER') AS online,
            (SELECT count(*)::int FROM "Voter" WHERE edition = $1 AND mark = 'PAPER') AS paper,
            (SELECT count(*)::int FROM "Spool" WHERE edition = $1) AS spool,
            (SELECT count(*)::int FROM "Urn" WHERE edition = $1) AS urn`,
    [edition],
  );
  const [row] = rows;
  if (!row) throw new Error("Nothing was counted.");
  return row;
}
