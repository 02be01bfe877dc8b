import type { Outgoing } from "./ports.ts";

/** How many more messages of a channel are taken in hand. */
export interface Room {
  readonly channel: string;
  /** Replies and codes, which people wait for. */
  readonly replies: number;
  readonly notices: number;
}

/** A message that this process now has to send. */
export interface Claimed extends Outgoing {
  readonly id: bigint;
  readonly contactId: string | null;
  /** Payloads of it that were already accepted by the platform. */
  readonly accepted: number;
  /** Sends begun before this one. */
  readonly attempts: number;
  /** When the claim ends, by the store's clock; it tells this claim from any other. */
  readonly lease: Date;
  /**
   * When the person last wrote on this channel, to the hour and never later than they did; absent
   * where they did not.
   */
  readonly heardAt?: Date;
  /** For how many milliseconds what was sent to the address, by any process, fills its pace; absent: none. */
  readonly pacedMs?: number;
}

/** How a claimed message ended, for now. */
export type Settled = {
  readonly id: bigint;
  readonly accepted: number;
  /** As in {@link Claimed}, from now on; absent where the channel has no pace for one address. */
  readonly pacedMs?: number;
} & (
  | { readonly as: "sent"; readonly platformId: string }
  /** `unspent`: the try says nothing about this message, and does not count. */
  | { readonly as: "again"; readonly at: Date; readonly reason: string; readonly unspent?: true }
  /** Nobody can tell whether it arrived, and it is not of a kind to be repeated. */
  | { readonly as: "uncertain"; readonly reason: string }
  | { readonly as: "failed"; readonly reason: string }
  /** As failed, and nothing else is to be sent to that address. */
  | { readonly as: "unreachable"; readonly reason: string }
);

export interface Outbox {
  /**
   * Takes messages to be sent: each address's in order, the next only after the previous one is settled,
   * replies before notices. A reply is taken for `leaseMs`; a code or notice for half of it, as its own
   * lease starts when it is begun.
   *
   * A lease that ran out means that its process died. A reply is claimed again, and so is a code or
   * notice that was not begun, up to a few times; one that was begun is set aside as uncertain.
   */
  claim(rooms: readonly Room[], leaseMs: number): Promise<readonly Claimed[]>;
  /**
   * To be asked right before a code or notice is sent, and where the lease may end during a send: begins
   * it, and lets the lease begin anew.
   *
   * @returns the new lease; `undefined` where it is not ours to send any more: it was called back, or
   *   another process took it. Nothing of it is to be sent nor settled
   */
  begin(claimed: Pick<Claimed, "id" | "lease">, leaseMs: number): Promise<Date | undefined>;
  /** One that was begun and is to be tried again counts as not begun: it did not arrive. */
  settle(settled: readonly Settled[]): Promise<void>;
}

/**
 * How fast a channel may send: each message takes one of its seats, and leaves it free again a window
 * later. So no window ever holds more messages than there are seats.
 */
export interface Rate {
  readonly seats: number;
  readonly windowMs: number;
  /** Least time between two messages, so that they are spread over the window. */
  readonly gapMs: number;
}

/** A moment at which one message may leave, in a seat. */
export interface Slot {
  readonly seat: number;
  /** Milliseconds since 1970, by our own clock. */
  readonly at: number;
  /** When its seat is free again, by the store's clock. */
  readonly freeAt: number;
}

/** What happened on a channel since slots were last taken. */
export interface News {
  /** Seats that are free so many milliseconds later than the slot said. */
  readonly late: readonly { readonly slot: Pick<Slot, "seat" | "freeAt">; readonly ms: number }[];
  /** Messages that came in, where the platform counts them too. */
  readonly came: number;
  /** For so long the platform takes nothing. */
  readonly holdMs: number;
}

/** The pace of each channel, kept by all processes together. */
export interface Slots {
  /**
   * Takes the channel's next slots: `count` at most, none further ahead than `aheadMs`.
   *
   * @returns with when there may be one more, by our own clock
   */
  take(
    channel: string,
    rate: Rate,
    wanted: { readonly count: number; readonly aheadMs: number },
    news: News,
  ): Promise<{ readonly slots: readonly Slot[]; readonly opensAt: number }>;
}
