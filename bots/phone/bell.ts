/** Wakes those who wait for something to happen under a name, within this process. */
export function createBell() {
  const waiting = new Map<string, Set<() => void>>();
  let rings = 0;

  return {
    /** How often it rang in all, for {@link wait}. */
    rings: () => rings,

    ring(name: string): void {
      rings += 1;
      for (const wake of waiting.get(name) ?? []) wake();
    },

    /**
     * Waits for the next ring under a name.
     *
     * @param since {@link rings} as it was before the caller looked: if any bell rang meanwhile,
     *   under whatever name, there is no waiting
     * @returns whether it rang; false when the time was over or the signal aborted
     */
    wait(name: string, since: number, ms: number, signal: AbortSignal): Promise<boolean> {
      if (rings !== since) return Promise.resolve(true);
      if (signal.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        const sleepers = waiting.get(name) ?? new Set();
        waiting.set(name, sleepers);
        const end = (rang: boolean) => {
          sleepers.delete(wake);
          if (sleepers.size === 0 && waiting.get(name) === sleepers) waiting.delete(name);
          clearTimeout(timer);
          signal.removeEventListener("abort", giveUp);
          resolve(rang);
        };
        const wake = () => end(true);
        const giveUp = () => end(false);
        const timer = setTimeout(giveUp, ms);
        signal.addEventListener("abort", giveUp);
        sleepers.add(wake);
      });
    },
  };
}
