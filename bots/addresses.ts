import type { Pace } from "./channel.ts";

/** Keeps the gaps between messages to one address. */
export class Addresses {
  readonly #pace: Pace;
  /** When an address may be written to again; Infinity while something is on its way to it. */
  readonly #freeAt = new Map<string, number>();
  /** When all the gaps of what an address had are over. */
  readonly #settledAt = new Map<string, number>();
  #forgetsAt = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  freeAt(address: string): number {
    return this.#freeAt.get(address) ?? 0;
  }

  /** Something is on its way to it, until {@link spend} or {@link spare}. */
  take(address: string): void {
    this.#freeAt.set(address, Number.POSITIVE_INFINITY);
  }

  /** Nothing was sent to it after all. */
  spare(address: string): void {
    this.#settle(address, this.#settledAt.get(address) ?? 0);
  }

  /** Takes one from what an address may have at once; each gap that passes gives one back. */
  spend(address: string, now: number): void {
    this.#settle(address, Math.max(this.#settledAt.get(address) ?? 0, now) + this.#pace.perAddressMs);
    if (now < this.#forgetsAt) return;
    this.#forgetsAt = now + FORGET_MS;
    for (const times of [this.#freeAt, this.#settledAt])
      for (const [one, at] of times) if (at <= now) times.delete(one);
  }

  /** Nothing is to be sent to it until then. */
  hold(address: string, until: number): void {
    this.#freeAt.set(address, Math.max(this.freeAt(address), until));
  }

  /** For how long what it had fills its pace, for whoever sends to it next. */
  pacedMs(address: string, now: number): number {
    return Math.max(0, (this.#settledAt.get(address) ?? 0) - now);
  }

  /** What another process found its pace filled with. */
  paced(address: string, until: number): void {
    const settledAt = Math.max(this.#settledAt.get(address) ?? 0, until);
    if (this.freeAt(address) === Number.POSITIVE_INFINITY) this.#settledAt.set(address, settledAt);
    else this.#settle(address, settledAt);
  }

  #settle(address: string, settledAt: number): void {
    const { perAddressMs, burst = 1 } = this.#pace;
    this.#settledAt.set(address, settledAt);
    this.#freeAt.set(address, settledAt - (burst - 1) * perAddressMs);
  }
}

const FORGET_MS = 10_000;
