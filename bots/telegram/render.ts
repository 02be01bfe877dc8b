import type { Choice, DocumentRequest, Message, PictureRequest } from "../../core/engine/message.ts";
import { pageOfChoices, type WordsFor } from "../choices.ts";
import { ELLIPSIS, shorten, splitText } from "../text.ts";
import { telegramLimits as limits } from "./limits.ts";

export interface TelegramButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

export interface TelegramKeyboard {
  readonly inline_keyboard: readonly (readonly TelegramButton[])[];
}

/** One call to the Bot API, without the chat. */
export type TelegramPayload =
  | {
      readonly method: "sendMessage";
      readonly text: string;
      readonly reply_markup?: TelegramKeyboard;
    }
  | {
      readonly method: "sendDocument";
      readonly document: DocumentRequest;
      readonly caption?: string;
      readonly reply_markup?: TelegramKeyboard;
    }
  | {
      readonly method: "sendPhoto";
      readonly photo: PictureRequest;
      readonly caption?: string;
      readonly reply_markup?: TelegramKeyboard;
    };

/**
 * Draws a message for Telegram: one call where it fits. No parse mode is ever set, so that nothing
 * a citizen wrote is taken for formatting.
 */
export function renderTelegram(message: Message, words: WordsFor): readonly TelegramPayload[] {
  const link = message.link && canBeButton(message.link.url) ? message.link : undefined;
  const keyboard = keyboardOf(message, link, words);
  const text =
    message.link && !link ? `${message.text}\n\n${message.link.label}: ${message.link.url}` : message.text;
  const markup = keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {};
  const file = fileOf(message);
  if (!file) {
    const parts = splitText(text, limits.text);
    return parts.map((part, index) => ({
      method: "sendMessage",
      text: part || ELLIPSIS,
      ...(index === parts.length - 1 && markup),
    }));
  }
  if (text.trim().length <= limits.caption)
    return [{ ...file, ...(text.trim() && { caption: text.trim() }), ...markup }];
  return [
    ...splitText(text, limits.text).map((part) => ({ method: "sendMessage", text: part }) as const),
    { ...file, ...markup },
  ];
}

function fileOf({ document, picture }: Message) {
  if (document) return { method: "sendDocument", document } as const;
  return picture && ({ method: "sendPhoto", photo: picture } as const);
}

function keyboardOf(message: Message, link: Message["link"], words: WordsFor): TelegramButton[][] {
  const choices = pageOfChoices(message, limits.choices, words(message.language).more);
  const rows = inRows(choices).map((row) =>
    row.map(({ data, label }) => ({ text: shorten(label, limits.label), callback_data: data })),
  );
  return link ? [[{ text: shorten(link.label, limits.label), url: link.url }], ...rows] : rows;
}

/**
 * One button a row is easiest to read and to hit. Very short ones ("Sì", "No", "1" … "5") stand
 * side by side, so that the question stays on a small screen.
 */
function inRows(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  const longest = Math.max(0, ...choices.map(({ label }) => label.length));
  const perRow = longest <= 3 ? 5 : longest <= 10 ? 2 : 1;
  const rows: Choice[][] = [];
  for (let at = 0; at < choices.length; at += perRow) rows.push(choices.slice(at, at + perRow));
  return rows;
}

/** Telegram refuses the whole message for a button that leads to a host without a dot, as localhost. */
function canBeButton(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url);
    return /^https?:$/.test(protocol) && hostname.includes(".");
  } catch {
    return false;
  }
}
