// @ts-check

/** @import { Entry, View } from "./types.d.ts" */

/**
 * Reads a call to the Bot API as Telegram's app would show it.
 *
 * @param {Extract<Entry, { direction: "out" }>} entry
 * @returns {View}
 */
export function viewTelegram({ payload, document, picture }) {
  const call = /** @type {{ text?: string, caption?: string, reply_markup?: Keyboard }} */ (payload);
  return {
    text: call.text ?? call.caption ?? "",
    buttons: (call.reply_markup?.inline_keyboard ?? []).map((row) =>
      row.map(({ text, callback_data: data, url }) => ({
        label: text,
        ...(url ? { url } : { data: data ?? "" }),
      })),
    ),
    ...(document && { document }),
    ...(picture && { picture }),
  };
}

/** @typedef {{ inline_keyboard: { text: string, callback_data?: string, url?: string }[][] }} Keyboard */
