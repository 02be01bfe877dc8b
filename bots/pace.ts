import type { Slots } from "../core/sending.ts";
import { Addresses } from "./addresses.ts";
import type { Pace } from "./channel.ts";
import { rateOf } from "./slots.ts";
import { Supply } from "./supply.ts";
import { Bell, type Timer } from "./timer.ts";

interface Waiting {
  readonly address: string;
  readonly urgent: boolean;
  readonly go: (granted: Granted | undefined) => void;
}

/** A turn to send. */
interface Granted {
  /** Asked at the last moment: whether it is not over, after too long on the way to the platform. */
  begins(): boolean;
  over(sent: boolean): void;
}

export interface PacerOptions {
  readonly channel: string;
  readonly pace: Pace;
  readonly slots: Slots;
  readonly timer: Timer;
  /** The platform takes nothing for long, until then: whoever waits had better be let go. */
  readonly closed?: (until: number) => void;
  readonly failed?: (error: unknown) => void;
}

/**
 * Keeps one channel's sends within its pace: never more than so many in any second, evenly over time, a
 * gap for each address, and whoever waits for an answer ahead of notices. It never refuses, it makes wait;
 * its user bounds how many wait at once.
 */
export class Pacer {
  readonly #timer: Timer;
  readonly #bell: Bell;
  readonly #supply: Supply | undefined;
  readonly #addresses: Addresses;
  readonly #waiting: Waiting[] = [];
  #heldUntil = 0;
  #pumping = false;
  #closed = false;

  constructor({ channel, pace, slots, timer, closed = () => {}, failed = () => {} }: PacerOptions) {
    this.#timer = timer;
    this.#bell = new Bell(timer);
    this.#addresses = new Addresses(pace);
    const rate = rateOf(pace);
    const came = () => this.#bell.ring();
    this.#supply = rate && new Supply({ channel, rate, slots, timer, came, closed, failed });
  }

  /**
   * Runs a send when its turn has come. An address's gap counts from its end: two sends that the network
   * delays unequally would otherwise arrive too near to each other.
   *
   * @param send resolves with `undefined` where it sent nothing after all. At the last moment it asks whether
   *   its turn is not over: something else may have taken too long
   * @returns what the send returned, or `undefined` where it was let go before its turn
   */
  async run<Result>(
    address: string,
    urgent: boolean,
    send: (begins: () => boolean) => Promise<Result | undefined>,
  ): Promise<Result | undefined> {
    const granted = await new Promise<Granted | undefined>((go) => {
      if (this.#closed) return go(undefined);
      this.#waiting.push({ address, urgent, go });
      this.#bell.ring();
      void this.#pump();
    });
    if (!granted) return undefined;
    let sent = true;
    try {
      const result = await send(granted.begins);
      sent = result !== undefined;
      return result;
    } finally {
      granted.over(sent);
    }
  }

  /** Sends nothing for so long: to an address, or to nobody at all, in no process. */
  hold(ms: number, address?: string): void {
    const until = this.#timer.now() + ms;
    if (address === undefined) {
      this.#heldUntil = Math.max(this.#heldUntil, until);
      this.#supply?.hold(ms);
    } else this.#addresses.hold(address, until);
  }

  /** Messages came in, where the platform counts them too. */
  came(count: number): void {
    this.#supply?.heard(count);
  }

  /** For how long what an address had fills its pace, for whoever sends to it next. */
  pacedMs(address: string): number {
    return this.#addresses.pacedMs(address, this.#timer.now());
  }

  /** For so long the pace of an address is filled by what somebody else sent. */
  paced(address: string, ms: number): void {
    this.#addresses.paced(address, this.#timer.now() + ms);
  }

  /** Lets go of everybody whose turn has not come. */
  release(): void {
    for (const { go } of this.#waiting.splice(0)) go(undefined);
    this.#bell.ring();
  }

  close(): void {
    this.#closed = true;
    this.release();
    this.#supply?.close();
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#waiting.length > 0) {
      const now = this.#timer.now();
      const at = this.#grant(now);
      if (at !== undefined) await this.#bell.wait(at - now);
    }
    this.#supply?.want(0, false);
    this.#pumping = false;
  }

  /** Lets the next one go, or tells when to look again. */
  #grant(now: number): number | undefined {
    if (now < this.#heldUntil) return this.#heldUntil;
    const { at, urgent, ready, freeAt } = this.#look(now);
    this.#supply?.want(ready, urgent);
    const next = this.#waiting[at];
    // Where all wait for a send that is under way, its end rings.
    if (!next) return Math.min(freeAt, now + LOOK_MS);
    const slot = this.#supply?.next(now);
    if (this.#supply && (!slot || slot.at > now)) return Math.min(slot?.at ?? now + LOOK_MS, now + LOOK_MS);
    const departure = this.#supply?.leave();
    this.#waiting.splice(at, 1);
    this.#addresses.take(next.address);
    const supply = this.#supply;
    next.go({
      begins: () => !supply || !departure || supply.leaves(departure),
      over: (sent) => {
        if (departure) supply?.back(departure);
        if (sent) this.#addresses.spend(next.address, this.#timer.now());
        else this.#addresses.spare(next.address);
        this.#bell.ring();
      },
    });
    return undefined;
  }

  /** Who is next, and how many could go as far as their addresses are concerned. */
  #look(now: number): { at: number; urgent: boolean; ready: number; freeAt: number } {
    let at = -1;
    let urgent = false;
    let freeAt = Number.POSITIVE_INFINITY;
    let ready = 0;
    for (const [index, one] of this.#waiting.entries()) {
      const free = this.#addresses.freeAt(one.address);
      freeAt = Math.min(freeAt, free);
      if (free > now) continue;
      ready++;
      if (at < 0 || (one.urgent && !urgent)) at = index;
      urgent ||= one.urgent;
    }
    return { at, urgent, ready, freeAt };
  }
}

const LOOK_MS = 60_000;
