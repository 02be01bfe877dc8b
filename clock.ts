import { z } from "zod";
import { type Day, daysBetween, today } from "./core/edition/calendar.ts";
import type { Settings } from "./prisma/settings-store.ts";

/**
 * The time that an edition lives in: the real one, or in the demo one that the simulator moves.
 * Phases, ages and waits follow it; drafts, codes and pacing follow real time.
 */
export interface EditionClock {
  now(): Date;
  today(): Day;
  /** Goes on from that day, at the time of day it has now. Resolves when it is kept. */
  moveTo(day: Day): Promise<void>;
}

const OFFSET = "clock.offsetMs";
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @param startsAt when the process is to believe that it starts; without it, time goes on from
 *   where the simulator had moved it
 */
export async function openClock(
  settings: Settings,
  timeZone: string,
  startsAt: Date | undefined,
): Promise<EditionClock> {
  const kept = startsAt ? undefined : await settings.get(OFFSET, z.number());
  let offset = startsAt ? startsAt.getTime() - Date.now() : (kept ?? 0);
  const now = () => new Date(Date.now() + offset);
  const clock: EditionClock = {
    now,
    today: () => today(now(), timeZone),
    async moveTo(day) {
      offset += daysBetween(clock.today(), day) * DAY_MS;
      await settings.set(OFFSET, offset);
    },
  };
  return clock;
}
