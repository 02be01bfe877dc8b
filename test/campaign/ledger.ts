import type { Send } from "../fakes/gate.ts";

/** So long after somebody's "stop" was acknowledged, nothing of the campaign may come any more. */
const STOP_MS = 1_000;

/** Who has got a campaign's message, how often, and who wanted none any more. */
export class Ledger {
  readonly #times = new Map<string, number>();
  /** When the "stop" of somebody was acknowledged; before that it is on its way. */
  readonly #stoppedAt = new Map<string, number>();
  /** By how much those came too late that came at all. */
  readonly late: number[] = [];
  /** What came after "stop" was acknowledged, within the second. */
  inTime = 0;

  shown({ to, at }: Send): void {
    this.#times.set(to, (this.#times.get(to) ?? 0) + 1);
    const after = at - (this.#stoppedAt.get(to) ?? Number.POSITIVE_INFINITY);
    if (after > STOP_MS) this.late.push(after);
    else if (after > 0) this.inTime++;
  }

  /** Somebody has written "stop". */
  stops(who: string): void {
    this.#stoppedAt.set(who, Number.POSITIVE_INFINITY);
  }

  /** That was acknowledged. */
  acknowledged(who: string, at: number): void {
    if (this.#stoppedAt.has(who)) this.#stoppedAt.set(who, at);
  }

  has(who: string): boolean {
    return this.#times.has(who) || this.#stoppedAt.has(who);
  }

  get stopped(): readonly string[] {
    return [...this.#stoppedAt.keys()];
  }

  get reached(): readonly string[] {
    return [...this.#times.keys()];
  }

  get twice(): readonly string[] {
    return [...this.#times].filter(([, times]) => times > 1).map(([who]) => who);
  }
}
