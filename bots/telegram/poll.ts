import { type Api, GrammyError } from "grammy";
import { backOff, type Timer } from "../timer.ts";
import { TELEGRAM_UPDATES } from "./parse.ts";
import { grammySignal } from "./signal.ts";

export interface PollLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What to tell whoever runs this, with the remedy. */
export const TOKEN_REFUSED =
  "Telegram refuses TELEGRAM_BOT_TOKEN: ask @BotFather for the bot's current token and set it";

/**
 * Fetches updates until the signal aborts, and confirms them only once they are stored.
 *
 * grammY's own loop (`bot.start`, read in 1.46.0) would lose some: it notes an update as tried
 * before it is handled, and `bot.stop` confirms everything noted, without waiting for handlers that
 * are still at it. It also ends at the first 409, which during a deploy is the old process's
 * last request, and it handles updates one by one, where the store takes a batch in one go.
 *
 * @param store resolves once everything of the updates is kept
 */
export async function poll(
  api: Api,
  store: (updates: readonly unknown[]) => Promise<void>,
  options: {
    readonly timer: Timer;
    readonly log: PollLog;
    readonly signal: AbortSignal;
    readonly seconds?: number;
  },
): Promise<void> {
  const { timer, log, signal, seconds = 30 } = options;
  let confirm: number | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const updates = await api.getUpdates(
        {
          timeout: seconds,
          limit: 100,
          allowed_updates: TELEGRAM_UPDATES,
          ...(confirm !== undefined && { offset: confirm }),
        },
        grammySignal(signal),
      );
      // Confirmed is confirmed. After a silent week Telegram goes on with random, perhaps lower
      // numbers, and an offset kept from before would then skip updates.
      confirm = undefined;
      if (updates.length > 0) {
        await store(updates);
        confirm = Math.max(...updates.map(({ update_id }) => update_id)) + 1;
      }
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      await timer.wait(pause(error, ++failures, log), signal);
    }
  }
}

/** How long to wait after a failure; tells once what whoever runs this has to know. */
function pause(error: unknown, failures: number, log: PollLog): number {
  const ms = Math.min(backOff(failures), 30_000);
  if (!(error instanceof GrammyError)) {
    if (failures === 1)
      log.warn({ error: nameOf(error) }, "Telegram's updates cannot be fetched or stored; trying again");
    return ms;
  }
  const { error_code: code, description } = error;
  if (failures === 1 && code === 409)
    log.warn({ code, description }, "Another process fetches this bot's updates; waiting for it to end");
  else if (failures === 1 && (code === 401 || code === 404)) log.error({ code, description }, TOKEN_REFUSED);
  else if (failures === 1) log.warn({ code, description }, "Telegram refuses to give updates; trying again");
  return Math.max(ms, (error.parameters.retry_after ?? 0) * 1000);
}

/** Not the message: that of a failed request contains the token. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
