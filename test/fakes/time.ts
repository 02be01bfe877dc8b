import { setImmediate } from "node:timers/promises";
import type { Timer } from "../../bots/timer.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that stands still until everybody waits, then jumps to whoever waits for the shortest. */
export class VirtualTime implements Timer {
  #now = Date.parse("2022-10-01T08:00:00Z");
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.#now;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper = { at: this.#now + Math.max(0, ms), wake };
      this.#sleepers.add(sleeper);
      if (signal?.aborted) wake();
      else signal?.addEventListener("abort", wake);
    });
  }

  /**
   * Lets time pass until something is so. Only for what does no real input or output meanwhile.
   *
   * @throws Error where it is not so after that many virtual milliseconds, or nobody waits any more
   */
  async until(condition: () => boolean, withinMs = 24 * 3600_000): Promise<void> {
    const end = this.#now + withinMs;
    while (!condition()) {
      // Whatever is not waiting for time has run by then.
      for (let turn = 0; turn < 3; turn++) await setImmediate();
      if (condition()) return;
      const next = [...this.#sleepers].reduce<Sleeper | undefined>(
        (first, one) => (first && first.at <= one.at ? first : one),
        undefined,
      );
      if (!next || next.at > end) throw new Error(`It did not happen within ${withinMs} virtual ms.`);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }

  /** Lets so much time pass. */
  async pass(ms: number): Promise<void> {
    let over = false;
    void this.wait(ms).then(() => {
      over = true;
    });
    await this.until(() => over);
  }
}
