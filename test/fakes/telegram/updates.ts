import { type Parameters, Refusal, type Update } from "./types.ts";

interface Webhook {
  readonly url: string;
  readonly secret: string | undefined;
}

interface Poll {
  readonly limit: number;
  answer(updates: readonly Update[]): void;
  refuse(refusal: Refusal): void;
}

/**
 * Keeps updates until they are confirmed: by a higher offset, or by a webhook's 2xx.
 *
 * @see https://core.telegram.org/bots/api#getting-updates
 */
export class Updates {
  readonly #resolve: (url: string) => string;
  readonly #all: Update[] = [];
  #waiting: Update[] = [];
  #allowed: readonly string[] = [];
  #next = 700_000_001;
  #poll: Poll | undefined;
  #webhook: Webhook | undefined;
  #delivering = false;
  #closed = false;
  /** Statuses that the webhook answered with. */
  readonly deliveries: number[] = [];
  /** Each update comes twice. */
  duplicate = false;
  /** Those that come together come in the wrong order. */
  reorder = false;
  /** Told of each update that the webhook has acknowledged. */
  onTaken: (update: Update) => void = () => {};

  constructor(resolve: (url: string) => string) {
    this.#resolve = resolve;
  }

  get url(): string {
    return this.#webhook?.url ?? "";
  }

  get unconfirmed(): number {
    return this.#waiting.length;
  }

  add(kind: string, content: object): void {
    const update = { update_id: this.#next++, [kind]: content };
    if (this.#allowed.length > 0 && !this.#allowed.includes(kind)) return;
    this.#all.push(update);
    this.#waiting.push(update);
    this.#give();
  }

  /** Everything that ever happened comes once more. */
  redeliver(): void {
    this.#waiting = [...this.#all];
    this.#give();
  }

  async get(parameters: Parameters): Promise<readonly Update[]> {
    if (this.#webhook)
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    this.#poll?.refuse(
      new Refusal(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
      ),
    );
    this.#allow(parameters);
    const { offset, limit = 100, timeout = 0 } = parameters;
    if (typeof offset === "number") this.#waiting = this.#waiting.filter((it) => it.update_id >= offset);
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        clearTimeout(timer);
        if (this.#poll === poll) this.#poll = undefined;
        finish();
      };
      const poll: Poll = {
        limit: Number(limit),
        answer: (updates) => end(() => resolve(updates)),
        refuse: (refusal) => end(() => reject(refusal)),
      };
      const timer = setTimeout(() => poll.answer([]), Number(timeout) * 1000);
      this.#poll = poll;
      this.#give();
    });
  }

  setWebhook(parameters: Parameters): void {
    const { url, secret_token: secret } = parameters;
    if (typeof url !== "string" || !url.startsWith("https://"))
      throw new Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
    if (secret !== undefined && (typeof secret !== "string" || !/^[\w-]{1,256}$/.test(secret)))
      throw new Refusal(400, "Bad Request: secret token contains unallowed characters");
    this.#allow(parameters);
    this.#webhook = { url, secret };
    this.#give();
  }

  deleteWebhook(): void {
    this.#webhook = undefined;
  }

  close(): void {
    this.#closed = true;
    this.#poll?.answer([]);
  }

  #allow({ allowed_updates: allowed }: Parameters): void {
    if (Array.isArray(allowed)) this.#allowed = allowed.map(String);
  }

  #give(): void {
    if (this.#waiting.length === 0) return;
    if (this.#webhook) void this.#deliver(this.#webhook);
    else this.#poll?.answer(this.#disturbed(this.#waiting.slice(0, this.#poll.limit)));
  }

  #disturbed(updates: readonly Update[]): readonly Update[] {
    const ordered = this.reorder ? updates.toReversed() : updates;
    return this.duplicate ? ordered.flatMap((update) => [update, update]) : ordered;
  }

  /** One after another, each again until it is taken: what Telegram promises at least. */
  async #deliver(webhook: Webhook): Promise<void> {
    if (this.#delivering) return;
    this.#delivering = true;
    while (this.#waiting.length > 0 && this.#webhook === webhook && !this.#closed) {
      const batch = this.#waiting;
      for (const update of this.#disturbed(batch)) {
        if (this.#webhook !== webhook || this.#closed) break;
        const status = await this.#post(webhook, update);
        this.deliveries.push(status);
        if (status >= 200 && status < 300) {
          this.#waiting = this.#waiting.filter((it) => it !== update);
          this.onTaken(update);
        } else {
          await new Promise((resolve) => setTimeout(resolve, 20));
          // What comes after it waits until it is taken, as in each chat of Telegram's.
          break;
        }
      }
    }
    this.#delivering = false;
    // It was set anew meanwhile, by a process that has come back.
    if (this.#webhook && this.#webhook !== webhook) this.#give();
  }

  async #post({ url, secret }: Webhook, update: Update): Promise<number> {
    try {
      const response = await fetch(this.#resolve(url), {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(secret !== undefined && { "x-telegram-bot-api-secret-token": secret }),
        },
        body: JSON.stringify(update),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }
}
