import type { Day } from "../../core/edition/calendar.ts";
import { LEAST_TOGETHER, type Route, type UrnStatus, type Urns } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import { lastPage, publishWithin, readBoard } from "./board.ts";
import { closeBox } from "./close.ts";
import { ALONE, locked } from "./lock.ts";
import { MARK } from "./marks.ts";
import { mixWithin } from "./mixer.ts";
import { dayOf } from "./voters.ts";

export function createUrns(context: Context): Urns {
  const { prisma, pool } = context.database;
  const { edition } = context;
  const closedOn = async (): Promise<Day | undefined> => {
    const box = await prisma.ballotBox.findUnique({ where: { edition }, select: { closedOn: true } });
    return box?.closedOn ? dayOf(box.closedOn) : undefined;
  };

  async function status(): Promise<UrnStatus> {
    const day = await closedOn();
    const { rows: byComune } = await pool.query<UrnStatus["byComune"][number]>(
      `SELECT COALESCE(comune, '') AS comune, count(*)::int AS "onRoll",
              count(*) FILTER (WHERE mark <> 'PAPER')::int AS online,
              count(*) FILTER (WHERE mark = 'PAPER')::int AS paper
       FROM "Voter" WHERE edition = $1 GROUP BY 1 ORDER BY 1`,
      [edition],
    );
    const turnout = await prisma.turnout.findMany({ where: { edition } });
    const by = (route: Route) => turnout.find((one) => one.route === MARK[route])?.count ?? 0;
    const sum = (of: "onRoll" | "online" | "paper") => byComune.reduce((total, one) => total + one[of], 0);
    return {
      ...(day !== undefined && { closedOn: day }),
      onRoll: sum("onRoll"),
      markedOnline: sum("online"),
      markedPaper: sum("paper"),
      inSpool: await prisma.spool.count({ where: { edition } }),
      inUrn: await prisma.urn.count({ where: { edition } }),
      byRoute: { spid: by("spid"), code: by("code"), station: by("station") },
      byComune,
    };
  }

  return {
    async mix(told) {
      const moved = await locked(pool, ALONE, (client) => mixWithin(context, client, LEAST_TOGETHER, told));
      // Rows that died show who was written together, until a database tidies up; the embedded never does.
      if (moved > 0) await pool.query(`VACUUM "Spool", "Voter", "BallotSession"`);
      return moved;
    },
    publish: (today) =>
      locked(pool, ALONE, async (client) => {
        const last = await lastPage(client, edition);
        if (last === undefined || last.day < today) {
          await publishWithin(context, client, today);
        }
      }),
    board: () => readBoard(context),
    status,
    async close(today, told) {
      await closeBox(context, today, told);
      return status();
    },
    async envelopes() {
      if ((await closedOn()) === undefined) throw new Error("Envelopes are given once the box is closed.");
      const rows = await prisma.urn.findMany({
        where: { edition },
        select: { envelope: true },
        orderBy: { id: "asc" },
      });
      return rows.map(({ envelope }) => envelope);
    },
  };
}
