import type { News, Rate, Slot, Slots } from "../core/sending.ts";
import { Bell, backOff, type Timer } from "./timer.ts";

/** Slots are fetched so far ahead that a round trip costs no pace; for a reply farther, past others' notices. */
const AHEAD_MS = 150;
const REPLY_AHEAD_MS = 300;
/** With fewer milliseconds of them in hand, more are fetched. */
const LOW_MS = 100;
/** The least between a question that brought too little, or only told something, and the next. */
const PAUSE_MS = 20;
/** A slot that was not used by then is let go: somebody may take its seat soon. */
const STALE_MS = 500;
/** What has no answer by then may arrive late: its seat is kept for as long again, and again. */
const UNANSWERED_MS = 500;
const KEPT_MS = 700;
const MOST_KEPT_MS = 2_000;
/** Lateness that the margin of every seat is for. */
const TOLERATED_MS = 2;
/** What answers take at least is found anew so often. */
const OF_LATE_MS = 2_000;
/** A platform that takes nothing for longer: what waits is better given back. */
const CLOSED_MS = 5_000;

/** A message on its way. */
export interface Departure {
  readonly slot: Slot;
  /** When it was handed to the platform, or let go to be. */
  leftAt: number;
  /** How much later than its slot it may have arrived, and how much of that was told. */
  lateMs: number;
  toldMs: number;
}

