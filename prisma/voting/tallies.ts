import { z } from "zod";
import { addUp, differences, type PaperCount, type Tallies, type Tally } from "../../core/voting/tally.ts";
import type { Context } from "../context.ts";
import type { PaperTally as Row } from "../generated/client.ts";
import { marksOf } from "./station-rows.ts";
import { dateOf, dayOf } from "./voters.ts";

const count: z.ZodType<PaperCount> = z.object({
  ballots: z.int().nonnegative(),
  blank: z.int().nonnegative(),
  null: z.int().nonnegative(),
  votes: z.record(z.string(), z.int().nonnegative()),
});

export function createTallies(context: Context): Tallies {
  const { edition, database } = context;
  const { prisma } = database;

  async function list(): Promise<readonly Tally[]> {
    const stations = await prisma.station.findMany({
      where: { edition },
      orderBy: [{ day: "asc" }, { name: "asc" }],
      select: { id: true, name: true, day: true },
    });
    const marks = await marksOf(
      context,
      stations.map(({ id }) => id),
    );
    const rows = await prisma.paperTally.findMany({ where: { edition }, orderBy: { createdAt: "asc" } });
    return stations.flatMap(({ id, name, day }) => {
      const entered = rows.filter((row) => row.station === name && row.day.getTime() === day.getTime());
      return entered.length > 0 || (marks.get(id) ?? 0) > 0 ? [tallyOf(name, day, entered)] : [];
    });
  }

  return {
    list,

    enter({ station, day, by: given, count: content, again }) {
      const by = given.trim().replace(/\s+/g, " ");
      const where = { edition, station, day: dateOf(day) };
      return prisma.$transaction(async (tx) => {
        // Two who enter at once come one after the other, so that no third finds room beside them.
        const open = await tx.$queryRaw<unknown[]>`
          SELECT 1 FROM "Station" WHERE edition = ${edition} AND name = ${station} AND day = ${day}::date FOR UPDATE`;
        if (open.length === 0) return { kind: "unknown" };
        const rows = await tx.paperTally.findMany({ where });
        const own = rows.find((row) => isSamePerson(row.by, by));
        if (own && !again) return { kind: "same", by: own.by };
        if (!own && rows.length >= 2) return { kind: "full", by: rows.map((row) => row.by) };
        const data = { ...where, by: own?.by ?? by, content: { ...content, votes: { ...content.votes } } };
        if (own) await tx.paperTally.update({ where: { edition_station_day_by: keyOf(own) }, data });
        else await tx.paperTally.create({ data });
        const entered = await tx.paperTally.findMany({ where, orderBy: { createdAt: "asc" } });
        return { kind: "entered", tally: tallyOf(station, dateOf(day), entered) };
      });
    },

    async paperTotals() {
      const all = await list();
      return {
        totals: addUp(
          all.flatMap(({ station, confirmed }) => (confirmed ? [{ station, count: confirmed }] : [])),
        ),
        unconfirmed: all.flatMap(({ station, day, confirmed }) => (confirmed ? [] : [{ station, day }])),
      };
    },
  };
}

const keyOf = ({ edition, station, day, by }: Row) => ({ edition, station, day, by });

/** Capitals, accents and whether the surname comes first make nobody a second person. */
const isSamePerson = (one: string, other: string): boolean =>
  inOrder(one).localeCompare(inOrder(other), "it", { sensitivity: "base" }) === 0;

const inOrder = (name: string): string =>
  name
    .toLowerCase()
    .normalize("NFD")
    .split(/[^\p{L}\p{M}'’]+/u)
    .sort()
    .join(" ");

function tallyOf(station: string, day: Date, rows: readonly Row[]): Tally {
  const entries = rows.map(({ by, content }) => ({ by, count: count.parse(content) }));
  const [one, other] = entries;
  const agree = one && other && differences(one.count, other.count).length === 0;
  return { station, day: dayOf(day), entries, ...(agree && { confirmed: one.count }) };
}
