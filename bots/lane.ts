import type { Claimed, Outbox, Room, Settled, Slots } from "../core/sending.ts";
import type { Channel, Outcome } from "./channel.ts";
import { type Delivered, deliver, type Tried } from "./deliver.ts";
import { Lease } from "./lease.ts";
import { Pacer } from "./pace.ts";
import type { Settler } from "./settler.ts";
import { backOff, type Timer } from "./timer.ts";

/** What the sending side tells; ids and reasons, never words or addresses. */
export interface DispatcherLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface LaneOptions {
  readonly channel: Channel;
  readonly outbox: Pick<Outbox, "begin">;
  readonly settler: Settler;
  readonly slots: Slots;
  readonly timer: Timer;
  readonly log: DispatcherLog;
  /** Messages in hand at once, of those that people wait for and of notices; which bounds memory as well. */
  readonly hands: Omit<Room, "channel">;
  readonly leaseMs: number;
  readonly sendMs: number;
  /** Sends of one message after which it is set aside with its last reason. */
  readonly attempts: number;
  readonly random: () => number;
  readonly onOutcome: (channel: string, outcome: Outcome["kind"]) => void;
  /** A hand is free again; something is to be done at a time. */
  readonly changed: (at?: number) => void;
}

/** How long nothing is tried on a channel that is halted. */
const HALT_MS = 15 * 60_000;

/** Where a platform takes nothing for longer, what waits in hand is given back. */
const REST_MS = 5_000;

