import { randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import type { Pair, StationAct, StationSummary } from "../../core/voting/stations.ts";
import type { Context } from "../context.ts";
import type { Station as Row, StationAct as StoredAct } from "../generated/client.ts";
import type { Bytes, Place, Sealer } from "../seal.ts";
import { dayOf } from "./voters.ts";

/** Wrong PINs that a station takes in all: of two people's 1,000,000 each, nobody guesses one in so few. */
export const TRIES = 5;

/** Station.sealed: in whose hands it is and was, the last are those of now; PINs as keyed digests, hex. */
const shifts = z
  .array(
    z.object({
      from: z.coerce.date(),
      staff: z.tuple([z.string(), z.string()]),
      pins: z.tuple([z.string(), z.string()]),
    }),
  )
  .min(1);
export type Shift = z.infer<typeof shifts>[number];

export const stationOf = (id: string): Place => ({ table: "Station", column: "sealed", row: id });

export function shiftsOf({ sealer }: Context, { id, sealed }: Pick<Row, "id" | "sealed">): readonly Shift[] {
  return sealer.open(stationOf(id), sealed, shifts);
}

/** The one that is on. */
export function shiftOf(context: Context, row: Pick<Row, "id" | "sealed">): Shift {
  const last = shiftsOf(context, row).at(-1);
  if (last === undefined) throw new Error("A station is in nobody's hands.");
  return last;
}

export const lookupLink = (sealer: Sealer, token: string): Bytes => sealer.lookup("station link", token);

export const lookupDevice = (sealer: Sealer, token: string): Bytes => sealer.lookup("station device", token);

export const digestOfPin = (sealer: Sealer, stationId: string, pin: string): string =>
  Buffer.from(sealer.lookup("station PIN", stationId, pin)).toString("hex");

export const newToken = (): string => randomBytes(24).toString("base64url");

/** Two that differ, so that nobody can give one for both. */
export function drawPins(): Pair {
  const draw = () => String(randomInt(1_000_000)).padStart(6, "0");
  const first = draw();
  for (;;) {
    const second = draw();
    if (second !== first) return [first, second];
  }
}

export const ACT = {
  PAPER: "paper",
  ASSISTED: "assisted",
  CITY_USER: "cityUser",
  UNDO: "undo",
} as const satisfies Record<StoredAct, StationAct>;

/** People marked on paper at each station, less those taken back. */
export async function marksOf(
  { database: { prisma } }: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const groups = await prisma.stationEntry.groupBy({
    by: ["stationId", "act"],
    where: { stationId: { in: [...ids] }, act: { in: ["PAPER", "UNDO"] } },
    _count: true,
  });
  const marks = new Map<string, number>();
  for (const { stationId, act, _count } of groups) {
    marks.set(stationId, (marks.get(stationId) ?? 0) + (act === "PAPER" ? _count : -_count));
  }
  return marks;
}

export function summaryOf(context: Context, row: Row, marks: number): StationSummary {
  const state = row.revokedAt
    ? "revoked"
    : row.triesLeft === 0
      ? "blocked"
      : row.link
        ? "waiting"
        : "enrolled";
  return { name: row.name, day: dayOf(row.day), staff: shiftOf(context, row).staff, state, marks };
}
