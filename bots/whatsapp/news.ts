import type { DailyLimit } from "../../core/campaigns/daily-limit.ts";
import type { TemplateNews } from "../../core/campaigns/templates.ts";
import type { Arrival, Moved, Report } from "../../core/ports.ts";
import type { Signal } from "../../core/reminders/signals.ts";
import { fields, list } from "../read.ts";
import { capabilityOf, preferenceOf, templateCategoryOf, templateStatusOf } from "./account-news.ts";
import { changesIn, valuesOf } from "./changes.ts";
import { codeOf } from "./errors.ts";
import { movedOf, renamedOf } from "./moves.ts";
import { arrivalsOf } from "./parse.ts";
import { refusalOf, reportOf } from "./statuses.ts";

/** The fields that the webhook is to be subscribed to; what comes of others says nothing. */
export const WHATSAPP_FIELDS = [
  "messages",
  "user_id_update",
  "user_preferences",
  "message_template_status_update",
  "template_category_update",
  "business_capability_update",
] as const;
type Field = (typeof WHATSAPP_FIELDS)[number];

/** All that a webhook's body tells. */
export interface WhatsAppNews {
  readonly arrivals: readonly Arrival[];
  readonly reports: readonly Report[];
  readonly moved: readonly Moved[];
  readonly signals: readonly Signal[];
  readonly templates: readonly TemplateNews[];
  /** How many people may be written to first, the latest last. */
  readonly limits: readonly { readonly limit: DailyLimit; readonly at: Date }[];
  /** Codes of what is wrong with the account, or with messages that could not be sent for that. */
  readonly errors: readonly number[];
}

/**
 * Reads a webhook's body. What is wrong with one part of it does not take the others with it; what is of
 * another kind gives nothing. Never throws.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export function readWhatsApp(delivery: unknown): WhatsAppNews {
  const changes = changesIn(delivery);
  const of = (field: Field) => changes.filter((change) => change.field === field);
  const values = valuesOf(changes, "messages" satisfies Field);
  const statuses = values.flatMap((value) => list(value["statuses"])).map(fields);
  return {
    arrivals: values.flatMap(arrivalsOf),
    reports: statuses.flatMap(reportOf),
    moved: [
      ...values.flatMap((value) => list(value["messages"])).flatMap((message) => movedOf(fields(message))),
      ...of("user_id_update")
        .flatMap(({ value }) => list(value["user_id_update"]))
        .flatMap(renamedOf),
    ],
    signals: [...statuses.flatMap(refusalOf), ...of("user_preferences").flatMap(preferenceOf)],
    templates: [
      ...of("message_template_status_update").flatMap(templateStatusOf),
      ...of("template_category_update").flatMap(templateCategoryOf),
    ],
    limits: of("business_capability_update").flatMap((change) => {
      const limit = capabilityOf(change);
      return limit !== undefined && change.at ? [{ limit, at: change.at }] : [];
    }),
    errors: [...values, ...statuses]
      .flatMap((one) => list(one["errors"]))
      .flatMap((error) => codeOf(error) ?? []),
  };
}
