import type { WordsFor } from "../choices.ts";
import type { Codec } from "../codec.ts";
import { telegramLimits } from "./limits.ts";
import { parseTelegram } from "./parse.ts";
import { renderTelegram, type TelegramPayload } from "./render.ts";

/**
 * Telegram's messages, without its network.
 *
 * @param username the assistant's own, once it is known
 */
export function createTelegramCodec(
  words: WordsFor,
  username: () => string | undefined = () => undefined,
): Codec<TelegramPayload> {
  return {
    limits: telegramLimits,
    parse: (update) => parseTelegram(update, username()),
    render: (message) => renderTelegram(message, words),
    documentOf: (payload) => (payload.method === "sendDocument" ? payload.document : undefined),
    pictureOf: (payload) => (payload.method === "sendPhoto" ? payload.photo : undefined),
  };
}
