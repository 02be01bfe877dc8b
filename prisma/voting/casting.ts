import type { Day } from "../../core/edition/calendar.ts";
import { envelopeId } from "../../core/voting/envelope.ts";
import type { Cast, Casting } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import type { Mark } from "../generated/client.ts";
import { run, type Statement } from "../hot.ts";
import { inGroups } from "./groups.ts";
import { locked, SHARED } from "./lock.ts";
import { MARK } from "./marks.ts";
import { createReceipts } from "./receipts.ts";

type Vote = Parameters<Casting["cast"]>[0];

/** A vote on its way, with its envelope's name. */
interface Sent extends Vote {
  /** Hex. */
  readonly id: string;
}

/**
 * Takes the envelopes of those who may vote and have not, and marks these; tells what was found of
 * everybody else. Rows of the roll are locked first, so that what is seen of them holds; an envelope
 * that somebody else is casting at this moment is waited for, and refused when it is in.
 *
 * Voters and envelopes are each taken in the order of their ids, so that two processes with some of
 * the same ones wait for each other instead of dead-locking.
 */
const CAST: Statement = {
  name: "ballots-cast",
  text: `
    WITH given AS (
      SELECT * FROM unnest($2::uuid[], $3::"Mark"[], $4::bytea[], $5::bytea[], $6::date[])
        WITH ORDINALITY AS given("voterId", route, id, envelope, today, n)
    ), box AS (
      SELECT "closedOn" IS NULL AS open FROM "BallotBox" WHERE edition = $1
    ), voter AS (
      SELECT voter.id, voter.mark, voter."enabledFrom" FROM "Voter" voter JOIN given ON voter.id = given."voterId"
      WHERE voter.edition = $1 ORDER BY voter.id FOR NO KEY UPDATE OF voter
    ), fit AS (
      SELECT given.* FROM given JOIN voter ON voter.id = given."voterId"
      WHERE voter.mark IS NULL AND (voter."enabledFrom" IS NULL OR voter."enabledFrom" <= given.today)
        AND (SELECT open FROM box)
        AND NOT EXISTS (SELECT FROM "Urn" urn WHERE urn.edition = $1 AND urn.id = given.id)
    ), taken AS (
      INSERT INTO "Spool" (edition, id, envelope) SELECT $1, id, envelope FROM fit ORDER BY id
      ON CONFLICT DO NOTHING RETURNING id
    ), marked AS (
      UPDATE "Voter" voter SET mark = fit.route FROM fit JOIN taken USING (id) WHERE voter.id = fit."voterId"
    )
    SELECT taken.id IS NOT NULL AS taken, voter.id IS NOT NULL AS "onRoll", voter.mark,
           voter."enabledFrom"::text AS "enabledFrom", voter."enabledFrom" > given.today AS early,
           COALESCE((SELECT open FROM box), false) AS open
    FROM given LEFT JOIN voter ON voter.id = given."voterId" LEFT JOIN taken ON taken.id = given.id
    ORDER BY given.n`,
};

interface Row {
  readonly taken: boolean;
  readonly onRoll: boolean;
  /** As it was before. */
  readonly mark: Mark | null;
  readonly enabledFrom: Day | null;
  readonly early: boolean | null;
  readonly open: boolean;
}

const MOST_TOGETHER = 100;

const IS_IN: Statement = {
  name: "ballots-is-in",
  text: `
    SELECT FROM "Spool" WHERE edition = $1 AND id = $2
    UNION ALL SELECT FROM "Urn" WHERE edition = $1 AND id = $2`,
};

/**
 * Casts that come together share a transaction, each with an outcome of its own: a database has few
 * commits to give, and the more votes there are in one, the less it tells of any of them.
 */
export function createCasting(context: Context): Casting {
  const { pool } = context.database;
  const { edition } = context;
  const receipts = createReceipts(context);

  const castTogether = inGroups<Sent, Row>({
    // Of one voter, or one envelope, the first must be done before the next is told what became of it.
    keys: ({ voterId, id }) => [voterId, id],
    most: MOST_TOGETHER,
    run: (votes) =>
      locked(
        pool,
        SHARED,
        async (client) => {
          const values = [
            edition,
            votes.map(({ voterId }) => voterId),
            votes.map(({ route }) => MARK[route]),
            votes.map(({ id }) => Buffer.from(id, "hex")),
            votes.map(({ envelope }) => envelope),
            votes.map(({ today }) => today),
          ];
          return (await client.query<Row>({ ...CAST, values })).rows;
        },
        (rows) => rows.some(({ taken }) => taken),
      ),
  });

  const isIn = async (id: string): Promise<boolean> =>
    (await run(pool, IS_IN, [edition, Buffer.from(id, "hex")])).length > 0;

  /** What is said of a vote that was not taken. */
  async function refuse({ onRoll, mark, enabledFrom, early, open }: Row, id: string): Promise<Cast> {
    if (!onRoll) return { kind: "unknown" };
    // Who voted online and sends what is in had no answer. Whose envelope it is, nobody knows.
    if (mark !== null && mark !== "PAPER" && (await isIn(id))) {
      return { kind: "cast", receipt: await receipts.sign(id), again: true };
    }
    if (mark !== null) return { kind: "voted" };
    if (!open) return { kind: "closed" };
    if (early && enabledFrom) return { kind: "notEnabled", from: enabledFrom };
    return { kind: "copied" };
  }

  return {
    async cast(vote) {
      const id = envelopeId(vote.envelope);
      const row = await castTogether({ ...vote, id });
      return row.taken ? { kind: "cast", receipt: await receipts.sign(id), again: false } : refuse(row, id);
    },
    async again(envelope) {
      const id = envelopeId(envelope);
      return (await isIn(id)) ? receipts.sign(id) : undefined;
    },
    receiptKey: () => receipts.publicKey(),
  };
}
