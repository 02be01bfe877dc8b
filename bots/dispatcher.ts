import type { Claimed, Outbox, Settled } from "../core/ports.ts";
import type { Channel, Outcome } from "./channel.ts";
import { Pacer } from "./pace.ts";
import { Bell, backOff, realTimer, type Timer } from "./timer.ts";

/** What the dispatcher tells; ids and reasons, never words or addresses. */
export interface DispatcherLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface DispatcherOptions {
  readonly outbox: Outbox;
  readonly channels: readonly Channel[];
  readonly log: DispatcherLog;
  readonly timer?: Timer;
  /** Messages in hand at once, which bounds memory as well. */
  readonly inHand?: number;
  /** How long a claim lasts; after it, what was not settled counts as left by a dead process. */
  readonly leaseMs?: number;
  /** The longest that one send may take, by the channels' own time-outs. */
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
  /** Finishes what is on its way, gives back what is not, and resolves when all is settled. */
  stop(): Promise<void>;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const {
    outbox,
    log,
    timer = realTimer,
    inHand = 64,
    leaseMs = 60_000,
    sendMs = 25_000,
    sweepMs = 5_000,
    attempts = 15,
    onOutcome = () => {},
    random = Math.random,
  } = options;
  const channels = new Map(options.channels.map((it) => [it.name, it]));
  const names = [...channels.keys()];
  const pacers = new Map(options.channels.map((it) => [it.name, new Pacer(it.pace, timer)]));
  const bell = new Bell(timer);
  const throttled = new Map<string, number>();
  let held = 0;
  let nextRetryAt = Number.POSITIVE_INFINITY;
  let stopping = false;
  let running: Promise<void> | undefined;

  const settler = createSettler(outbox, timer, log, (count) => {
    held -= count;
    bell.ring();
  });

  async function loop(): Promise<void> {
    let failures = 0;
    while (!stopping) {
      const room = inHand - held;
      if (room > 0) {
        const leaseEnds = timer.now() + leaseMs;
        try {
          const claimed = await outbox.claim(names, room, leaseMs);
          failures = 0;
          held += claimed.length;
          for (const one of claimed) void deliver(one, leaseEnds).then(settle);
        } catch (error) {
          log.error({ err: error }, "The outbox cannot be read");
          await bell.wait(Math.min(backOff(++failures, random()), 30_000));
          continue;
        }
      }
      // Nothing more to take, or no hand free: whatever changes that rings.
      const now = timer.now();
      const pause = Math.min(sweepMs, Math.max(0, nextRetryAt - now));
      if (nextRetryAt <= now) nextRetryAt = Number.POSITIVE_INFINITY;
      await bell.wait(pause);
    }
  }

  function settle(settled: Settled): void {
    if (settled.as === "again") nextRetryAt = Math.min(nextRetryAt, settled.at.getTime());
    settler.add(settled);
  }

  /** Sends a claimed message's remaining payloads; every way it can end is a value. */
  async function deliver(claimed: Claimed, leaseEnds: number): Promise<Settled> {
    const { id, address } = claimed;
    const channel = channels.get(claimed.channel);
    const pacer = pacers.get(claimed.channel);
    let accepted = claimed.accepted;
    const again = (ms: number, reason: string): Settled => ({
      id,
      accepted,
      as: "again",
      at: new Date(timer.now() + ms),
      reason,
    });
    if (!channel || !pacer) return { id, accepted, as: "failed", reason: "no such channel" };
    try {
      let platformId = "";
      const payloads = channel.render(claimed.message);
      for (const payload of payloads.slice(accepted)) {
        const send = () =>
          pacer.run(address, claimed.kind !== "notice", async () => {
            // Whoever takes it over when the lease ends must not find us still sending it.
            if (timer.now() + sendMs > leaseEnds) return undefined;
            const outcome = await channel.send(address, payload);
            onOutcome(channel.name, outcome.kind);
            return outcome;
          });
        let outcome = await send();
        if (outcome?.kind === "uncertain" && claimed.kind === "reply") {
          // Within the same claim, so that whatever happens, nobody counts from the beginning.
          await timer.wait(backOff(1, random()));
          outcome = await send();
        }
        if (!outcome) return again(0, "not begun in time");
        if (outcome.kind !== "sent") return unsent(claimed, accepted, outcome, pacer);
        throttled.delete(channel.name);
        platformId = outcome.id;
        accepted++;
      }
      return { id, accepted, as: "sent", platformId };
    } catch (error) {
      // Neither render nor send may throw: a defect, and the next deploy may have mended it.
      log.error({ err: error, outboxId: String(id) }, "A message could not be drawn or sent");
      const reason = error instanceof Error ? error.name : "unknown";
      return tryLater(claimed, accepted, `defect: ${reason}`);
    }
  }

  function unsent(
    claimed: Claimed,
    accepted: number,
    outcome: Exclude<Outcome, { kind: "sent" }>,
    pacer: Pacer,
  ): Settled {
    const { id } = claimed;
    const { reason } = outcome;
    log.warn({ outboxId: String(id), channel: claimed.channel, outcome: outcome.kind, reason }, "Not sent");
    if (outcome.kind === "refused") return { id, accepted, as: "failed", reason };
    if (outcome.kind === "unreachable") return { id, accepted, as: "unreachable", reason };
    if (outcome.kind === "uncertain") return { id, accepted, as: "uncertain", reason };
    if (outcome.afterMs !== undefined) hold(claimed, outcome.afterMs, pacer);
    return tryLater(claimed, accepted, reason, outcome.afterMs);
  }

  /**
   * "Too many" is mostly about one chat. Where it is said of the third in a row, with nothing
   * accepted between, it is about all of them.
   */
  function hold({ channel, address }: Claimed, ms: number, pacer: Pacer): void {
    const inARow = (throttled.get(channel) ?? 0) + 1;
    throttled.set(channel, inARow);
    pacer.hold(ms, inARow >= 3 ? undefined : address);
  }

  function tryLater(
    { id, attempts: before }: Claimed,
    accepted: number,
    reason: string,
    ms?: number,
  ): Settled {
    const tries = before + 1;
    if (tries >= attempts) return { id, accepted, as: "failed", reason };
    const at = new Date(timer.now() + Math.max(ms ?? 0, backOff(tries, random())));
    return { id, accepted, as: "again", at, reason };
  }

  return {
    start() {
      running ??= loop();
    },
    notify: () => bell.ring(),
    async stop() {
      stopping = true;
      for (const pacer of pacers.values()) pacer.close();
      bell.ring();
      await running;
      // With the database away the outcomes cannot be recorded; their leases will run out instead.
      const giveUpAt = timer.now() + sendMs;
      while (held > 0 && timer.now() < giveUpAt) await bell.wait(1000);
    },
  };
}

/**
 * Records outcomes, as many in one go as came together while the last ones were being written.
 * An outcome that cannot be written is kept: forgotten, the message would be sent again.
 */
function createSettler(outbox: Outbox, timer: Timer, log: DispatcherLog, done: (count: number) => void) {
  let waiting: Settled[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    let failures = 0;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await outbox.settle(batch);
        failures = 0;
        done(batch.length);
      } catch (error) {
        log.error({ err: error }, "Outcomes of sends cannot be recorded yet");
        waiting = [...batch, ...waiting];
        await timer.wait(Math.min(backOff(++failures), 30_000));
      }
    }
    writing = false;
  }

  return {
    add(settled: Settled): void {
      waiting.push(settled);
      if (!writing) void write();
    },
  };
}
