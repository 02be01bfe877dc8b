import type { Claimed, Outbox } from "../core/sending.ts";
import type { Timer } from "./timer.ts";

export interface LeaseOptions {
  readonly outbox: Pick<Outbox, "begin">;
  readonly timer: Timer;
  /** How long it lasts from when it is asked for. */
  readonly leaseMs: number;
  /** The longest that one send may take. */
  readonly sendMs: number;
}

/**
 * The right to send one claimed message. A code or notice is begun before its first payload, so that one
 * that was called back is not sent, and one that a dying process had not begun is sent by another. Whoever
 * takes a message over when the lease ends must not find us still sending it: it is renewed in time.
 */
export class Lease {
  readonly #options: LeaseOptions;
  readonly #id: bigint;
  #lease: Date;
  /** A send that begins earlier ends in time. */
  #goodUntil: number;
  #isOurs = true;

  /** @param claimedAt not after the claim began */
  constructor({ id, lease, kind }: Claimed, claimedAt: number, options: LeaseOptions) {
    this.#options = options;
    this.#id = id;
    this.#lease = lease;
    this.#goodUntil = kind === "reply" ? claimedAt + options.leaseMs - options.sendMs : 0;
  }

  /** Whether the message is ours to send, as far as {@link begin} has found. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /**
   * To be called right before each payload.
   *
   * @throws where the store cannot be asked
   */
  async begin(): Promise<void> {
    const { outbox, timer, leaseMs, sendMs } = this.#options;
    const now = timer.now();
    if (now <= this.#goodUntil) return;
    const lease = await outbox.begin({ id: this.#id, lease: this.#lease }, leaseMs);
    this.#isOurs = lease !== undefined;
    if (!lease) return;
    this.#lease = lease;
    this.#goodUntil = now + leaseMs - sendMs;
  }
}
