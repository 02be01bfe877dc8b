import { createHmac } from "node:crypto";

/** A change as a webhook's entry holds it. */
export interface Change {
  readonly field: string;
  readonly value: object;
}

/** Delivers to the business's webhook: signed, several changes in one body, again until it is taken. */
export class Deliveries {
  /** Statuses that the webhook answered with. */
  readonly answers: number[] = [];
  /** Every body comes twice. */
  duplicate = false;
  /** Told of what the webhook has acknowledged. */
  onTaken: (changes: readonly Change[]) => void = () => {};
  readonly #secret: string;
  readonly #now: () => number;
  readonly #all: (readonly Change[])[] = [];
  #waiting: (readonly Change[])[] = [];
  #next: (() => string) | undefined;
  #delivering = false;
  #held = false;

  /** @param now milliseconds, by which deliveries are dated */
  constructor(secret: string, now: () => number = Date.now) {
    this.#secret = secret;
    this.#now = now;
  }

  /** What is not taken yet. */
  get untaken(): number {
    return this.#waiting.length;
  }

  /** From now on deliveries go there, or where it says each time; those that wait too. */
  to(url: string | (() => string)): void {
    this.#next = typeof url === "string" ? () => url : url;
    void this.#deliver();
  }

  add(...changes: readonly Change[]): void {
    this.#all.push(changes);
    this.#waiting.push(changes);
    void this.#deliver();
  }

  /** Gathers what comes, until {@link release}. */
  hold(): void {
    this.#held = true;
  }

  /** Lets go of what was held: all of it in one body, in the given order or the one it came in. */
  release(order: (changes: readonly Change[]) => readonly Change[] = (changes) => changes): void {
    this.#held = false;
    this.#waiting = this.#waiting.length > 0 ? [order(this.#waiting.flat())] : [];
    void this.#deliver();
  }

  /** Everything that ever happened comes once more. */
  redeliver(): void {
    this.#waiting.push(...this.#all);
    void this.#deliver();
  }

  close(): void {
    this.#next = undefined;
  }

  /** A body as Meta writes it, all in ASCII. */
  write(changes: readonly Change[]): string {
    return JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: "102290129340398", time: Math.floor(this.#now() / 1000), changes }],
    }).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  }

  sign(body: string | Uint8Array): string {
    return `sha256=${createHmac("sha256", this.#secret).update(body).digest("hex")}`;
  }

  async #deliver(): Promise<void> {
    if (this.#delivering || this.#held) return;
    this.#delivering = true;
    while (this.#next !== undefined && !this.#held) {
      const changes = this.#waiting[0];
      if (changes === undefined) break;
      let taken = false;
      for (let time = 0; time < (this.duplicate ? 2 : 1); time++)
        taken = (await this.#post(this.#next(), changes)) || taken;
      if (taken) {
        this.#waiting = this.#waiting.filter((one) => one !== changes);
        this.onTaken(changes);
      } else await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#delivering = false;
  }

  async #post(url: string, changes: readonly Change[]): Promise<boolean> {
    const body = this.write(changes);
    try {
      const headers = { "content-type": "application/json", "x-hub-signature-256": this.sign(body) };
      const response = await fetch(url, { method: "POST", headers, body });
      await response.body?.cancel();
      this.answers.push(response.status);
      return response.ok;
    } catch {
      this.answers.push(0);
      return false;
    }
  }
}