/**
 * Sends what was claimed of one channel, with hands of its own: a channel that is slow or halted takes
 * nothing from another, and notices that wait for their slot leave room for replies.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #pacer: Pacer;
  readonly #inHand = { replies: 0, notices: 0 };
  /** Refusals for haste in a row, with nothing accepted between. */
  #throttled = 0;
  /** Nothing is tried until then, nor claimed. */
  #restsUntil = 0;
  #halted = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    const { channel, slots, timer, log } = options;
    this.#pacer = new Pacer({
      channel: channel.name,
      pace: channel.pace,
      slots,
      timer,
      closed: (until) => this.#rest(until),
      failed: (error) =>
        log.error({ err: error, channel: channel.name }, "Nothing is sent while no pace can be kept"),
    });
  }

  get inHand(): number {
    return this.#inHand.replies + this.#inHand.notices;
  }

  /** How much more it takes; `undefined` where nothing. */
  room(): Room | undefined {
    const { channel, hands } = this.#options;
    const replies = Math.max(0, hands.replies - this.#inHand.replies);
    const notices = Math.max(0, hands.notices - this.#inHand.notices);
    if (this.#rests() || replies + notices === 0) return undefined;
    return { channel: channel.name, replies, notices };
  }

  /**
   * Sends a message as far as it can be now, and records what came of it.
   *
   * @param claimedAt not after the claim began
   */
  async take(claimed: Claimed, claimedAt: number): Promise<void> {
    const { channel, settler, timer, changed } = this.#options;
    const { address, kind } = claimed;
    const hands = kind === "notice" ? "notices" : "replies";
    this.#inHand[hands]++;
    if (claimed.pacedMs !== undefined) this.#pacer.paced(address, claimed.pacedMs);
    const lease = new Lease(claimed, claimedAt, this.#options);
    const delivered = await deliver(claimed, channel, timer.now(), (payload) =>
      this.#attempt(claimed, payload, lease),
    );
    const settled = this.#settled(claimed, delivered);
    const pacedMs = this.#pacer.pacedMs(address);
    if (settled) await settler.settle(pacedMs > 0 ? { ...settled, pacedMs } : settled);
    this.#inHand[hands]--;
    changed(settled?.as === "again" ? settled.at.getTime() : undefined);
  }

  /** Messages came in, where the platform counts them too. */
  came(count: number): void {
    if (this.#options.channel.pace.countsIncoming) this.#pacer.came(count);
  }

  close(): void {
    this.#pacer.close();
  }

  async #attempt(claimed: Claimed, payload: unknown, lease: Lease): Promise<Tried> {
    const { timer, random } = this.#options;
    const tried = await this.#turn(claimed, payload, lease);
    if (tried.kind !== "uncertain" || claimed.kind !== "reply") return tried;
    // Within the same claim, so that whatever happens, nobody counts from the beginning.
    await timer.wait(backOff(1, random()));
    const again = await this.#turn(claimed, payload, lease);
    // Not begun again, it stays as uncertain as it was.
    return again.kind === "not begun" || again.kind === "not ours" ? tried : again;
  }

  async #turn({ address, kind }: Claimed, payload: unknown, lease: Lease): Promise<Tried> {
    for (let urgent = kind !== "notice"; ; urgent = true) {
      let missed = false;
      const tried = await this.#pacer.run(address, urgent, async (begins) => {
        if (!(await this.#mayBegin(lease))) return undefined;
        if (!lease.isOurs) return NOT_OURS;
        missed = !begins();
        return missed ? undefined : this.#send(address, payload);
      });
      if (!missed) return tried ?? NOT_BEGUN;
      // By now it is begun: the longer it waited, the likelier a dying process would leave it in doubt.
    }
  }

  async #mayBegin(lease: Lease): Promise<boolean> {
    const { channel, log } = this.#options;
    if (this.#rests()) return false;
    try {
      await lease.begin();
      return true;
    } catch (error) {
      log.error({ err: error, channel: channel.name }, "A message could not be begun yet");
      return false;
    }
  }

  async #send(address: string, payload: unknown): Promise<Outcome> {
    const { channel, onOutcome } = this.#options;
    const outcome = await channel.send(address, payload);
    onOutcome(channel.name, outcome.kind);
    return outcome;
  }

  /** @returns `undefined` where it is not ours to settle */
  #settled(claimed: Claimed, { accepted, ended }: Delivered): Settled | undefined {
    const { id, channel } = claimed;
    if (ended.kind !== "sent" && ended.kind !== "not begun" && ended.kind !== "not ours") {
      const { kind: outcome, reason } = ended;
      this.#options.log.warn({ outboxId: String(id), channel, outcome, reason }, "Not sent");
    }
    switch (ended.kind) {
      case "sent":
        this.#throttled = 0;
        return { id, accepted, as: "sent", platformId: ended.id };
      case "not ours":
        return undefined;
      case "not begun":
        return this.#unspent(claimed, accepted, ended.reason);
      case "halted":
        this.#halt(ended);
        return this.#unspent(claimed, accepted, ended.reason);
      case "later":
        this.#hold(claimed, ended);
        return this.#tryLater(claimed, accepted, ended.reason, ended.afterMs);
      case "defect":
        this.#options.log.error(
          { err: ended.error, outboxId: String(id) },
          "A message could not be drawn or sent",
        );
        return this.#tryLater(claimed, accepted, ended.reason);
      case "outside":
        return { id, accepted, as: "failed", reason: "outside the window" };
      case "refused":
        return { id, accepted, as: "failed", reason: ended.reason };
      case "unreachable":
      case "uncertain":
        return { id, accepted, as: ended.kind, reason: ended.reason };
    }
  }

  /**
   * "Too many" is mostly about one chat. Where it is said of the third in a row, with nothing
   * accepted between, it is about all of them.
   */
  #hold({ address }: Claimed, { everyone, afterMs }: Extract<Outcome, { kind: "later" }>): void {
    if (!everyone && afterMs === undefined) return;
    if (!everyone) this.#throttled++;
    const ms = afterMs ?? 1000;
    if (everyone || this.#throttled >= 3) {
      this.#pacer.hold(ms);
      if (ms > REST_MS) this.#rest(this.#options.timer.now() + ms);
    } else this.#pacer.hold(ms, address);
  }

  #halt({ reason, remedy }: Extract<Outcome, { kind: "halted" }>): void {
    if (this.#halted && this.#rests()) return;
    const { channel, log, timer } = this.#options;
    this.#halted = true;
    log.error(
      { channel: channel.name, reason, remedy },
      "Nothing goes out on this channel until this is mended",
    );
    this.#rest(timer.now() + HALT_MS);
  }

  #rests(): boolean {
    return this.#restsUntil > this.#options.timer.now();
  }

  #rest(until: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, until);
    this.#pacer.release();
    this.#options.changed(this.#restsUntil);
  }

  /** A try that says nothing about the message: it costs it nothing. */
  #unspent({ id }: Claimed, accepted: number, reason: string): Settled {
    const at = new Date(Math.max(this.#options.timer.now(), this.#restsUntil));
    return { id, accepted, as: "again", at, reason, unspent: true };
  }

  #tryLater({ id, attempts: before }: Claimed, accepted: number, reason: string, ms = 0): Settled {
    const { attempts, timer, random } = this.#options;
    const tries = before + 1;
    if (tries >= attempts) return { id, accepted, as: "failed", reason };
    const at = new Date(timer.now() + Math.max(ms, backOff(tries, random())));
    return { id, accepted, as: "again", at, reason };
  }
}

const NOT_BEGUN: Tried = { kind: "not begun", reason: "not begun in time" };
const NOT_OURS: Tried = { kind: "not ours", reason: "called back, or taken over" };
