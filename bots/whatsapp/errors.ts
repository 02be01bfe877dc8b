import type { TemplateState } from "../../core/campaigns/templates.ts";
import type { Outcome } from "../channel.ts";
import { fields, whole } from "../read.ts";

/**
 * What the Cloud API's error codes mean for a message.
 *
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 * (read November 2026): "build your app's error handling around error codes". Words and details are
 * left alone: they may name the person.
 */
export type WhatsAppFailure = Exclude<Outcome, { kind: "sent" }>;

const TOKEN =
  "create a new token for the system user, with whatsapp_business_messaging, and set WHATSAPP_ACCESS_TOKEN";
const ACCOUNT = "open the account's quality and violations in WhatsApp Manager, and appeal there";
const NUMBER = "register the number in WhatsApp Manager, and set WHATSAPP_PHONE_NUMBER_ID to its id";

/** Nobody gets anything until whoever runs this has done something. */
const HALTED: Readonly<Record<number, string>> = {
  0: TOKEN,
  3: TOKEN,
  10: TOKEN,
  190: TOKEN,
  131005: TOKEN,
  368: ACCOUNT,
  131031: ACCOUNT,
  131042: "settle the account's payment method in the billing of Meta Business Suite",
  33: NUMBER,
  131045: NUMBER,
  133010: NUMBER,
};

/** How long to leave alone, in milliseconds, and whom: this person or everybody. */
const LATER: Readonly<Record<number, { readonly afterMs: number; readonly everyone?: true }>> = {
  // "The number of messages to the same person is too high": one may be sent every six seconds.
  131056: { afterMs: 6_000 },
  130429: { afterMs: 2_000, everyone: true },
  4: { afterMs: 60_000, everyone: true },
  80007: { afterMs: 60_000, everyone: true },
  // Too many of the latest messages were blocked or reported as spam.
  131048: { afterMs: 900_000, everyone: true },
  // While the number's throughput is raised, which takes a minute.
  131057: { afterMs: 60_000, everyone: true },
};

/** Passing faults of the platform's own. */
const PASSING = new Set([1, 2, 131000, 131016, 133004]);

/** The person has no WhatsApp, an old one, or has not accepted its terms. */
const UNREACHABLE = 131026;
const OUTSIDE = 131047;
/** The person has stopped "offers and announcements" of this business: no marketing template reaches them. */
const UNSUBSCRIBED = 131050;

/** Whether a code says that nothing arrives at that address. */
export const isUnreachable = (code: number): boolean => code === UNREACHABLE;

/** Whether a code says that the person wants no more of what we write without being asked. */
export const isUnsubscribed = (code: number): boolean => code === UNSUBSCRIBED;

/**
 * What a code says of the template that was sent: there is none such, or it is paused or disabled for the poor
 * reception it had.
 */
const TEMPLATE_GONE: Readonly<Record<number, TemplateState>> = {
  132001: "disabled",
  132015: "paused",
  132016: "disabled",
};

export const templateStateOf = (code: number): TemplateState | undefined => TEMPLATE_GONE[code];

/** The remedy where a code halts the channel. */
export function remedyOf(code: number): string | undefined {
  return HALTED[code] ?? (code >= 200 && code <= 299 ? TOKEN : undefined);
}

/** The code of an error as the platform writes one, in an answer or in a webhook. */
export function codeOf(error: unknown): number | undefined {
  return whole(fields(error)["code"]);
}

/**
 * @param status of the answer
 * @param body the answer's JSON; `undefined` where it is none
 */
export function failureOf(status: number, body: unknown): WhatsAppFailure {
  const code = codeOf(fields(body)["error"]);
  if (code === undefined) return withoutCode(status);
  const reason = String(code);
  const remedy = remedyOf(code);
  if (remedy !== undefined) return { kind: "halted", reason, remedy };
  const later = LATER[code];
  if (later) return { kind: "later", reason, ...later };
  if (code === OUTSIDE) return { kind: "outside", reason };
  if (isUnreachable(code)) return { kind: "unreachable", reason };
  if (PASSING.has(code) || status >= 500) return { kind: "later", reason };
  if (status === 429) return { kind: "later", reason, afterMs: 2_000, everyone: true };
  return { kind: "refused", reason };
}

/** Not the API has answered, but something in front of it. */
function withoutCode(status: number): WhatsAppFailure {
  const reason = `HTTP ${status}`;
  if (status === 401 || status === 403) return { kind: "halted", reason, remedy: TOKEN };
  if (status === 429 || status === 503) return { kind: "later", reason };
  // A gateway that gave up waiting cannot tell whether the message went through.
  if (status >= 500 || status < 400) return { kind: "uncertain", reason };
  return { kind: "refused", reason };
}
