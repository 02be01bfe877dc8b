import type { Incoming, Media } from "../../core/engine/message.ts";
import type { Arrival } from "../../core/ports.ts";
import { type Fields, fields, finite, list, text } from "../read.ts";

/**
 * Reads the messages of a webhook's body: every one of every change of every entry. What one of
 * them lacks does not take the others with it. Statuses and changes of other kinds give nothing.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function parseWhatsApp(delivery: unknown): readonly Arrival[] {
  return list(fields(delivery)["entry"])
    .flatMap((entry) => list(fields(entry)["changes"]))
    .map(fields)
    .filter((change) => change["field"] === "messages")
    .flatMap((change) => list(fields(change["value"])["messages"]))
    .flatMap((message) => readMessage(fields(message)));
}

function readMessage(message: Fields): readonly Arrival[] {
  const id = text(message["id"]);
  // Who hides their number is known by an id of Meta's alone.
  const address = text(message["from"]) || text(message["from_user_id"]);
  const incoming = contentOf(message);
  // In a group WhatsApp gives no way of being called by name: silence is the polite answer.
  if (!id || !address || !incoming || message["group_id"] !== undefined) return [];
  return [{ channel: "whatsapp", address, id, order: secondsOf(message["timestamp"]), incoming }];
}

const MEDIA: Readonly<Record<string, Media>> = {
  audio: "voice",
  image: "photo",
  video: "video",
  document: "document",
  sticker: "sticker",
  contacts: "contact",
};

/** What asks for no answer: a thumb, a changed number, a message taken back, a note of the platform. */
const SILENT = new Set(["reaction", "system", "revoke", "ephemeral", "request_welcome"]);

function contentOf(message: Fields): Incoming | undefined {
  const type = text(message["type"]) ?? "";
  if (SILENT.has(type)) return undefined;
  if (type === "edit") return editOf(message);
  if (type === "text") {
    const body = text(fields(message["text"])["body"]) ?? "";
    return body.trim() === "" ? { kind: "media", media: "unknown" } : { kind: "text", text: body };
  }
  const pressed = pressedOf(message, type);
  if (pressed) return { kind: "choice", data: pressed };
  if (type === "location") {
    const { latitude, longitude } = positionOf(fields(message["location"]));
    if (latitude !== undefined && longitude !== undefined) return { kind: "location", latitude, longitude };
  }
  return { kind: "media", media: MEDIA[type] ?? "unknown" };
}

/** A button or a row of ours, or a button of an approved template. */
function pressedOf(message: Fields, type: string): string | undefined {
  if (type === "button") return text(fields(message["button"])["payload"]);
  const interactive = fields(message["interactive"]);
  const reply = fields(interactive["button_reply"] ?? interactive["list_reply"]);
  return type === "interactive" ? text(reply["id"]) : undefined;
}

function editOf(message: Fields): Incoming | undefined {
  const edited = fields(fields(message["edit"])["message"]);
  const body = text(fields(edited["text"])["body"]);
  return body === undefined ? undefined : { kind: "edited", text: body };
}

const positionOf = (location: Fields) => ({
  latitude: finite(location["latitude"]),
  longitude: finite(location["longitude"]),
});

/** WhatsApp orders by the second; within one, the order of arrival stands. */
function secondsOf(timestamp: unknown): number {
  const seconds = Number(text(timestamp) ?? timestamp);
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : 0;
}
