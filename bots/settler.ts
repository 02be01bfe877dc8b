import type { Outbox, Settled } from "../core/sending.ts";
import { backOff, type Timer } from "./timer.ts";

/** Records how sends ended. */
export interface Settler {
  /** Resolves once it is recorded, however long that takes; never rejects. */
  settle(settled: Settled): Promise<void>;
}

/**
 * Records outcomes, as many in one go as came together while the last ones were being written.
 * An outcome that cannot be written is kept: forgotten, the message would be sent again.
 */
export function createSettler(
  outbox: Pick<Outbox, "settle">,
  timer: Timer,
  log: { error(details: object, message: string): void },
): Settler {
  let waiting: { readonly settled: Settled; readonly done: () => void }[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    let failures = 0;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await outbox.settle(batch.map(({ settled }) => settled));
        failures = 0;
        for (const { done } of batch) done();
      } catch (error) {
        log.error({ err: error }, "Outcomes of sends cannot be recorded yet");
        waiting = [...batch, ...waiting];
        await timer.wait(Math.min(backOff(++failures), 30_000));
      }
    }
    writing = false;
  }

  return {
    settle: (settled) =>
      new Promise((done) => {
        waiting.push({ settled, done });
        if (!writing) void write();
      }),
  };
}
