import type { House } from "../assistant.ts";
import { endedNotice } from "../core/assisted/notice.ts";
import type { Job } from "./recurring.ts";

const MINUTE_MS = 60_000;
const LOG_MS = 6 * 60 * MINUTE_MS;

/**
 * Ends the assisted sessions that nobody ends, and forgets their log when its time has come.
 *
 * @param wrote called when notices were written to the outbox
 */
export function assistedJobs({ stores, edition, words, realNow }: House, wrote: () => void): readonly Job[] {
  const { assistedSessions } = stores.desk;

  async function endForgotten(): Promise<void> {
    if ((await assistedSessions.endForgotten(realNow(), endedNotice(words, "time"))) > 0) wrote();
  }

  async function clearLog(): Promise<void> {
    const before = realNow();
    before.setMonth(before.getMonth() - edition.privacy.keepMonths);
    await assistedSessions.clear(before);
  }

  return [
    { name: "assisted sessions", everyMs: MINUTE_MS, run: endForgotten },
    { name: "log of assisted sessions", everyMs: LOG_MS, run: clearLog },
  ];
}
