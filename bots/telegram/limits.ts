import type { Limits, Pace } from "../channel.ts";

/**
 * What the Bot API carries.
 *
 * Text, caption and callback data: Bot API 10.1 (11 June 2026), https://core.telegram.org/bots/api#sendmessage,
 * #senddocument, #sendphoto, #inlinekeyboardbutton. Keyboards: no documented limit; observed 100 buttons, 8 in a
 * row and about 10 kB of markup (github.com/tginfo/Telegram-Limits issues 187 and 228, 2022), so that
 * 30 buttons with 64 characters each pass in any script. Labels: no limit either; a phone shows
 * some thirty characters of one.
 */
export const telegramLimits: Limits = {
  text: 4096,
  textWithChoices: 4096,
  caption: 1024,
  label: 64,
  data: 64,
  choices: 30,
};

/**
 * "Avoid sending more than one message per second" to a chat and not "more than about 30 messages
 * per second" in all: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 * (read November 2026).
 */
export const telegramPace: Pace = { perSecond: 30, perAddressMs: 1000 };
