import type { News, Rate, Slot, Slots } from "../core/sending.ts";
import type { Pace } from "./channel.ts";
import type { Timer } from "./timer.ts";

/**
 * A platform counts what arrives within a second, and messages take unequally long to get there: a seat is
 * left free for so much longer. What takes longer still shows by its answer, and is told then.
 */
const MARGIN_MS = 12;

/** Nearer to each other than even, so that what was left out by a late timer is caught up within a second or two. */
const CATCHING_UP = 0.85;

/** A pace as seats; `undefined` where a channel takes as many messages as there are. */
export function rateOf({ perSecond, marginMs = MARGIN_MS }: Pace): Rate | undefined {
  if (!Number.isFinite(perSecond)) return undefined;
  const windowMs = 1000 + marginMs;
  return { seats: perSecond, windowMs, gapMs: (CATCHING_UP * windowMs) / perSecond };
}

interface Row {
  /** When each seat is free again. */
  readonly seats: number[];
  nextAt: number;
}

/** The pace of a process that is alone. Several share one that is kept where they all reach it. */
export function ownSlots(timer: Timer): Slots {
  const rows = new Map<string, Row>();
  return {
    async take(channel, rate, { count, aheadMs }, news) {
      const now = timer.now();
      const row = rows.get(channel) ?? { seats: Array<number>(rate.seats).fill(0), nextAt: 0 };
      rows.set(channel, row);
      hear(row, rate, news, now);
      const slots: Slot[] = [];
      const order = [...row.seats.keys()].sort((a, b) => (row.seats[a] ?? 0) - (row.seats[b] ?? 0));
      for (const seat of order.slice(0, count)) {
        const at = Math.max(row.seats[seat] ?? 0, row.nextAt, now);
        if (at > now + aheadMs) break;
        const freeAt = at + rate.windowMs;
        row.seats[seat] = freeAt;
        row.nextAt = at + rate.gapMs;
        slots.push({ seat, at, freeAt });
      }
      return { slots, opensAt: Math.max(row.nextAt, Math.min(...row.seats)) };
    },
  };
}

function hear(row: Row, { windowMs }: Rate, { late, came, holdMs }: News, now: number): void {
  const { seats } = row;
  for (const { slot, ms } of late) if (seats[slot.seat] === slot.freeAt) seats[slot.seat] = slot.freeAt + ms;
  for (let message = 0; message < came; message++) {
    const next = seats.indexOf(Math.min(...seats));
    seats[next] = Math.max(seats[next] ?? 0, now + windowMs);
  }
  if (holdMs > 0) row.nextAt = Math.max(row.nextAt, now + holdMs);
}
