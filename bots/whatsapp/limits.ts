import type { Limits } from "../channel.ts";

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
