import type { Pace } from "./channel.ts";
import { Bell, type Timer } from "./timer.ts";

interface Waiting {
  readonly address: string;
  readonly urgent: boolean;
  readonly go: (granted: boolean) => void;
}

/**
 * Keeps one channel's sends within its pace: evenly over time in all, a gap for each address, and
 * whoever waits for an answer ahead of notices. It never refuses, it makes wait; its user bounds
 * how many wait at once.
 */
export class Pacer {
  readonly #pace: Pace;
  readonly #timer: Timer;
  readonly #bell: Bell;
  readonly #waiting: Waiting[] = [];
  /** When an address may be written to again; Infinity while something is on its way to it. */
  readonly #freeAt = new Map<string, number>();
  /** When all the gaps of what an address had are over. */
  readonly #settledAt = new Map<string, number>();
  #nextAt = 0;
  #pumping = false;
  #closed = false;

  constructor(pace: Pace, timer: Timer) {
    this.#pace = pace;
    this.#timer = timer;
    this.#bell = new Bell(timer);
  }

  /**
   * Runs a send when its turn has come. The gap counts from its end: two sends that the network
   * delays unequally would otherwise arrive too near to each other.
   *
   * @returns what the send returned, or `undefined` where {@link close} came before its turn
   */
  async run<Result>(
    address: string,
    urgent: boolean,
    send: () => Promise<Result>,
  ): Promise<Result | undefined> {
    const granted = await new Promise<boolean>((go) => {
      if (this.#closed) return go(false);
      this.#waiting.push({ address, urgent, go });
      this.#bell.ring();
      void this.#pump();
    });
    if (!granted) return undefined;
    try {
      return await send();
    } finally {
      this.#spend(address);
      this.#bell.ring();
    }
  }

  /** Sends nothing for so long: to an address, or to nobody at all. */
  hold(ms: number, address?: string): void {
    const until = this.#timer.now() + ms;
    if (address === undefined) this.#nextAt = Math.max(this.#nextAt, until);
    else this.#freeAt.set(address, Math.max(this.#freeAt.get(address) ?? 0, until));
  }

  /** Lets go of everybody whose turn has not come. */
  close(): void {
    this.#closed = true;
    for (const { go } of this.#waiting.splice(0)) go(false);
    this.#bell.ring();
  }

  /** Takes one from what an address may have at once; each gap that passes gives one back. */
  #spend(address: string): void {
    const { perAddressMs, burst = 1 } = this.#pace;
    const settledAt = Math.max(this.#settledAt.get(address) ?? 0, this.#timer.now()) + perAddressMs;
    this.#settledAt.set(address, settledAt);
    this.#freeAt.set(address, settledAt - (burst - 1) * perAddressMs);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#waiting.length > 0) {
      const now = this.#timer.now();
      const next = now < this.#nextAt ? undefined : this.#takeNext(now);
      if (!next) {
        await this.#bell.wait(this.#nextTurn(now) - now);
        continue;
      }
      this.#freeAt.set(next.address, Number.POSITIVE_INFINITY);
      this.#nextAt = now + Math.ceil(1000 / this.#pace.perSecond);
      next.go(true);
    }
    this.#pumping = false;
    this.#forget();
  }

  #takeNext(now: number): Waiting | undefined {
    const isFree = ({ address }: Waiting) => (this.#freeAt.get(address) ?? 0) <= now;
    let at = this.#waiting.findIndex((one) => one.urgent && isFree(one));
    if (at < 0) at = this.#waiting.findIndex(isFree);
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  #nextTurn(now: number): number {
    const earliest = Math.min(...this.#waiting.map(({ address }) => this.#freeAt.get(address) ?? now));
    // Where all wait for a send that is under way, its end rings.
    return Math.min(Math.max(this.#nextAt, earliest), now + 60_000);
  }

  #forget(): void {
    const now = this.#timer.now();
    for (const times of [this.#freeAt, this.#settledAt])
      for (const [address, at] of times) if (at <= now) times.delete(address);
  }
}
