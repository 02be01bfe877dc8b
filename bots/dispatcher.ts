import type { Arrival } from "../core/ports.ts";
import type { Claimed, Outbox, Room, Slots } from "../core/sending.ts";
import type { Channel, Outcome, Pace } from "./channel.ts";
import { type DispatcherLog, Lane } from "./lane.ts";
import { createSettler } from "./settler.ts";
import { ownSlots } from "./slots.ts";
import { Bell, backOff, realTimer, type Timer } from "./timer.ts";

export interface DispatcherOptions {
  readonly outbox: Outbox;
  readonly channels: readonly Channel[];
  readonly log: DispatcherLog;
  /** The pace of all processes together; absent: this one is alone. */
  readonly slots?: Slots | undefined;
  readonly timer?: Timer;
  /** Replies in hand at once of each channel, and notices where its pace does not say how many. */
  readonly inHand?: number;
  /** How long a claim lasts; after it, what was not settled counts as left by a dead process. */
  readonly leaseMs?: number;
  /** The longest that one send may take, by the channels' own time-outs: of a file, then of what it goes in. */
  readonly sendMs?: number;
  /** How often to look for work that nobody announced: what a dead process left, other processes' notices. */
  readonly sweepMs?: number;
  /** Sends of one message after which it is set aside with its last reason. */
  readonly attempts?: number;
  /** Told of every send's outcome, for the metrics. */
  readonly onOutcome?: (channel: string, outcome: Outcome["kind"]) => void;
  readonly random?: () => number;
}

/** Sends what stands in the outbox, on all channels. */
export interface Dispatcher {
  start(): void;
  /** Something was written to the outbox: look now rather than at the next sweep. */
  notify(): void;
  /** Messages came in: some platforms count them as they count what goes out. */
  heard(arrivals: readonly Pick<Arrival, "channel">[]): void;
  /** Finishes what is on its way, gives back what is not, and resolves when all is settled. */
  stop(): Promise<void>;
}

/** What a channel sends in so long is in hand, so that some may wait for an answer that never comes. */
const NOTICES_MS = 3_000;

/**
 * One lane for each channel, and one claim for all lanes that have room: a statement costs the database
 * the same for one channel as for six.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const {
    outbox,
    log,
    timer = realTimer,
    slots = ownSlots(timer),
    inHand = 64,
    leaseMs = 60_000,
    sendMs = 45_000,
    sweepMs = 5_000,
    attempts = 15,
    onOutcome = () => {},
    random = Math.random,
  } = options;
  const bell = new Bell(timer);
  const settler = createSettler(outbox, timer, log);
  /** When something is to be looked at again: a message that is to be tried again, a channel that rests. */
  let lookAt = Number.POSITIVE_INFINITY;
  let stopping = false;
  let running: Promise<void> | undefined;

  function changed(at = Number.POSITIVE_INFINITY): void {
    lookAt = Math.min(lookAt, at);
    bell.ring();
  }

  const laneOf = (channel: Channel): Lane =>
    new Lane({
      ...{
        channel,
        outbox,
        settler,
        slots,
        timer,
        log,
        leaseMs,
        sendMs,
        attempts,
        random,
        onOutcome,
        changed,
      },
      hands: { replies: inHand, notices: noticesOf(channel.pace, inHand) },
    });
  const lanes = new Map(options.channels.map((channel) => [channel.name, laneOf(channel)]));

  async function loop(): Promise<void> {
    let failures = 0;
    while (!stopping) {
      const rooms = [...lanes.values()].map((lane) => lane.room()).filter((room) => room !== undefined);
      const now = timer.now();
      if (lookAt <= now) lookAt = Number.POSITIVE_INFINITY;
      try {
        if (rooms.length > 0) take(await outbox.claim(rooms, leaseMs), now);
        failures = 0;
      } catch (error) {
        log.error({ err: error }, "The outbox cannot be read");
        await bell.wait(Math.min(backOff(++failures, random()), 30_000));
        continue;
      }
      // Nothing more to take, or no hand free: whatever changes that rings.
      await bell.wait(Math.min(sweepMs, Math.max(0, lookAt - timer.now())));
    }
  }

  function take(claimed: readonly Claimed[], at: number): void {
    for (const one of claimed) void lanes.get(one.channel)?.take(one, at);
  }

  const inHands = () => [...lanes.values()].reduce((sum, lane) => sum + lane.inHand, 0);

  return {
    start() {
      running ??= loop();
    },
    notify: () => bell.ring(),
    heard(arrivals) {
      for (const [name, lane] of lanes) {
        const count = arrivals.filter(({ channel }) => channel === name).length;
        if (count > 0) lane.came(count);
      }
    },
    async stop() {
      stopping = true;
      for (const lane of lanes.values()) lane.close();
      bell.ring();
      await running;
      // With the database away the outcomes cannot be recorded; their leases will run out instead.
      const giveUpAt = timer.now() + sendMs;
      while (inHands() > 0 && timer.now() < giveUpAt) await bell.wait(1000);
    },
  };
}

function noticesOf({ perSecond }: Pace, inHand: number): Room["notices"] {
  return Number.isFinite(perSecond) ? Math.max(8, Math.ceil((perSecond * NOTICES_MS) / 1000)) : inHand;
}
