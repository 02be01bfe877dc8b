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

/** How long nothing is tried on a channel that is halted. */
const HALT_MS = 15 * 60_000;

const OUTSIDE = "outside the window";

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
  const pacers = new Map(options.channels.map((it) => [it.name, new Pacer(it.pace, timer)]));
  const bell = new Bell(timer);
  const throttled = new Map<string, number>();
  /** Channels on which nothing goes out, and until when nobody tries. */
  const haltedUntil = new Map<string, number>();
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
          const claimed = await outbox.claim(atWork(), room, leaseMs);
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

  function atWork(): readonly string[] {
    return [...channels.keys()].filter((name) => !isHalted(name));
  }

  function settle(settled: Settled): void {
    if (settled.as === "again") nextRetryAt = Math.min(nextRetryAt, settled.at.getTime());
    settler.add(settled);
  }

  /** Sends a claimed message's remaining payloads; every way it can end is a value. */
  async function deliver(claimed: Claimed, leaseEnds: number): Promise<Settled> {
    const { id } = claimed;
    const channel = channels.get(claimed.channel);
    const pacer = pacers.get(claimed.channel);
    let accepted = claimed.accepted;
    if (!channel || !pacer) return { id, accepted, as: "failed", reason: "no such channel" };
    const { window } = channel;
    try {
      let platformId = "";
      let approved = isOutside(claimed, window, timer.now());
      let payloads = approved ? window?.render(claimed.message) : channel.render(claimed.message);
      for (;;) {
        if (!payloads) return { id, accepted, as: "failed", reason: OUTSIDE };
        const payload = payloads[accepted];
        if (payload === undefined) break;
        const outcome = await attempt(claimed, channel, pacer, payload, leaseEnds);
        if (!outcome) return unspent(claimed, accepted, "not begun in time");
        if (outcome.kind === "outside" && accepted === 0 && !approved) {
          // The platform knows best when the person wrote.
          approved = true;
          payloads = window?.render(claimed.message);
          continue;
        }
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

  /** @returns `undefined` where it was not begun */
  async function attempt(
    { address, kind }: Claimed,
    channel: Channel,
    pacer: Pacer,
    payload: unknown,
    leaseEnds: number,
  ): Promise<Outcome | undefined> {
    const send = () =>
      pacer.run(address, kind !== "notice", async () => {
        // Whoever takes it over when the lease ends must not find us still sending it.
        if (timer.now() + sendMs > leaseEnds || isHalted(channel.name)) return undefined;
        const outcome = await channel.send(address, payload);
        onOutcome(channel.name, outcome.kind);
        return outcome;
      });
    const outcome = await send();
    if (outcome?.kind !== "uncertain" || kind !== "reply") return outcome;
    // Within the same claim, so that whatever happens, nobody counts from the beginning.
    await timer.wait(backOff(1, random()));
    // Not begun again, it stays as uncertain as it was.
    return (await send()) ?? outcome;
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
    if (outcome.kind === "outside") return { id, accepted, as: "failed", reason: OUTSIDE };
    if (outcome.kind === "halted") {
      halt(claimed.channel, outcome);
      return unspent(claimed, accepted, reason);
    }
    if (outcome.everyone) pacer.hold(outcome.afterMs ?? 1000);
    else if (outcome.afterMs !== undefined) hold(claimed, outcome.afterMs, pacer);
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

  const isHalted = (channel: string) => (haltedUntil.get(channel) ?? 0) > timer.now();

  function halt(channel: string, { reason, remedy }: Extract<Outcome, { kind: "halted" }>): void {
    if (isHalted(channel)) return;
    haltedUntil.set(channel, timer.now() + HALT_MS);
    log.error({ channel, reason, remedy }, "Nothing goes out on this channel until this is mended");
  }

  /** A try that says nothing about the message: it costs it nothing. */
  function unspent({ id, channel }: Claimed, accepted: number, reason: string): Settled {
    const at = new Date(Math.max(timer.now(), haltedUntil.get(channel) ?? 0));
    return { id, accepted, as: "again", at, reason, unspent: true };
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

/** Whether only an approved template may be sent; an answer follows what the person wrote. */
function isOutside({ kind, heardAt }: Claimed, window: Channel["window"], now: number): boolean {
  return window !== undefined && kind !== "reply" && now - (heardAt?.getTime() ?? 0) >= window.ms;
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
