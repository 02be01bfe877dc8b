import type { Message } from "../../core/engine/message.ts";
import type { Outgoing } from "../../core/ports.ts";
import type { Claimed, Outbox, Room, Settled } from "../../core/sending.ts";

interface Row extends Outgoing {
  readonly id: bigint;
  readonly contactId: string | null;
  accepted: number;
  attempts: number;
  notBefore: number;
  lease: Date;
  begun: boolean;
  state: "ready" | "sending" | "calledBack" | Settled["as"];
  heardAt?: Date;
  reason?: string;
}

/** An outbox in memory that keeps the port's promises: in order per contact, replies before notices. */
export class MemoryOutbox implements Outbox {
  readonly rows: Row[] = [];
  /** How many calls were made, and how many of them are to fail from now on. */
  claims = 0;
  settles = 0;
  failing = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(channel: string, address: string, message: Partial<Message> = {}, kind: Row["kind"] = "reply"): Row {
    const row: Row = {
      id: BigInt(this.rows.length + 1),
      contactId: address,
      channel,
      address,
      kind,
      message: { text: "Ciao", choices: [], ...message },
      accepted: 0,
      attempts: 0,
      notBefore: 0,
      lease: new Date(0),
      begun: false,
      state: "ready",
    };
    this.rows.push(row);
    return row;
  }

  /** Fails what nobody has begun to send to somebody. */
  callBack(address: string): void {
    for (const row of this.rows) {
      const waits = row.state === "ready" || (row.state === "sending" && !row.begun);
      if (row.address === address && row.kind === "notice" && waits) row.state = "calledBack";
    }
  }

  async claim(rooms: readonly Room[], leaseMs: number): Promise<readonly Claimed[]> {
    this.claims++;
    this.#failSometimes();
    this.#setAside();
    const busy = new Set<string | null>();
    const left = new Map(rooms.map((room) => [room.channel, { ...room }]));
    const claimed: Claimed[] = [];
    for (const row of [...this.rows].sort(
      (a, b) => Number(a.kind === "notice") - Number(b.kind === "notice"),
    )) {
      if (row.state !== "ready" && row.state !== "sending") continue;
      const first = !busy.has(row.contactId);
      busy.add(row.contactId);
      const free = row.state === "ready" ? row.notBefore <= this.#now() : this.#lapsed(row);
      const room = left.get(row.channel);
      const hands = row.kind === "notice" ? "notices" : "replies";
      if (!first || !free || !room || room[hands] === 0) continue;
      room[hands]--;
      row.state = "sending";
      row.lease = new Date(this.#now() + (row.kind === "reply" ? leaseMs : leaseMs / 2));
      claimed.push({ ...row });
      row.attempts++;
    }
    return claimed;
  }

  async begin({ id, lease }: Pick<Claimed, "id" | "lease">, leaseMs: number): Promise<Date | undefined> {
    this.#failSometimes();
    const row = this.rows.find((one) => one.id === id);
    if (row?.state !== "sending" || row.lease.getTime() !== lease.getTime() || this.#lapsed(row))
      return undefined;
    row.begun = true;
    row.lease = new Date(this.#now() + leaseMs);
    return row.lease;
  }

  async settle(settled: readonly Settled[]): Promise<void> {
    this.settles++;
    this.#failSometimes();
    for (const one of settled) {
      const row = this.rows.find(({ id }) => id === one.id);
      if (row?.state !== "sending") throw new Error(`Message ${one.id} was not being sent.`);
      row.accepted = one.accepted;
      row.state = one.as === "again" ? "ready" : one.as;
      if (one.as === "again") row.notBefore = one.at.getTime();
      if (one.as === "again") row.begun = false;
      if (one.as === "again" && one.unspent) row.attempts--;
      if (one.as !== "sent") row.reason = one.reason;
    }
  }

  #setAside(): void {
    for (const row of this.rows)
      if (row.state === "sending" && row.kind !== "reply" && row.begun && this.#lapsed(row))
        row.state = "uncertain";
  }

  #lapsed({ lease }: Row): boolean {
    return lease.getTime() <= this.#now();
  }

  #failSometimes(): void {
    if (this.failing > 0) {
      this.failing--;
      throw new Error("The database is away.");
    }
  }
}
