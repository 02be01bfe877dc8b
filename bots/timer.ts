/** Time as the sending side sees it: handed in, so that nobody has to wait for it in a test. */
export interface Timer {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so long, or as soon as the signal aborts; never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own time. */
export const realTimer: Timer = {
  now: Date.now,
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timeout);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      // Beyond 2^31 - 1 ms Node would not wait at all.
      const timeout = setTimeout(done, Math.min(Math.max(0, ms), 2 ** 31 - 1));
      if (signal?.aborted) done();
      else signal?.addEventListener("abort", done);
    }),
};

/** Lets a loop sleep until there is something to do. A ring while nobody waits is not lost. */
export class Bell {
  readonly #timer: Timer;
  #rung = false;
  #sleeper: AbortController | undefined;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  ring(): void {
    this.#rung = true;
    // A reason of our own spares the making of an error, at every message.
    this.#sleeper?.abort("ring");
  }

  /** Resolves at the next ring, or after so many milliseconds. One loop waits at a time. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung && ms > 0) {
      this.#sleeper = new AbortController();
      await this.#timer.wait(ms, this.#sleeper.signal);
      this.#sleeper = undefined;
    }
    this.#rung = false;
  }
}

/**
 * How long to wait before the next try: doubling from one second to a quarter of an hour, and each
 * time somewhere in the upper half, so that many who failed together do not come back together.
 *
 * @param tries failed so far, from 1
 * @param random 0 to 1
 * @returns milliseconds
 */
export function backOff(tries: number, random = Math.random()): number {
  return Math.min(1000 * 2 ** Math.min(tries - 1, 20), 900_000) * (0.5 + random / 2);
}
