import { Bell, realTimer, type Timer } from "../bots/timer.ts";
import type { JobTurns } from "../prisma/job-turns.ts";

/** Something done again and again; of several processes one does it each time. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<unknown>;
}

export interface RecurringOptions {
  readonly turns: JobTurns;
  /** Whose jobs they are: of two editions on one database each has its own turns. */
  readonly edition: string;
  readonly failed: (job: string, error: unknown) => void;
  readonly timer?: Timer;
}

/** Jobs that are done at their time, by whichever process takes their turn. */
export interface Recurring {
  start(jobs: readonly Job[]): void;
  /** Does one at once, whosever turn it is; resolves when it is done or has failed. */
  run(job: Pick<Job, "name" | "run">): Promise<void>;
  /** Takes no more turns, and resolves when what goes on is done. */
  stop(): Promise<void>;
}

/** Where the store cannot be asked, or another process was just faster, it is asked again so much later. */
const AGAIN_MS = 1000;

export function createRecurring({ turns, edition, failed, timer = realTimer }: RecurringOptions): Recurring {
  const bells: Bell[] = [];
  const under = new Set<Promise<unknown>>();
  let stopping = false;

  function track<T>(work: Promise<T>): Promise<T> {
    under.add(work);
    return work.finally(() => under.delete(work));
  }

  async function run({ name, run }: Pick<Job, "name" | "run">): Promise<void> {
    await track(run().catch((error: unknown) => failed(name, error)));
  }

  async function again(job: Job, bell: Bell): Promise<void> {
    while (!stopping) {
      const nextInMs = await turnOf(job);
      if (!stopping) await bell.wait(Math.max(nextInMs, Math.min(AGAIN_MS, job.everyMs)));
    }
  }

  /** @returns after how many milliseconds to ask again */
  async function turnOf(job: Job): Promise<number> {
    try {
      const { isOurs, nextInMs } = await turns.take(`${edition}: ${job.name}`, job.everyMs);
      // Not waited for: one that takes long, or hangs, does not keep the others from the next turn.
      if (isOurs) void run(job);
      return nextInMs;
    } catch (error) {
      failed(job.name, error);
      return AGAIN_MS;
    }
  }

  return {
    start(jobs) {
      for (const job of jobs) {
        const bell = new Bell(timer);
        bells.push(bell);
        void track(again(job, bell));
      }
    },
    run,
    async stop() {
      stopping = true;
      for (const bell of bells) bell.ring();
      while (under.size > 0) await Promise.all(under);
    },
  };
}
