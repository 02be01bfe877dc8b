import type { Message } from "../../core/engine/message.ts";
import type { Claimed, Outbox, Outgoing, Settled } from "../../core/ports.ts";

interface Row extends Outgoing {
  readonly id: bigint;
  readonly contactId: string | null;
  accepted: number;
  attempts: number;
  notBefore: number;
  state: "ready" | "sending" | Settled["as"];
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
      state: "ready",
    };
    this.rows.push(row);
    return row;
  }

  async claim(channels: readonly string[], limit: number): Promise<readonly Claimed[]> {
    this.claims++;
    this.#failSometimes();
    const busy = new Set<string | null>();
    const claimed: Claimed[] = [];
    for (const row of [...this.rows].sort(
      (a, b) => Number(a.kind === "notice") - Number(b.kind === "notice"),
    )) {
      if (row.state !== "ready" && row.state !== "sending") continue;
      const first = !busy.has(row.contactId);
      busy.add(row.contactId);
      if (!first || row.state === "sending" || row.notBefore > this.#now()) continue;
      if (!channels.includes(row.channel) || claimed.length >= limit) continue;
      claimed.push({ ...row });
      row.state = "sending";
      row.attempts++;
    }
    return claimed;
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
      if (one.as === "again" && one.unspent) row.attempts--;
      if (one.as !== "sent") row.reason = one.reason;
    }
  }

  #failSometimes(): void {
    if (this.failing > 0) {
      this.failing--;
      throw new Error("The database is away.");
    }
  }
}
