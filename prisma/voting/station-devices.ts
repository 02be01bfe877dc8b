import type { Day } from "../../core/edition/calendar.ts";
import type { Pair, StationDevices } from "../../core/voting/stations.ts";
import type { Context } from "../context.ts";
import type { Station as Row } from "../generated/client.ts";
import { digestOfPin, lookupDevice, lookupLink, marksOf, newToken, shiftOf } from "./station-rows.ts";
import { dateOf, dayOf } from "./voters.ts";

/** More than a booth marks in the time in which it may undo. */
const MOST_LATEST = 60;

export function createStationDevices(context: Context): StationDevices {
  const { edition, sealer, database } = context;
  const { prisma } = database;

  const invited = (token: string, today: Day) =>
    prisma.station.findFirst({
      where: { link: lookupLink(sealer, token), edition, day: dateOf(today), triesLeft: { gt: 0 } },
    });

  return {
    async invited(token, today) {
      const row = await invited(token, today);
      return row ? { name: row.name, day: dayOf(row.day) } : undefined;
    },

    async enrol(token, pins, today) {
      const row = await invited(token, today);
      if (row === null) return { kind: "unknown" };
      const wrong = await tryPins(context, row, pins);
      if (wrong !== undefined) return { kind: "wrongPins", triesLeft: wrong };
      const device = newToken();
      const { count } = await prisma.station.updateMany({
        where: { id: row.id, link: row.link },
        data: { link: null, device: lookupDevice(sealer, device) },
      });
      return count === 1 ? { kind: "enrolled", device } : { kind: "unknown" };
    },

    async read(device, today) {
      const row = await enrolled(context, device, today);
      if (row === null) return undefined;
      const { id, name, day, locked, triesLeft } = row;
      const marks = await marksOf(context, [id]);
      const latest = await prisma.stationEntry.findMany({
        where: { stationId: id, act: "PAPER", voterId: { not: null } },
        orderBy: { id: "desc" },
        take: MOST_LATEST,
      });
      return {
        name,
        day: dayOf(day),
        locked,
        blocked: triesLeft === 0,
        marks: marks.get(id) ?? 0,
        latest: latest.flatMap(({ request, voterId, at }) => (voterId ? [{ request, voterId, at }] : [])),
      };
    },

    async unlock(device, pin, today) {
      const row = await enrolled(context, device, today);
      if (row === null) return 0;
      const wrong = await tryOnce(context, row, (known, digest) => known.includes(digest(pin)));
      if (wrong !== undefined) return wrong;
      await prisma.station.updateMany({ where: { id: row.id, device: row.device }, data: { locked: false } });
      return undefined;
    },
  };
}

/** The station that a device may work for that day. */
export function enrolled(
  { database, sealer, edition }: Context,
  device: string,
  today: Day,
): Promise<Row | null> {
  return database.prisma.station.findFirst({
    where: { device: lookupDevice(sealer, device), edition, day: dateOf(today) },
  });
}

/**
 * Compares both PINs, in either order.
 *
 * @returns the wrong tries left where they are not right
 */
export const tryPins = (context: Context, row: Row, pins: Pair): Promise<number | undefined> =>
  tryOnce(context, row, (known, digest) => {
    const given = pins.map(digest);
    return known.every((one) => given.includes(one));
  });

/**
 * Takes a try away before it compares, and gives it back where the PINs are right: however many
 * guess at once, no more are compared than there were tries.
 */
async function tryOnce(
  context: Context,
  row: Row,
  isRight: (known: readonly string[], digest: (pin: string) => string) => boolean,
): Promise<number | undefined> {
  const { sealer, database } = context;
  const { station } = database.prisma;
  const [taken] = await station.updateManyAndReturn({
    where: { id: row.id, triesLeft: { gt: 0 } },
    data: { triesLeft: { decrement: 1 } },
    select: { triesLeft: true },
  });
  if (taken === undefined) return 0;
  if (!isRight(shiftOf(context, row).pins, (pin) => digestOfPin(sealer, row.id, pin))) return taken.triesLeft;
  await station.update({ where: { id: row.id }, data: { triesLeft: { increment: 1 } } });
  return undefined;
}
