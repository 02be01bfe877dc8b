import type { DailyLimit } from "../../core/campaigns/daily-limit.ts";
import type { TemplateNews, TemplateState } from "../../core/campaigns/templates.ts";
import type { Signal } from "../../core/reminders/signals.ts";
import { type Fields, fields, list, text, whole } from "../read.ts";
import { type Change, idsIn } from "./changes.ts";

/** What the platform calls what happened to a template; what is not named here changes nothing for who sends it. */
const STATES: Readonly<Record<string, TemplateState>> = {
  APPROVED: "approved",
  REINSTATED: "approved",
  PENDING: "pending",
  IN_APPEAL: "pending",
  REJECTED: "rejected",
  PAUSED: "paused",
  DISABLED: "disabled",
  ARCHIVED: "disabled",
  DELETED: "disabled",
  PENDING_DELETION: "disabled",
};

/**
 * Of the field `message_template_status_update`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update (13 April 2026)
 */
export function templateStatusOf({ value, at }: Change): readonly TemplateNews[] {
  const event = codeIn(value["event"]);
  const state = event === undefined ? undefined : STATES[event];
  const named = templateIn(value);
  if (!named || !event || !state || !at) return [];
  const why = [codeIn(value["reason"]), codeIn(fields(value["other_info"])["title"])].find(
    (one) => one !== undefined && one !== "NONE",
  );
  const reason = state === "approved" || state === "pending" ? undefined : (why ?? event);
  const category = codeIn(value["message_template_category"]);
  return [{ ...named, state, at, ...(reason && { reason }), ...(category && { category }) }];
}

/**
 * Of the field `template_category_update`: a change that is only announced says nothing yet.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update (11 November 2025)
 */
export function templateCategoryOf({ value, at }: Change): readonly TemplateNews[] {
  const named = templateIn(value);
  const category = codeIn(value["new_category"]);
  if (!named || !category || !at || value["previous_category"] === undefined) return [];
  return [{ ...named, category, at }];
}

function templateIn(value: Fields): Pick<TemplateNews, "name" | "language"> | undefined {
  const name = text(value["message_template_name"]);
  const language = text(value["message_template_language"]);
  return name && language ? { name, language } : undefined;
}

/** Codes alone are kept: of words nobody knows what they say. */
function codeIn(value: unknown): string | undefined {
  const code = text(value);
  return code !== undefined && /^[A-Z_]{1,64}$/.test(code) ? code : undefined;
}

/**
 * Of the field `user_preferences`: somebody stopped marketing messages. Who takes them up again gets nothing by
 * that alone.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences (21 May 2026)
 */
export function preferenceOf({ value }: Change): readonly Signal[] {
  const contacts = list(value["contacts"]).map(fields);
  return list(value["user_preferences"])
    .map(fields)
    .flatMap((preference): Signal[] => {
      if (preference["category"] !== "marketing_messages" || preference["value"] !== "stop") return [];
      const number = preference["wa_id"];
      const contact = contacts.length === 1 ? contacts[0] : contacts.find((one) => one["wa_id"] === number);
      const addresses = idsIn(number, preference["user_id"], contact?.["user_id"]);
      return addresses.length > 0 ? [{ kind: "unsubscribed", channel: "whatsapp", addresses }] : [];
    });
}

/**
 * Of the field `business_capability_update`: a number, -1 for any number, or the name of a tier.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/business_capability_update (14 November 2025)
 */
export const capabilityOf = ({ value }: Change): DailyLimit | undefined =>
  dailyLimitIn(value["max_daily_conversations_per_business"] ?? value["max_daily_conversation_per_phone"]);

/** `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`, or the number itself. */
export function dailyLimitIn(value: unknown): DailyLimit | undefined {
  const number = whole(value);
  if (number === -1 || value === "TIER_UNLIMITED") return "unlimited";
  if (number !== undefined) return number > 0 ? number : undefined;
  const [, figure, thousands] = /^(?:TIER_)?(\d{1,7})(K?)$/.exec(text(value) ?? "") ?? [];
  if (figure === undefined) return undefined;
  return Number(figure) * (thousands ? 1000 : 1) || undefined;
}