export interface SupplyOptions {
  readonly channel: string;
  readonly rate: Rate;
  readonly slots: Slots;
  readonly timer: Timer;
  /** Slots came. */
  readonly came: () => void;
  /** The platform takes nothing until then, as this process or another was told. */
  readonly closed: (until: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * One channel's slots: fetches them a little ahead, and tells the store afterwards which messages may
 * have arrived late.
 *
 * A seat is free a second after its message *arrived*, and that is known to be before its answer. What took
 * longer than answers take at least, by a late timer, a process out of breath or the network, may have arrived
 * later by as much. Where the store cannot be reached, nothing is sent until it can.
 */
export class Supply {
  readonly #options: SupplyOptions;
  readonly #bell: Bell;
  #hand: Slot[] = [];
  readonly #out = new Set<Departure>();
  readonly #changed = new Set<Departure>();
  #heard = 0;
  #holdMs = 0;
  #heldUntil = 0;
  #wanted = 0;
  #urgent = false;
  /** Not to be asked earlier: for slots, and for anything. */
  #opensAt = 0;
  #asksAt = 0;
  /** Nothing is known of answers at first: they may take no time at all. */
  #least = 0;
  #leastBefore = 0;
  #since = 0;
  #failures = 0;
  #working = false;
  #closed = false;

  constructor(options: SupplyOptions) {
    this.#options = options;
    this.#bell = new Bell(options.timer);
  }

  /** The next slot in hand, whose time may have to be waited for. */
  next(now: number): Slot | undefined {
    this.#hand = this.#hand.filter(({ at }) => at >= now - STALE_MS);
    return this.#hand[0];
  }

  /** So many messages wait for slots, beside those in hand; of people, or notices alone. */
  want(count: number, urgent: boolean): void {
    this.#wanted = count;
    this.#urgent = urgent;
    this.#wake();
  }

  /** A message leaves in the next slot, now. */
  leave(): Departure | undefined {
    const slot = this.#hand.shift();
    if (!slot) return undefined;
    const departure = { slot, leftAt: this.#options.timer.now(), lateMs: 0, toldMs: 0 };
    this.#out.add(departure);
    return departure;
  }

  /**
   * It is handed to the platform now.
   *
   * @returns whether it still may: what came between may have taken too long
   */
  leaves(departure: Departure): boolean {
    departure.leftAt = this.#options.timer.now();
    return departure.leftAt <= departure.slot.at + STALE_MS;
  }

  /** It was answered, or given up. */
  back(departure: Departure): void {
    const now = this.#options.timer.now();
    this.#out.delete(departure);
    this.#learn(now, now - departure.leftAt);
    const late = now - departure.slot.at - Math.min(this.#least, this.#leastBefore) - TOLERATED_MS;
    this.#note(departure, Math.min(Math.max(0, late), MOST_KEPT_MS));
    this.#wake();
  }

  /** Messages came in, where the platform counts them too. */
  heard(count: number): void {
    // What is in hand is taken already: a message that came in takes the place of one that would leave.
    const skipped = this.#hand.splice(0, count).length;
    this.#heard += count - skipped;
    this.#wake();
  }

  /** The platform takes nothing for so long. */
  hold(ms: number): void {
    const until = this.#options.timer.now() + ms;
    this.#holdMs = Math.max(this.#holdMs, ms);
    this.#heldUntil = Math.max(this.#heldUntil, until);
    this.#hand = [];
    this.#asksAt = 0;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#bell.ring();
  }

  /** What answers take at least, of late. */
  #learn(now: number, tookMs: number): void {
    if (now - this.#since > OF_LATE_MS) {
      this.#leastBefore = this.#least;
      this.#least = tookMs;
      this.#since = now;
    } else this.#least = Math.min(this.#least, tookMs);
  }

  #note(departure: Departure, lateMs: number): void {
    departure.lateMs = lateMs;
    if (Math.abs(lateMs - departure.toldMs) > 1) this.#changed.add(departure);
    else this.#changed.delete(departure);
  }

  #wake(): void {
    this.#bell.ring();
    if (!this.#working && !this.#closed) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    while (!this.#closed) {
      const now = this.#options.timer.now();
      this.#watch(now);
      const due = this.#dueAt(now);
      if (due <= now) await this.#ask(now);
      else if (Number.isFinite(due)) await this.#bell.wait(due - now);
      else break;
    }
    this.#working = false;
  }

  /** Keeps the seats of what has no answer yet. */
  #watch(now: number): void {
    for (const departure of this.#out)
      if (departure.lateMs < MOST_KEPT_MS && now >= checkAt(departure))
        this.#note(departure, Math.min(departure.lateMs + KEPT_MS, MOST_KEPT_MS));
  }

  /** When the store is to be asked, or something looked after, next. */
  #dueAt(now: number): number {
    const due = [...this.#out].filter(({ lateMs }) => lateMs < MOST_KEPT_MS).map(checkAt);
    if (this.#changed.size > 0 || this.#heard > 0 || this.#holdMs > 0) due.push(this.#asksAt);
    this.next(now);
    if (this.#wanted > this.#hand.length) {
      const last = this.#hand.at(-1)?.at ?? 0;
      due.push(Math.max(this.#asksAt, this.#opensAt - this.#aheadMs(), last - LOW_MS));
    }
    return Math.min(...due);
  }

  #aheadMs(): number {
    return this.#urgent ? REPLY_AHEAD_MS : AHEAD_MS;
  }

  async #ask(now: number): Promise<void> {
    const { slots, channel, rate, timer } = this.#options;
    const count = Math.max(0, this.#wanted - this.#hand.length);
    const told = [...this.#changed];
    const news: News = {
      late: told.map(({ slot: { seat, freeAt }, lateMs, toldMs }) => ({
        slot: { seat, freeAt: freeAt + toldMs },
        ms: lateMs - toldMs,
      })),
      came: this.#heard,
      holdMs: Math.max(0, this.#holdMs && this.#heldUntil - now),
    };
    const late = told.map(({ lateMs }) => lateMs);
    this.#changed.clear();
    this.#heard = 0;
    this.#holdMs = 0;
    this.#asksAt = now + PAUSE_MS;
    try {
      const { slots: more, opensAt } = await slots.take(
        channel,
        rate,
        { count, aheadMs: this.#aheadMs() },
        news,
      );
      for (const [at, departure] of told.entries()) departure.toldMs = late[at] ?? 0;
      this.#failures = 0;
      this.#opensAt = opensAt;
      if (count > 0 && more.length === count) this.#asksAt = now;
      this.#hand.push(...more.filter(({ at }) => at >= this.#heldUntil));
      if (more.length > 0) this.#options.came();
      if (opensAt - timer.now() > CLOSED_MS) this.#options.closed(opensAt);
    } catch (error) {
      for (const departure of told) this.#changed.add(departure);
      this.#heard += news.came;
      this.#holdMs = Math.max(this.#holdMs, news.holdMs);
      this.#asksAt = timer.now() + Math.min(backOff(++this.#failures), 5_000);
      this.#options.failed(error);
    }
  }
}

const checkAt = ({ slot, lateMs }: Departure): number => slot.at + lateMs + UNANSWERED_MS;
