import type { TemplatesLeft } from "./ports.ts";

/** Places that templates take on a platform, each for 24 hours: who comes gets the one that is free first. */
export interface Places {
  /** When the next place is free. */
  next(): Date;
  /** Takes that place from a moment on, which is not before it is free. */
  take(at: Date): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @param left those that are free now; the others are taken to be free when the next one is
 * @param most how many there are in all
 */
export function placesIn({ left, freesAt }: TemplatesLeft, most: number, now: Date): Places {
  if (most === Number.POSITIVE_INFINITY) return { next: () => now, take: () => undefined };
  /** How many are free from a moment on, the earliest first. */
  const free = [
    { at: now.getTime(), count: Math.min(left, most) },
    { at: freesAt.getTime(), count: most - left },
  ].filter(({ count }) => count > 0);
  return {
    next: () => new Date(free[0]?.at ?? freesAt),
    take(moment) {
      const [first] = free;
      if (!first) return;
      first.count -= 1;
      if (first.count === 0) free.shift();
      const at = moment.getTime() + DAY_MS;
      const before = free.findLastIndex((one) => one.at <= at);
      const same = free[before];
      if (same?.at === at) same.count += 1;
      else free.splice(before + 1, 0, { at, count: 1 });
    },
  };
}
