/** Chance that can be had again: the same seed gives the same throws, from 0 to 1, without 1. */
export type Dice = () => number;

/**
 * Mulberry32, public domain: enough for choosing moments.
 *
 * @param seed 32 bits
 */
export function dice(seed: number): Dice {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: `SEED` where it is set, to have a run again. */
export const newSeed = (): number => Number(process.env["SEED"] || Math.floor(Math.random() * 2 ** 32));
