import { setTimeout as pause } from "node:timers/promises";

/** Asks again until the answer is good, or fails with the last answer after a while. */
export async function until<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  deadlineMs = 10_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (isGood(answer)) return answer;
    if (Date.now() > end) throw new Error(`Still not so: ${String(answer)}`);
    await pause(5);
  }
}
