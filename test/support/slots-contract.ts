import { expect, it } from "vitest";
import type { News, Rate, Slot, Slots } from "../../core/sending.ts";
import { dice } from "./dice.ts";

const QUIET: News = { late: [], came: 0, holdMs: 0 };
const RATE: Rate = { seats: 8, windowMs: 1000, gapMs: 100 };
const FAR = { aheadMs: 600_000 };

let channels = 0;

/**
 * What holds wherever a pace is kept.
 *
 * @param open gives the same pace to several processes
 * @param rest lets nothing have been sent on a channel for long
 */
export function keepsPace(
  open: () => readonly Slots[],
  rest: (channel: string, seats: number) => Promise<unknown> = async () => {},
): void {
  function setUp() {
    const processes = open();
    const channel = `channel ${channels++}`;
    const take = (process: number, count: number, news: Partial<News> = {}, rate = RATE) =>
      (processes[process % processes.length] ?? processes[0])?.take(
        channel,
        rate,
        { ...FAR, count },
        { ...QUIET, ...news },
      ) ?? Promise.reject(new Error("There is no process."));
    return { channel, take, processes };
  }

  it("lets no window have more messages than seats, whoever takes them, and spreads them", async () => {
    const { take } = setUp();
    const chance = dice(2);
    const taken = await Promise.all(
      Array.from({ length: 60 }, (_, nth) => take(nth, 1 + Math.floor(chance() * 6))),
    );
    const times = timesOf(taken.flatMap(({ slots }) => slots));
    expect(leastSpan(times, RATE.seats)).toBeGreaterThanOrEqual(RATE.windowMs);
    expect(leastSpan(times, 1)).toBeGreaterThanOrEqual(RATE.gapMs);
    // None is left out either: each seat is taken once a window.
    const windows = Math.ceil(times.length / RATE.seats);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThanOrEqual(windows * RATE.windowMs);
  });

  it("keeps a seat for longer whose message may have arrived late, and tells nobody's else", async () => {
    const { take } = setUp();
    const { slots } = await take(0, 8);
    const [first, second] = slots;
    if (!first || !second) throw new Error("There were no slots.");
    const late = [
      { slot: first, ms: 3000 },
      { slot: { ...second, freeAt: second.freeAt - 1 }, ms: 9000 },
    ];
    const { slots: next } = await take(1, 8, { late });
    const freed = next.map(({ seat, freeAt }) => ({ seat, at: freeAt - RATE.windowMs }));
    const at = (seat: number) => freed.find((one) => one.seat === seat)?.at ?? 0;
    expect(at(first.seat)).toBeCloseTo(first.freeAt + 3000, 3);
    expect(at(second.seat)).toBeCloseTo(second.freeAt, 3);
    expect(leastSpan(timesOf([...slots, ...next]), RATE.seats)).toBeGreaterThanOrEqual(RATE.windowMs);
  });

  it("leaves room for what comes in", async () => {
    const { take, channel } = setUp();
    await rest(channel, RATE.seats);
    const { slots } = await take(0, 1);
    const start = timesOf(slots)[0] ?? 0;
    const { slots: more } = await take(1, 8, { came: 5 });
    const within = timesOf([...slots, ...more]).filter((at) => at < start + 900);
    expect(within.length).toBeLessThanOrEqual(3);
  });

  it("holds everybody where one was told to, and tells when it opens again", async () => {
    const { take, processes, channel } = setUp();
    const { opensAt: before } = await take(0, 1);
    await take(0, 0, { holdMs: 30_000 });
    const near = { count: 1, aheadMs: 1000 };
    const { slots, opensAt } = (await processes.at(-1)?.take(channel, RATE, near, QUIET)) ?? {
      slots: [],
      opensAt: 0,
    };
    expect(slots).toEqual([]);
    expect(opensAt - before).toBeGreaterThan(25_000);
  });

  it("gives nothing that is farther ahead than asked", async () => {
    const { take, processes, channel } = setUp();
    await take(0, 8);
    const near = await processes[0]?.take(channel, RATE, { count: 8, aheadMs: 300 }, QUIET);
    expect(near?.slots).toEqual([]);
  });
}

/** When they are by the store's clock, in order. */
const timesOf = (slots: readonly Slot[]): readonly number[] =>
  slots.map(({ freeAt }) => freeAt - RATE.windowMs).sort((a, b) => a - b);

/** The least time from one to that many after it, to a thousandth of a millisecond. */
const leastSpan = (times: readonly number[], seats: number): number =>
  Math.min(...times.slice(seats).map((at, nth) => Math.round((at - (times[nth] ?? 0)) * 1000) / 1000));
