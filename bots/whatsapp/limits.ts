import type { Limits, Pace } from "../channel.ts";

/**
 * What the Cloud API carries in messages that answer.
 *
 * Buttons: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
 * (21 May 2026). Lists: …/interactive-list-messages (3 November 2025), which allows 4096 characters
 * of body, while Meta's own OpenAPI schema v23.0 (21 November 2025) and its Node SDK allow 1024: the
 * smaller is kept, as a message that is refused answers nobody. Links: …/interactive-cta-url-messages
 * (2 July 2026).
 */
export const whatsappLimits: Limits = {
  text: 4096,
  textWithChoices: 1024,
  caption: 1024,
  // A row's title and its description together show so much of a label; see ROW below.
  label: 72,
  data: 200,
  choices: 10,
};

export const BUTTONS = { most: 3, title: 20 } as const;
export const ROW = { title: 24, description: 72 } as const;
/** Longest label of the button that opens a list, and of one that opens a page. */
export const OPENER = 20;

/**
 * "Up to 80 messages per second by default", what comes in included:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput (21 May 2026). Two
 * less, for messages that came in and of which the webhook does not know yet, and a small margin, so that
 * 97 of 100 are left. To one person a message every six seconds, and up to 45 at once whose time is waited for
 * afterwards (pair rate limit, error 131056):
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/overview. People answer
 * faster than every six seconds, and nobody 40 times in a row.
 */
export const whatsappPace: Pace = {
  perSecond: 78,
  countsIncoming: true,
  marginMs: 4,
  perAddressMs: 6_000,
  burst: 40,
};

/**
 * The customer service window: anything may be sent for 24 hours after the person wrote, and only
 * approved templates afterwards (error 131047). A minute less, for what is on its way.
 */
export const WINDOW_MS = (24 * 60 - 1) * 60_000;

/** Longest text of a template's parameter, where its body is not to grow over its own limit of 1024. */
export const PARAMETER = 900;
