import { randomUUID } from "node:crypto";
import type { Act, Pair } from "../../core/voting/stations.ts";
import type { Stores } from "../../prisma/stores.ts";
import { TODAY } from "./voting.ts";

export const STAFF: Pair = ["Anna Neri", "Piero Verdi"];

/** A station of a test, with its device enrolled. */
export interface OpenStation {
  readonly name: string;
  readonly pins: Pair;
  /** What the device's cookie holds. */
  readonly device: string;
  /** An act of its device, that was never asked for before. */
  act(): Act;
}

export async function openStation(
  { voting }: Pick<Stores, "voting">,
  name: string = randomUUID(),
  day = TODAY,
): Promise<OpenStation> {
  const opened = await voting.stations.open({ name, day, staff: STAFF });
  if (opened.kind !== "opened") throw new Error("The station is open already.");
  const { token, pins } = opened;
  const done = await voting.stationDevices.enrol(token, pins, day);
  if (done.kind !== "enrolled") throw new Error(`The device was not let in: ${done.kind}`);
  const { device } = done;
  return { name, pins, device, act: () => ({ device, request: randomUUID(), today: day }) };
}

/** Two PINs that are not those. */
export const wrongFor = ([first, second]: Pair): Pair => [next(first), next(second)];

const next = (pin: string) => String((Number(pin) + 1) % 1_000_000).padStart(6, "0");
