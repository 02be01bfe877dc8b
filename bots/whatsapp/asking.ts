import { backOff, type Timer } from "../timer.ts";
import type { Made } from "./call.ts";

/**
 * Asks until there is an answer, or the signal aborts; less and less often.
 *
 * @param refused called each time that the platform says no, rather than nothing
 * @returns `undefined` where there was none
 */
export async function askUntilTold<T>(
  ask: () => Promise<Made<T>>,
  timer: Timer,
  signal: AbortSignal,
  refused: (reason: string) => void,
): Promise<T | undefined> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    const answer = await ask();
    if ("made" in answer) return answer.made;
    const { kind, reason } = answer.failure;
    if (kind === "halted" || kind === "refused") refused(reason);
    await timer.wait(backOff(failures), signal);
  }
  return undefined;
}
