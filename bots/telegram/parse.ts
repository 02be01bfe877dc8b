import type { Incoming, Media, Recording } from "../../core/engine/message.ts";
import type { Arrival } from "../../core/ports.ts";
import type { Signal } from "../../core/reminders/signals.ts";
import { type Fields, fields, finite, text, whole } from "../read.ts";

/** The kinds of update that {@link parseTelegram} and {@link blockingOf} read; Telegram is asked for no others. */
export const TELEGRAM_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"] as const;

/**
 * Reads an update of the Bot API. Not answered: what other bots write, what happens in groups
 * without the assistant being called, and notes of the platform ("a message was pinned").
 *
 * @param username the assistant's own, to tell when a group calls it
 * @see https://core.telegram.org/bots/api#update
 */
export function parseTelegram(delivery: unknown, username?: string): readonly Arrival[] {
  const update = fields(delivery);
  const id = whole(update["update_id"]);
  if (id === undefined) return [];
  const found = readMessage(update, username) ?? readEdit(update) ?? readPress(update);
  if (!found) return [];
  const { chat, from, incoming } = found;
  const language = languageOf(from);
  return [
    {
      channel: "telegram",
      address: String(chat),
      id: String(id),
      order: id,
      incoming,
      ...(language && { language }),
    },
  ];
}

/** The id by which a press is to be answered, so that the button stops turning. */
export function pressOf(delivery: unknown): string | undefined {
  return text(fields(fields(delivery)["callback_query"])["id"]);
}

/**
 * Whether the update tells that somebody has blocked the assistant, or lets it write again.
 *
 * "For private chats, this update is received only when the bot is blocked or unblocked by the user":
 * https://core.telegram.org/bots/api#update (Bot API 10.1, 11 June 2026). Who blocks a bot counts as having banned it.
 */
export function blockingOf(delivery: unknown): readonly Signal[] {
  const changed = fields(fields(delivery)["my_chat_member"]);
  const { id: chat, isPrivate } = chatOf(changed);
  const status = fields(changed["new_chat_member"])["status"];
  if (chat === undefined || !isPrivate || (status !== "kicked" && status !== "member")) return [];
  const kind = status === "kicked" ? "blocked" : "unblocked";
  return [{ kind, channel: "telegram", addresses: [String(chat)] }];
}

interface Found {
  readonly chat: number;
  readonly from: Fields;
  readonly incoming: Incoming;
}

function readMessage(update: Fields, username: string | undefined): Found | undefined {
  const message = fields(update["message"]);
  const from = fields(message["from"]);
  const { id: chat, isPrivate } = chatOf(message);
  if (chat === undefined || from["is_bot"] === true) return undefined;
  if (!isPrivate) return callsUs(message, username) ? { chat, from, incoming: { kind: "group" } } : undefined;
  const incoming = contentOf(message);
  return incoming && { chat, from, incoming };
}

/** Only texts: a shared live position is "edited" every few seconds. */
function readEdit(update: Fields): Found | undefined {
  const message = fields(update["edited_message"]);
  const from = fields(message["from"]);
  const { id: chat, isPrivate } = chatOf(message);
  const words = text(message["text"]);
  if (chat === undefined || !isPrivate || words === undefined || from["is_bot"] === true) return undefined;
  return { chat, from, incoming: { kind: "edited", text: words } };
}

function readPress(update: Fields): Found | undefined {
  const query = fields(update["callback_query"]);
  const from = fields(query["from"]);
  const data = text(query["data"]);
  // A message too old for Telegram to show still has its chat; without one, the presser's own chat.
  const drawnIn = chatOf(fields(query["message"]));
  const chat = drawnIn.id ?? whole(from["id"]);
  if (chat === undefined || data === undefined || data === "") return undefined;
  if (drawnIn.id !== undefined && !drawnIn.isPrivate) return undefined;
  return { chat, from, incoming: { kind: "choice", data } };
}

const MEDIA: Readonly<Record<string, Media>> = {
  voice: "voice",
  audio: "voice",
  photo: "photo",
  video: "video",
  video_note: "video",
  animation: "video",
  document: "document",
  sticker: "sticker",
  contact: "contact",
  poll: "unknown",
  dice: "unknown",
  game: "unknown",
  story: "unknown",
  paid_media: "unknown",
  checklist: "unknown",
  invoice: "unknown",
};

function contentOf(message: Fields): Incoming | undefined {
  if (typeof message["text"] === "string") return wordsOf(text(message["text"]) ?? "");
  const location = fields(message["location"]);
  const latitude = finite(location["latitude"]);
  const longitude = finite(location["longitude"]);
  if (latitude !== undefined && longitude !== undefined) return { kind: "location", latitude, longitude };
  const kind = Object.keys(MEDIA).find((name) => message[name] !== undefined);
  const media = kind === undefined ? undefined : MEDIA[kind];
  if (kind === undefined || media === undefined) return undefined;
  const recording = media === "voice" ? recordingOf(fields(message[kind])) : undefined;
  return { kind: "media", media, ...(recording && { recording }) };
}

/** @see https://core.telegram.org/bots/api#voice and #audio */
function recordingOf(sound: Fields): Recording | undefined {
  const file = text(sound["file_id"]);
  const type = text(sound["mime_type"]);
  const seconds = whole(sound["duration"]);
  return file ? { file, ...(type && { type }), ...(seconds !== undefined && { seconds }) } : undefined;
}

const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/;

/** A command is a word said with a slash before it; only `/start` means something of its own. */
function wordsOf(words: string): Incoming {
  const [, name, rest = ""] = COMMAND.exec(words.trim()) ?? [];
  if (name === undefined)
    return words.trim() === "" ? { kind: "media", media: "unknown" } : { kind: "text", text: words };
  if (name.toLowerCase() === "start") return { kind: "start", payload: rest.trim() };
  // A command can have neither spaces nor accents: /piu_semplice.
  return { kind: "text", text: `${name.replaceAll("_", " ")} ${rest}`.trim() };
}

/** In a group: a command that is not another bot's, or the assistant's name anywhere. */
function callsUs(message: Fields, username: string | undefined): boolean {
  const words = text(message["text"]) ?? text(message["caption"]) ?? "";
  const own = username?.toLowerCase();
  const mentions = [...words.slice(0, 4096).matchAll(/@(\w+)/g)].map(([, name = ""]) => name.toLowerCase());
  if (own !== undefined && mentions.includes(own)) return true;
  return /^\/[A-Za-z0-9_]{1,32}(\s|$)/.test(words);
}

function chatOf(message: Fields): { readonly id: number | undefined; readonly isPrivate: boolean } {
  const chat = fields(message["chat"]);
  return { id: whole(chat["id"]), isPrivate: chat["type"] === "private" };
}

/** The tag as Telegram gives it, where it is one: it goes into a database and into `Intl`. */
function languageOf(from: Fields): string | undefined {
  const tag = text(from["language_code"]);
  return tag !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(tag) ? tag : undefined;
}
