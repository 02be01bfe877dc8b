import { Api, GrammyError } from "grammy";
import type { Hono } from "hono";
import type { Arrival } from "../../core/ports.ts";
import type { Signals } from "../../core/reminders/signals.ts";
import type { Channel, Makers } from "../channel.ts";
import type { WordsFor } from "../choices.ts";
import { backOff, realTimer, type Timer } from "../timer.ts";
import { createTelegramCodec } from "./codec.ts";
import { telegramPace } from "./limits.ts";
import { blockingOf, pressOf, TELEGRAM_UPDATES } from "./parse.ts";
import { type PollLog, poll, TOKEN_REFUSED } from "./poll.ts";
import { fetchRecording } from "./recording.ts";
import type { TelegramPayload } from "./render.ts";
import { sendTelegram } from "./send.ts";
import { grammySignal } from "./signal.ts";
import { TELEGRAM_WEBHOOK_PATH, telegramWebhook } from "./webhook.ts";

export { createTelegramCodec } from "./codec.ts";

/** The commands that Telegram's app offers to those who use it in a language. */
export interface CommandMenu {
  /** Absent: for everybody else. */
  readonly language?: NonNullable<Parameters<Api["setMyCommands"]>[1]>["language_code"];
  readonly commands: readonly { readonly command: string; readonly description: string }[];
}

export interface TelegramOptions extends Makers {
  readonly token: string;
  /** Without a slash at the end; absent: Telegram's public one. */
  readonly apiRoot?: string;
  /** Resolves once the arrivals are stored; what it rejects is delivered again by Telegram. */
  readonly receive: (arrivals: readonly Arrival[]) => Promise<void>;
  /** As {@link receive}, for who blocks the assistant or lets it write again. */
  readonly heed: Signals["heed"];
  readonly words: WordsFor;
  readonly menus: readonly CommandMenu[];
  readonly log: PollLog;
  /** Present: updates come to `baseUrl` + `/webhooks/telegram`. Absent: they are fetched. */
  readonly webhook?: { readonly baseUrl: string; readonly secret: string };
  readonly timer?: Timer;
  /** How long a call may take before its outcome counts as unknown. */
  readonly timeoutSeconds?: number;
}

export interface Telegram extends Channel<unknown, TelegramPayload> {
  /** What serves the webhook; absent where updates are fetched. */
  readonly app?: Hono;
  /** Begins to receive; resolves at once and keeps trying where Telegram is away. */
  start(): void;
  /** Receives nothing more; resolves when what was being stored is stored. */
  stop(): Promise<void>;
}

const PUBLIC_ROOT = "https://api.telegram.org";

/** The assistant on Telegram. */
export function createTelegram(options: TelegramOptions): Telegram {
  const { token, receive, heed, log, webhook, timer = realTimer, timeoutSeconds = 20 } = options;
  const root = options.apiRoot === undefined ? {} : { apiRoot: options.apiRoot };
  const api = new Api(token, { ...root, timeoutSeconds });
  // A long poll is silent for half a minute by design.
  const pollApi = new Api(token, { ...root, timeoutSeconds: 45 });
  const stopped = new AbortController();
  const signal = grammySignal(stopped.signal);
  const answering = new Set<Promise<void>>();
  let username: string | undefined;
  let running: Promise<void> | undefined;
  const codec = createTelegramCodec(options.words, () => username);

  async function store(updates: readonly unknown[]): Promise<void> {
    for (const update of updates) answerPress(update);
    const arrivals = updates.flatMap(codec.parse);
    if (arrivals.length > 0) await receive(arrivals);
    // After what they wrote, which would count as a sign of life: who blocks us may have said why before.
    const signals = updates.flatMap(blockingOf);
    if (signals.length > 0) await heed(signals);
  }

  /** Stops the pressed button's turning. For looks only: it neither waits nor fails anything. */
  function answerPress(update: unknown): void {
    const id = pressOf(update);
    if (id === undefined) return;
    const answer = api.answerCallbackQuery(id).then(
      () => undefined,
      () => undefined,
    );
    answering.add(answer);
    void answer.then(() => answering.delete(answer));
  }

  async function run(): Promise<void> {
    await insist("getMe", async () => {
      username = (await api.getMe(signal)).username;
    });
    await Promise.all([offerMenus(), webhook ? awaitDeliveries(webhook) : fetchUpdates()]);
  }

  async function awaitDeliveries({
    baseUrl,
    secret,
  }: NonNullable<TelegramOptions["webhook"]>): Promise<void> {
    const url = baseUrl.replace(/\/+$/, "") + TELEGRAM_WEBHOOK_PATH;
    const settings = { secret_token: secret, allowed_updates: TELEGRAM_UPDATES };
    await insist("setWebhook", () => api.setWebhook(url, settings, signal));
  }

  async function fetchUpdates(): Promise<void> {
    // While a webhook is set nothing can be fetched. What waits for it is kept.
    await insist("deleteWebhook", () => api.deleteWebhook({}, signal));
    await poll(pollApi, store, { timer, log, signal: stopped.signal });
  }

  async function offerMenus(): Promise<void> {
    for (const { language, commands } of options.menus) {
      const audience = language === undefined ? {} : { language_code: language };
      await insist("setMyCommands", () => api.setMyCommands(commands, audience, signal));
    }
  }

  /** Tries until it works, or will not by trying: Telegram may be away when we start. */
  async function insist(call: string, attempt: () => Promise<unknown>): Promise<void> {
    for (let failures = 1; !stopped.signal.aborted; failures++) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (stopped.signal.aborted) return;
        const code = error instanceof GrammyError ? error.error_code : undefined;
        const refused = code === 401 || code === 404;
        if (refused) log.error({ call, code }, TOKEN_REFUSED);
        else log.warn({ call, code }, "Telegram cannot be set up yet");
        // The menu is a nicety: what Telegram finds wrong with it will not mend itself.
        if (code === 400 && call === "setMyCommands") return;
        await timer.wait(Math.min(backOff(failures), refused ? 900_000 : 60_000), stopped.signal);
      }
    }
  }

  return {
    name: "telegram",
    pace: telegramPace,
    limits: codec.limits,
    parse: codec.parse,
    render: codec.render,
    fetchRecording: (recording, until) =>
      fetchRecording(api, { token, apiRoot: options.apiRoot ?? PUBLIC_ROOT }, recording, until),
    send: (address, payload) => sendTelegram(api, options, address, payload),
    // https://core.telegram.org/bots/features#deep-linking
    opening: (payload) => username && `https://t.me/${username}?start=${encodeURIComponent(payload)}`,
    ...(webhook && { app: telegramWebhook(webhook.secret, store, log) }),
    start() {
      running ??= run();
    },
    async stop() {
      stopped.abort();
      await running;
      await Promise.all(answering);
    },
  };
}
