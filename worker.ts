import { Bell, backOff, realTimer, type Timer } from "./bots/timer.ts";
import { converse, type Work } from "./core/converse.ts";
import { createSlowAnswers } from "./core/slow-answers.ts";

/** Answers what waits in the inbox, for as long as the process lives. */
export interface Worker {
  start(): void;
  /** Something was stored: look now rather than at the next sweep. */
  notify(): void;
  /** Resolves when what is being answered is saved; what takes long is left off, and answered another time. */
  stop(): Promise<void>;
}

/** How often to look for what nobody announced: leftovers of a process that died. */
const SWEEP_MS = 2_000;

/**
 * @param turned told of contacts that were answered, and how long it took in milliseconds; how long a
 *   recording takes is another service's time, and is not told
 */
export function createWorker(
  given: Omit<Work, "refused" | "slow" | "wroteLate">,
  turned: (contacts: number, ms: number) => void = () => {},
  timer: Timer = realTimer,
): Worker {
  let began = 0;
  const bell = new Bell(timer);
  const work: Work = {
    ...given,
    refused: new Map(),
    slow: createSlowAnswers(given.conversations, given.saveFailed),
    wrote(contacts) {
      turned(contacts, timer.now() - began);
      given.wrote(contacts);
    },
    wroteLate() {
      given.wrote(1);
      // What the person wrote meanwhile can be answered now.
      bell.ring();
    },
  };
  let stopping = false;
  let running: Promise<void> | undefined;

  async function loop(): Promise<void> {
    let failures = 0;
    while (!stopping) {
      began = timer.now();
      try {
        const more = await converse(work);
        failures = 0;
        if (!more) await bell.wait(SWEEP_MS);
      } catch (error) {
        work.saveFailed(error);
        await bell.wait(Math.min(backOff(++failures), SWEEP_MS));
      }
    }
  }

  return {
    start() {
      running ??= loop();
    },
    notify: () => bell.ring(),
    async stop() {
      stopping = true;
      bell.ring();
      await running;
      await work.slow.stop();
    },
  };
}
