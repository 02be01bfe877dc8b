import type { Moved } from "../../core/ports.ts";
import { type Fields, fields, text } from "../read.ts";

/**
 * Somebody changed their number, and with it their user id. `from` is the old number; of the old user
 * id only the words of `body` tell, unless the platform gives it by itself.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system (21 May 2026)
 */
export function movedOf(message: Fields): readonly Moved[] {
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
export function renamedOf(update: unknown): readonly Moved[] {
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
