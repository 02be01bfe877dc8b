import type { Report } from "../../core/ports.ts";
import type { Signal } from "../../core/reminders/signals.ts";
import { type Fields, list, text } from "../read.ts";
import { idsIn, secondsOf } from "./changes.ts";
import { codeOf, isUnreachable, isUnsubscribed } from "./errors.ts";

const STATUSES = ["sent", "failed", "delivered", "read"] as const;

/**
 * A voice message that was played was read before. A status that is not known says nothing.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status (21 May 2026)
 */
export function reportOf(status: Fields): readonly Report[] {
  const platformId = text(status["id"]);
  const as = STATUSES.find((one) => one === (status["status"] === "played" ? "read" : status["status"]));
  if (!platformId || !as) return [];
  const at = new Date(secondsOf(status["timestamp"]) * 1000);
  const head = { channel: "whatsapp", platformId, as, at } as const;
  if (as !== "failed") return [head];
  const code = codeIn(status);
  if (code === undefined) return [{ ...head, reason: "no code" }];
  return [{ ...head, reason: String(code), ...(isUnreachable(code) && { unreachable: true }) }];
}

/** Whoever stopped marketing messages is told of by each that is sent to them. */
export function refusalOf(status: Fields): readonly Signal[] {
  const code = status["status"] === "failed" ? codeIn(status) : undefined;
  const addresses = idsIn(status["recipient_id"], status["recipient_user_id"]);
  if (code === undefined || !isUnsubscribed(code) || addresses.length === 0) return [];
  return [{ kind: "unsubscribed", channel: "whatsapp", addresses }];
}

const codeIn = (status: Fields): number | undefined =>
  list(status["errors"])
    .map(codeOf)
    .find((one) => one !== undefined);
