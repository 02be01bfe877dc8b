import type { Day } from "../../core/edition/calendar.ts";
import type { StationVotes } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import { publishWithin } from "./board.ts";
import { ALONE, locked } from "./lock.ts";
import { mixWithin } from "./mixer.ts";

/** Tables in which rows that died tell who voted when, each with the order in which it is written anew. */
const REWRITTEN = {
  Voter: "Voter_pkey",
  Spool: "Spool_pkey",
  Urn: "Urn_pkey",
  LoginCode: "LoginCode_pkey",
  BallotSession: "BallotSession_pkey",
  BallotTie: "BallotTie_contactId_idx",
};

/**
 * Closes the box: what comes to it afterwards finds it closed, as it has to wait for this. A process
 * that dies halfway has closed it or not; whoever closes it again goes on with what is left to do.
 */
export async function closeBox(context: Context, today: Day, told: StationVotes): Promise<void> {
  const { database, edition } = context;
  await locked(database.pool, ALONE, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE "BallotBox" SET "closedOn" = $2 WHERE edition = $1 AND "closedOn" IS NULL`,
      [edition, today],
    );
    if (rowCount === 0) return;
    await mixWithin(context, client, 1, told);
    await publishWithin(context, client, today);
    // Rows name the transaction that wrote them: after this one, all of them name the same.
    await client.query(`UPDATE "Urn" SET page = page WHERE edition = $1`, [edition]);
    await client.query(`UPDATE "Voter" SET mark = mark WHERE edition = $1 AND mark IS NOT NULL`, [edition]);
  });
  for (const [table, index] of Object.entries(REWRITTEN)) {
    await locked(database.pool, ALONE, async (client) => {
      await client.query("SET LOCAL statement_timeout = 0");
      await client.query(`CLUSTER "${table}" USING "${index}"`);
    });
  }
}
