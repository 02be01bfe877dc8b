import { Refusal } from "./types.ts";

const PAIR_MS = 6_000;
const PAIR_BURST = 45;
const PER_SECOND = 80;
const WINDOW_MS = 24 * 3600_000;

/** What may be sent when, as documented: 80 a second with what comes in, bursts of 45 to one person, the window. */
export class Limits {
  /** Sends that were refused for their haste. */
  tooFast = 0;
  readonly #lately: number[] = [];
  readonly #settledAt = new Map<string, number>();

  /** @throws {Refusal} */
  checkPace(person: string, now: number): void {
    while ((this.#lately[0] ?? now) <= now - 1000) this.#lately.shift();
    const settledAt = Math.max(this.#settledAt.get(person) ?? 0, now) + PAIR_MS;
    if (this.#lately.length >= PER_SECOND) this.#refuse(130429, "Rate limit hit", 429);
    if (settledAt - now > PAIR_BURST * PAIR_MS)
      this.#refuse(131056, "(Business Account, Consumer Account) pair rate limit hit", 400);
    this.#lately.push(now);
    this.#settledAt.set(person, settledAt);
  }

  /** A message that comes in takes of the same rate. */
  came(now: number): void {
    this.#lately.push(now);
  }

  /** @throws {Refusal} where only a template may be sent */
  checkWindow(wroteAt: number, now: number, type: string): void {
    if (type !== "template" && now - wroteAt > WINDOW_MS) throw new Refusal(131047, "Re-engagement message");
  }

  #refuse(code: number, title: string, status: number): never {
    this.tooFast++;
    throw new Refusal(code, title, status);
  }
}
