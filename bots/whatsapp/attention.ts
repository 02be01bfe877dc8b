import type { Arrival } from "../../core/ports.ts";
import type { Timer } from "../timer.ts";

/** Lets people see that they were read, and that an answer is on its way where it takes its time. */
export interface Attention {
  /** They wrote, and it is stored. */
  heard(arrivals: readonly Arrival[]): void;
  /** Their answer is on its way. */
  answering(address: string): void;
  stop(): Promise<void>;
}

/** An answer that is quicker would only be overtaken by the sign that announces it. */
const TYPING_AFTER_MS = 1_500;

/** More than that at once are left out: a nicety must not take the place of messages. */
const MOST_AT_ONCE = 20;

/**
 * One call for what somebody wrote in a go: "read" with the answer, or, where there is none yet, "read
 * and writing", which the platform shows for 25 seconds or until a message comes. It neither waits nor
 * fails anything.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators (17 June 2026)
 */
export function createAttention(
  mark: (messageId: string, typing: boolean) => Promise<void>,
  timer: Timer,
): Attention {
  const waiting = new Map<string, { readonly id: string; readonly answered: AbortController }>();
  const under = new Set<Promise<void>>();
  let marking = 0;

  async function attend(address: string, id: string, answered: AbortController): Promise<void> {
    await timer.wait(TYPING_AFTER_MS, answered.signal);
    if (waiting.get(address)?.answered === answered) waiting.delete(address);
    if (answered.signal.reason === STOPPED || answered.signal.reason === REPLACED) return;
    if (marking >= MOST_AT_ONCE) return;
    marking += 1;
    await mark(id, !answered.signal.aborted).catch(() => undefined);
    marking -= 1;
  }

  return {
    heard(arrivals) {
      for (const { address, id } of arrivals) {
        // Marking the last one marks those before it.
        waiting.get(address)?.answered.abort(REPLACED);
        const answered = new AbortController();
        waiting.set(address, { id, answered });
        const attending = attend(address, id, answered);
        under.add(attending);
        void attending.then(() => under.delete(attending));
      }
    },
    answering(address) {
      waiting.get(address)?.answered.abort(ANSWERED);
    },
    async stop() {
      for (const { answered } of waiting.values()) answered.abort(STOPPED);
      await Promise.all(under);
    },
  };
}

const ANSWERED = "answered";
const REPLACED = "replaced";
const STOPPED = "stopped";
