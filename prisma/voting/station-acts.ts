import type { Day } from "../../core/edition/calendar.ts";
import type {
  DocumentKind,
  Marked,
  MarkRefused,
  Off,
  StationActs,
  UndoReason,
} from "../../core/voting/stations.ts";
import type { Context } from "../context.ts";
import type { Prisma, StationEntry, StationAct as StoredAct } from "../generated/client.ts";
import { SHARED } from "./lock.ts";
import { markOnPaper, unmarkOnPaper } from "./marks.ts";
import { enrolled, tryPins } from "./station-devices.ts";
import { putOnRoll } from "./station-register.ts";
import { lookupDevice } from "./station-rows.ts";
import { dateOf, dayOf } from "./voters.ts";

type Tx = Prisma.TransactionClient;

const OFF: Off = { kind: "off" };

export function createStationActs(context: Context): StationActs {
  const { prisma } = context.database;

  /**
   * Does something for a station that holds still: what its device sends twice comes one after the
   * other, and nothing is done for one that was revoked.
   */
  function atStation<T>(device: string, today: Day, does: (tx: Tx, stationId: string) => Promise<T>) {
    return prisma.$transaction(async (tx): Promise<T | Off> => {
      const [station] = await tx.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM "Station"
        WHERE device = ${lookupDevice(context.sealer, device)} AND edition = ${context.edition}
          AND day = ${today}::date AND NOT locked FOR UPDATE`;
      return station ? does(tx, station.id) : OFF;
    });
  }

  return {
    mark({ device, request, today, voterId, document }) {
      return atStation(device, today, async (tx, stationId) => {
        const before = await find(tx, stationId, request);
        if (before) return asBefore(tx, before, voterId);
        const refused = await refusal(context, tx, voterId, today);
        if (refused) return refused;
        if (!(await markOnPaper(context, tx, voterId))) return { kind: "voted" };
        await note(tx, stationId, request, "PAPER", voterId, document);
        return { kind: "marked", again: false };
      });
    },

    async undo({ device, request, today, of, pins, reason, minutes }) {
      const station = await enrolled(context, device, today);
      if (station === null || station.locked) return OFF;
      const wrong = await tryPins(context, station, pins);
      if (wrong !== undefined) return { kind: "wrongPins", triesLeft: wrong };
      return atStation(device, today, async (tx, stationId) => {
        if ((await find(tx, stationId, request))?.act === "UNDO") return { kind: "undone", again: true };
        const [mark] = await tx.$queryRaw<{ voterId: string }[]>`
          SELECT "voterId"::text AS "voterId" FROM "StationEntry"
          WHERE "stationId" = ${stationId}::uuid AND request = ${of}::uuid AND act = 'PAPER'
            AND "voterId" IS NOT NULL AND at >= now() - ${minutes} * interval '1 minute'`;
        if (!mark || (await isClosed(context, tx))) return { kind: "tooLate" };
        if (!(await unmarkOnPaper(context, tx, mark.voterId))) return { kind: "tooLate" };
        await tx.stationEntry.updateMany({ where: { stationId, request: of }, data: { voterId: null } });
        await note(tx, stationId, request, "UNDO", null, reason);
        return { kind: "undone", again: false };
      });
    },

    assist({ device, request, today, voterId, document }) {
      return atStation(device, today, async (tx, stationId) => {
        if (await find(tx, stationId, request)) return OFF;
        const refused = await refusal(context, tx, voterId, today);
        if (refused) return refused;
        await note(tx, stationId, request, "ASSISTED", voterId, document);
        await tx.station.update({ where: { id: stationId }, data: { locked: true } });
        return { kind: "assisted" };
      });
    },

    register({ device, request, today, person }) {
      return atStation(device, today, async (tx, stationId) => {
        const before = await find(tx, stationId, request);
        if (before) return before.voterId ? { kind: "registered", voterId: before.voterId } : OFF;
        // The roll is not brought up to date meanwhile.
        await tx.$executeRawUnsafe(`SELECT ${SHARED}`);
        const { voterId, isNew } = await putOnRoll(context, tx, person, today);
        if (!isNew) return { kind: "known", voterId };
        await note(tx, stationId, request, "CITY_USER", voterId, person.document);
        return { kind: "registered", voterId };
      });
    },
  };
}

const find = (tx: Tx, stationId: string, request: string): Promise<StationEntry | null> =>
  tx.stationEntry.findUnique({ where: { stationId_request: { stationId, request } } });

/** What is said of a mark that is asked for with a request that was done before. */
async function asBefore(tx: Tx, { act, voterId: about }: StationEntry, voterId: string): Promise<Marked> {
  // Whom an entry was about is forgotten after a while.
  if (act !== "PAPER" || (about !== null && about !== voterId)) return { kind: "unknown" };
  const voter = await tx.voter.findUnique({ where: { id: voterId }, select: { mark: true } });
  return voter?.mark === "PAPER" ? { kind: "marked", again: true } : { kind: "takenBack" };
}

async function note(
  tx: Tx,
  stationId: string,
  request: string,
  act: StoredAct,
  voterId: string | null,
  reason: DocumentKind | UndoReason | undefined,
): Promise<void> {
  await tx.stationEntry.create({ data: { stationId, request, act, voterId, reason: reason ?? null } });
}

/** Whether the vote was closed, as it stays while this transaction lasts. */
async function isClosed({ edition }: Context, tx: Tx): Promise<boolean> {
  await tx.$executeRawUnsafe(`SELECT ${SHARED}`);
  const box = await tx.ballotBox.findUnique({ where: { edition }, select: { closedOn: true } });
  return box !== null && box.closedOn !== null;
}

/** Why somebody may not vote that day. */
async function refusal(context: Context, tx: Tx, id: string, today: Day): Promise<MarkRefused | undefined> {
  if (await isClosed(context, tx)) return { kind: "closed" };
  const voter = await tx.voter.findFirst({ where: { id, edition: context.edition } });
  if (voter === null) return { kind: "unknown" };
  if (voter.mark !== null) return { kind: "voted" };
  const { enabledFrom } = voter;
  if (enabledFrom !== null && enabledFrom > dateOf(today)) {
    return { kind: "notEnabled", from: dayOf(enabledFrom) };
  }
  return undefined;
}
