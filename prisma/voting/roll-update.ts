import type pg from "pg";
import type { Resident, RollChanges, RollKeeping } from "../../core/voting/roll-keeping.ts";
import type { Context } from "../context.ts";
import { inBatches } from "./batches.ts";
import { ALONE, locked } from "./lock.ts";
import { absentOf, type KeptVoter, matchRoll, type RollPlan, type WantedVoter } from "./roll-match.ts";
import { personColumns, personIn } from "./voters.ts";

/** Nobody votes, and no envelope is mixed, for the seconds that this takes: what it has read stays true. */
export function bringUpToDate(
  context: Context,
  residents: readonly Resident[],
  { removeAbsent, dry }: Parameters<RollKeeping["bringUpToDate"]>[1],
): Promise<RollChanges> {
  const work = async (client: pg.PoolClient): Promise<RollChanges> => {
    const plan = matchRoll(context.sealer, context.edition, residents, await readRoll(context, client));
    const remove = removeAbsent ? plan.absent.filter(({ voted }) => !voted) : [];
    if (!dry) await write(context, client, plan, remove);
    return {
      added: plan.add.length,
      corrected: plan.correct.length,
      unchanged: plan.unchanged,
      removed: remove.length,
      absent: plan.absent.filter((voter) => !remove.includes(voter)).map(absentOf),
      clashes: plan.clashes,
    };
  };
  return locked(context.database.pool, ALONE, work);
}

interface VoterRow {
  readonly id: string;
  readonly comune: string | null;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly voted: boolean;
  readonly enabled: boolean;
}

async function readRoll({ sealer, edition }: Context, client: pg.PoolClient): Promise<readonly KeptVoter[]> {
  const codes = await client.query<{ voterId: string; code: string }>(
    `SELECT "voterId"::text, encode(lookup, 'hex') AS code FROM "VoterCode" WHERE edition = $1`,
    [edition],
  );
  const codesOf = new Map<string, Set<string>>();
  for (const { voterId, code } of codes.rows) {
    codesOf.set(voterId, (codesOf.get(voterId) ?? new Set()).add(code));
  }
  const voters = await client.query<VoterRow>(
    `SELECT id::text, comune, sealed, mark IS NOT NULL AS voted, "enabledFrom" IS NULL AS enabled
     FROM "Voter" WHERE edition = $1`,
    [edition],
  );
  return voters.rows.map(({ id, comune, sealed, voted, enabled }) => ({
    id,
    comune,
    voted,
    enabled,
    person: personIn(sealer, { id, sealed }),
    codes: codesOf.get(id) ?? new Set(),
  }));
}

async function write(
  context: Context,
  client: pg.PoolClient,
  { add, correct, merge }: RollPlan,
  remove: readonly KeptVoter[],
): Promise<void> {
  const { edition } = context;
  const columnsOf = (voters: readonly WantedVoter[]) => {
    const rows = voters.map(({ id, person }) => personColumns(context.sealer, edition, id, person));
    return [
      voters.map(({ id }) => id),
      voters.map(({ comune }) => comune),
      rows.map(({ sealed }) => sealed),
      rows.map(({ nameKey }) => nameKey),
    ];
  };
  const gone = [...merge, ...remove].map(({ id }) => id);
  const dropped = correct.flatMap(({ from, to }) => [...from.codes].filter((code) => !to.codes.has(code)));
  const gained = [
    ...correct.flatMap(({ from, to }) => pairsOf(to, (code) => !from.codes.has(code))),
    ...add.flatMap((voter) => pairsOf(voter, () => true)),
  ];
  await inBatches(gone, (ids) =>
    client.query(`DELETE FROM "Voter" WHERE id = ANY($1::uuid[]) AND mark IS NULL`, [ids]),
  );
  await inBatches(dropped, (codes) =>
    client.query(
      `DELETE FROM "VoterCode" WHERE edition = $1
         AND lookup IN (SELECT decode(code, 'hex') FROM unnest($2::text[]) AS code)`,
      [edition, codes],
    ),
  );
  await inBatches(
    correct.map(({ to }) => to),
    (voters) =>
      client.query(
        `UPDATE "Voter" voter
         SET comune = given.comune, sealed = given.sealed, "nameKey" = given."nameKey", "enabledFrom" = NULL
         FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[]) AS given(id, comune, sealed, "nameKey")
         WHERE voter.id = given.id`,
        columnsOf(voters),
      ),
  );
  await inBatches(add, (voters) =>
    client.query(
      `INSERT INTO "Voter" (edition, id, comune, sealed, "nameKey")
       SELECT $5, * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[])`,
      [...columnsOf(voters), edition],
    ),
  );
  await inBatches(gained, (pairs) =>
    client.query(
      `INSERT INTO "VoterCode" (edition, lookup, "voterId")
       SELECT $1, decode(code, 'hex'), id FROM unnest($2::text[], $3::uuid[]) AS given(code, id)`,
      [edition, pairs.map(({ code }) => code), pairs.map(({ id }) => id)],
    ),
  );
}

const pairsOf = ({ id, codes }: WantedVoter, is: (code: string) => boolean) =>
  [...codes].filter(is).map((code) => ({ id, code }));
