import type { Conversations, Pending } from "./ports.ts";

/** Answers at once that take their time: with more, they would only wait for each other elsewhere. */
const MOST_AT_ONCE = 4;
/** Longer than any of them takes. A process that died gives its contacts back so late, or when it starts. */
const HOLD_MS = 90_000;
/** How long those are left alone for whom there is no room yet. */
const NO_ROOM_MS = 2_000;

/** Contacts whose answer takes its time, each by itself: nobody else waits for them. */
export interface SlowAnswers {
  /**
   * Begins to answer as many as there is room for, and resolves once that is begun. Nobody takes them up
   * a second time meanwhile; those for whom there is no room come again soon.
   *
   * @param answer to be left off when the signal aborts
   * @throws what the store throws while it is away
   */
  begin(
    waiting: readonly Pending[],
    answer: (pending: Pending, signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** Leaves off what is under way, and gives it back. */
  stop(): Promise<void>;
}

/** @param failed told of what an answer threw: it is begun again when its contact is free */
export function createSlowAnswers(
  conversations: Pick<Conversations, "hold" | "release">,
  failed: (error: unknown) => void,
): SlowAnswers {
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function run(pending: Pending, answer: (signal: AbortSignal) => Promise<void>): Promise<void> {
    try {
      await answer(stopped.signal);
      if (stopped.signal.aborted) await conversations.release([pending]);
    } catch (error) {
      failed(error);
    }
  }

  return {
    async begin(waiting, answer) {
      const room = stopped.signal.aborted ? 0 : MOST_AT_ONCE - underWay.size;
      const held = await conversations.hold(waiting.slice(0, room), HOLD_MS);
      for (const pending of waiting) {
        if (!held.has(pending.contactId)) continue;
        const running = run(pending, (signal) => answer(pending, signal));
        underWay.add(running);
        void running.then(() => underWay.delete(running));
      }
      await conversations.hold(waiting.slice(room), NO_ROOM_MS);
    },
    async stop() {
      stopped.abort();
      await Promise.all(underWay);
    },
  };
}
