import { z } from "zod";
import { sizeOfPng } from "../png.ts";
import { type DrawnButton, type Parameters, Refusal, UploadedFile } from "./types.ts";

/** The limits that Telegram enforces, as documented, or as observed where they are not. */

export function textOf(parameters: Parameters): string {
  const text = parameters["text"];
  if (typeof text !== "string" || text.trim() === "")
    throw new Refusal(400, "Bad Request: message text is empty");
  if (text.length > 4096) throw new Refusal(400, "Bad Request: message is too long");
  return text;
}

export function captionOf(parameters: Parameters): string {
  const caption = parameters["caption"] ?? "";
  if (typeof caption !== "string" || caption.length > 1024)
    throw new Refusal(400, "Bad Request: message caption is too long");
  return caption;
}

export function documentOf(parameters: Parameters): UploadedFile {
  const { document } = parameters;
  if (!(document instanceof UploadedFile) || document.bytes.length === 0)
    throw new Refusal(400, "Bad Request: file must be non-empty");
  return document;
}

/** A photo of at most 10 MB, its sides together 10,000 pixels and neither 20 times the other. */
export function photoOf(parameters: Parameters): UploadedFile {
  const { photo } = parameters;
  if (!(photo instanceof UploadedFile) || photo.bytes.length === 0)
    throw new Refusal(400, "Bad Request: file must be non-empty");
  const size = sizeOfPng(photo.bytes);
  if (!size) throw new Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED");
  const { width, height } = size;
  if (width + height > 10_000 || Math.max(width / height, height / width) > 20)
    throw new Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
  if (photo.bytes.length > 10_000_000) throw new Refusal(413, "Request Entity Too Large");
  return photo;
}

const keyboard = z.looseObject({
  inline_keyboard: z.array(
    z.array(
      z.looseObject({ text: z.string(), callback_data: z.string().optional(), url: z.string().optional() }),
    ),
  ),
});

export function buttonsOf(parameters: Parameters): readonly (readonly DrawnButton[])[] {
  if (parameters["reply_markup"] === undefined) return [];
  const read = keyboard.safeParse(parameters["reply_markup"]);
  if (!read.success) throw new Refusal(400, "Bad Request: object expected as reply markup");
  const rows = read.data.inline_keyboard;
  const tooMany = rows.flat().length > 100 || rows.some((row) => row.length > 8);
  if (tooMany || Buffer.byteLength(JSON.stringify(read.data)) > 10_000)
    throw new Refusal(400, "Bad Request: reply markup is too long");
  return rows.map((row) => row.map(buttonOf));
}

function buttonOf({
  text,
  callback_data: data,
  url,
}: z.infer<typeof keyboard>["inline_keyboard"][0][0]): DrawnButton {
  if (text.trim() === "")
    throw new Refusal(400, "Bad Request: text buttons are unallowed in the inline keyboard");
  if ((data === undefined) === (url === undefined))
    throw new Refusal(400, "Bad Request: BUTTON_TYPE_INVALID");
  if (url !== undefined) {
    if (!URL.canParse(url) || !new URL(url).hostname.includes("."))
      throw new Refusal(400, `Bad Request: inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    return { text, url };
  }
  const bytes = Buffer.byteLength(data ?? "");
  if (bytes < 1 || bytes > 64) throw new Refusal(400, "Bad Request: BUTTON_DATA_INVALID");
  return { text, callback_data: data ?? "" };
}

/** Counts what was sent too fast and refuses it, until the time that it said is over. */
export class Flood {
  readonly #sentAt: number[] = [];
  readonly #lastTo = new Map<number, number>();
  #closedUntil = 0;
  /** Sends that Telegram would have refused for their haste. */
  tooFast = 0;

  check(chat: number, now: number): void {
    const lastSecond = this.#sentAt.filter((at) => at > now - 1000).length;
    const sinceLast = now - (this.#lastTo.get(chat) ?? Number.NEGATIVE_INFINITY);
    const wait =
      now < this.#closedUntil
        ? this.#closedUntil - now
        : lastSecond >= 30
          ? 1000
          : sinceLast < 1000
            ? 1000 - sinceLast
            : 0;
    if (wait > 0) {
      this.tooFast++;
      const seconds = Math.ceil(wait / 1000);
      if (lastSecond >= 30) this.#closedUntil = now + seconds * 1000;
      throw new Refusal(429, `Too Many Requests: retry after ${seconds}`, seconds);
    }
    this.#sentAt.push(now);
    if (this.#sentAt.length > 100) this.#sentAt.shift();
    this.#lastTo.set(chat, now);
  }
}
