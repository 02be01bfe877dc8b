import type { Incoming, Media, Recording } from "../../core/engine/message.ts";
import type { Arrival } from "../../core/ports.ts";
import { type Fields, fields, finite, list, text } from "../read.ts";
import { changesIn, secondsOf, valuesOf } from "./changes.ts";

/**
 * What people wrote: every message of every change of every entry. What is wrong with one of them does not
 * take the others with it. Never throws.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export const parseWhatsApp = (delivery: unknown): readonly Arrival[] =>
  valuesOf(changesIn(delivery), "messages").flatMap(arrivalsOf);

export function arrivalsOf(value: Fields): readonly Arrival[] {
  const contacts = list(value["contacts"]).map(fields);
  return list(value["messages"]).flatMap((message) => arrivalOf(fields(message), contacts));
}

/**
 * Who writes: the phone number, where the platform gives it, is where the answer goes; the
 * business-scoped user id says who it is, whatever the number.
 *
 * `from` is left out for people with a username whose number the business does not know, `from_user_id`
 * is always there since April 2026:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids (28 May 2026)
 */
function arrivalOf(message: Fields, contacts: readonly Fields[]): readonly Arrival[] {
  const id = text(message["id"]);
  const number = text(message["from"]);
  const contact = contacts.length === 1 ? contacts[0] : contacts.find((one) => one["wa_id"] === number);
  const userId = text(message["from_user_id"]) || (number && text(contact?.["user_id"]));
  const address = number || userId;
  const incoming = contentOf(message);
  // In a group WhatsApp gives no way of being called by name: silence is the polite answer.
  if (!id || !address || !incoming || message["group_id"] !== undefined) return [];
  return [
    {
      channel: "whatsapp",
      address,
      id,
      // WhatsApp orders by the second; within one, the order of arrival stands.
      order: secondsOf(message["timestamp"]),
      incoming,
      ...(userId && { aliases: [userId] }),
    },
  ];
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
  const recording = type === "audio" ? recordingOf(fields(message["audio"])) : undefined;
  return { kind: "media", media: MEDIA[type] ?? "unknown", ...(recording && { recording }) };
}

/** @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/audio */
function recordingOf(audio: Fields): Recording | undefined {
  const file = text(audio["id"]);
  const type = text(audio["mime_type"]);
  return file ? { file, ...(type && { type }) } : undefined;
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
