import type { Incoming, Media, Recording } from "../../core/engine/message.ts";
import type { Arrival, Moved, Report } from "../../core/ports.ts";
import { type Fields, fields, finite, list, text } from "../read.ts";
import { codeOf, isUnreachable } from "./errors.ts";

/** All that a webhook's body tells. */
export interface WhatsAppNews {
  readonly arrivals: readonly Arrival[];
  readonly reports: readonly Report[];
  readonly moved: readonly Moved[];
  /** Codes of what is wrong with the account, or with messages that could not be sent for that. */
  readonly errors: readonly number[];
}

/**
 * Reads a webhook's body: every message, status and change of a person's ids, of every change of
 * every entry. What is wrong with one of them does not take the others with it; what is of another
 * kind gives nothing. Never throws.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function readWhatsApp(delivery: unknown): WhatsAppNews {
  const changes = list(fields(delivery)["entry"])
    .flatMap((entry) => list(fields(entry)["changes"]))
    .map(fields);
  const valuesOf = (field: string) =>
    changes.filter((change) => change["field"] === field).map((change) => fields(change["value"]));
  const values = valuesOf("messages");
  const statuses = values.flatMap((value) => list(value["statuses"])).map(fields);
  return {
    arrivals: values.flatMap(arrivalsOf),
    reports: statuses.flatMap(reportOf),
    moved: [
      ...values.flatMap((value) => list(value["messages"])).flatMap((message) => movedOf(fields(message))),
      ...valuesOf("user_id_update")
        .flatMap((value) => list(value["user_id_update"]))
        .flatMap(renamedOf),
    ],
    errors: [...values, ...statuses]
      .flatMap((one) => list(one["errors"]))
      .flatMap((error) => codeOf(error) ?? []),
  };
}

/** The messages alone. */
export const parseWhatsApp = (delivery: unknown): readonly Arrival[] => readWhatsApp(delivery).arrivals;

function arrivalsOf(value: Fields): readonly Arrival[] {
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

/** WhatsApp orders by the second; within one, the order of arrival stands. */
function secondsOf(timestamp: unknown): number {
  const seconds = Number(text(timestamp) ?? timestamp);
  return Number.isSafeInteger(seconds) && seconds >= 0 && seconds < 1e11 ? seconds : 0;
}

const STATUSES = ["sent", "failed", "delivered", "read"] as const;

/**
 * A voice message that was played was read before. A status that is not known says nothing.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status (21 May 2026)
 */
function reportOf(status: Fields): readonly Report[] {
  const platformId = text(status["id"]);
  const as = STATUSES.find((one) => one === (status["status"] === "played" ? "read" : status["status"]));
  if (!platformId || !as) return [];
  const at = new Date(secondsOf(status["timestamp"]) * 1000);
  const head = { channel: "whatsapp", platformId, as, at } as const;
  if (as !== "failed") return [head];
  const code = list(status["errors"])
    .map(codeOf)
    .find((one) => one !== undefined);
  if (code === undefined) return [{ ...head, reason: "no code" }];
  return [{ ...head, reason: String(code), ...(isUnreachable(code) && { unreachable: true }) }];
}

/**
 * Somebody changed their number, and with it their user id. `from` is the old number; of the old user
 * id only the words of `body` tell, unless the platform gives it by itself.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system (21 May 2026)
 */
function movedOf(message: Fields): readonly Moved[] {
  if (message["type"] !== "system") return [];
  const system = fields(message["system"]);
  const type = text(system["type"]);
  if (type !== "user_changed_number" && type !== "user_changed_user_id") return [];
  const number = text(system["wa_id"]);
  const userId = text(system["user_id"]);
  const inWords = /changed from ([A-Z]{2}\.[A-Za-z0-9.]{1,132}) to /.exec(text(system["body"]) ?? "")?.[1];
  const before = [text(message["from"]), text(system["previous_user_id"]) || inWords];
  return moved(before, number || userId, userId);
}

/** Of the field `user_id_update`: a person's user id was replaced by another. */
function renamedOf(update: unknown): readonly Moved[] {
  const { wa_id: number, user_id: userId } = fields(update);
  const { previous, current } = fields(userId);
  return moved([text(previous)], text(number) || text(current), text(current));
}

function moved(
  before: readonly (string | undefined)[],
  address: string | undefined,
  userId: string | undefined,
): readonly Moved[] {
  const from = before.filter((id) => id !== undefined && id !== "" && id !== address && id !== userId);
  if (from.length === 0 || !address) return [];
  const aliases = userId ? { aliases: [userId] } : {};
  return [{ channel: "whatsapp", from: from.filter((id) => id !== undefined), address, ...aliases }];
}
