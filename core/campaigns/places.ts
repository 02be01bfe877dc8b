/** What a platform lets out by templates within any 24 hours, and what is left of it. */
export interface Allowance {
  readonly most: number | "unlimited";
  /** How many more people may get one now. */
  readonly left: number;
  /** When those that were sent in the last 24 hours make room again. */
  readonly frees: readonly { readonly at: Date; readonly count: number }[];
}

/** Places that templates take, each for 24 hours: who comes finds the one that is free first. */
export interface Places {
  /** When the next place is free; never, where there is none at all. */
  next(): Date;
  /** Takes that place from a moment on, which is not before it is free. */
  take(at: Date): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const NEVER = 8.64e15;

export function placesIn({ most, left, frees }: Allowance, now: Date): Places {
  if (most === "unlimited") return { next: () => now, take: () => undefined };
  /** As many as become free at a moment, the earliest first. */
  const free = [
    { at: now.getTime(), count: left },
    ...frees.map(({ at, count }) => ({ at: at.getTime(), count })),
  ]
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.at - b.at);
  return {
    next: () => new Date(free[0]?.at ?? NEVER),
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
