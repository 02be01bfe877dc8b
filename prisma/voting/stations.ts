import { randomUUID } from "node:crypto";
import {
  documentKinds,
  type LedgerEntry,
  type Pair,
  type StationDay,
  type Stations,
  undoReasons,
} from "../../core/voting/stations.ts";
import type { Context } from "../context.ts";
import type { StationEntry } from "../generated/client.ts";
import {
  ACT,
  digestOfPin,
  drawPins,
  lookupLink,
  marksOf,
  newToken,
  type Shift,
  shiftsOf,
  stationOf,
  summaryOf,
  TRIES,
} from "./station-rows.ts";
import { dateOf } from "./voters.ts";

export function createStations(context: Context): Stations {
  const { edition, sealer, database } = context;
  const { prisma } = database;

  const at = ({ name, day }: StationDay) => ({ edition_name_day: { edition, name, day: dateOf(day) } });

  return {
    async open({ name, day, staff }) {
      const token = newToken();
      const pins = drawPins();
      const opened = (id: string, before: readonly Shift[]) => {
        const [first, second] = pins;
        const digests: Pair = [digestOfPin(sealer, id, first), digestOfPin(sealer, id, second)];
        const shift: Shift = { from: new Date(), staff: [...staff], pins: [...digests] };
        return {
          sealed: sealer.seal(stationOf(id), [...before, shift]),
          link: lookupLink(sealer, token),
          device: null,
          locked: false,
          triesLeft: TRIES,
          revokedAt: null,
        };
      };
      const isOpened = await prisma.$transaction(async (tx) => {
        const id = randomUUID();
        const fresh = { id, edition, name, day: dateOf(day), ...opened(id, []) };
        const { count } = await tx.station.createMany({ data: fresh, skipDuplicates: true });
        if (count === 1) return true;
        const row = await tx.station.findUniqueOrThrow({ where: at({ name, day }) });
        const again = await tx.station.updateMany({
          where: { id: row.id, revokedAt: { not: null } },
          data: opened(row.id, shiftsOf(context, row)),
        });
        return again.count === 1;
      });
      return isOpened ? { kind: "opened", token, pins } : { kind: "exists" };
    },

    async list() {
      const rows = await prisma.station.findMany({
        where: { edition },
        orderBy: [{ day: "asc" }, { name: "asc" }],
      });
      const marks = await marksOf(
        context,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => summaryOf(context, row, marks.get(row.id) ?? 0));
    },

    async revoke({ name, day }) {
      const { count } = await prisma.station.updateMany({
        where: { edition, name, day: dateOf(day), revokedAt: null },
        data: { revokedAt: new Date(), link: null, device: null },
      });
      return count === 1;
    },

    async ledger(station) {
      const row = await prisma.station.findUnique({
        where: at(station),
        include: { entries: { orderBy: { id: "asc" } } },
      });
      if (row === null) return undefined;
      const marks = await marksOf(context, [row.id]);
      return {
        ...summaryOf(context, row, marks.get(row.id) ?? 0),
        shifts: shiftsOf(context, row).map(({ staff, from }) => ({ staff, from })),
        entries: row.entries.map(entryOf),
      };
    },
  };
}

function entryOf({ at, act, reason: kept }: StationEntry): LedgerEntry {
  const reason = [...undoReasons, ...documentKinds].find((one) => one === kept);
  return { at, act: ACT[act], ...(reason && { reason }) };
}
