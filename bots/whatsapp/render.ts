import type { Choice, DocumentRequest, Message, PictureRequest } from "../../core/engine/message.ts";
import { pageOfChoices, type WordsFor } from "../choices.ts";
import { ELLIPSIS, shorten, splitText } from "../text.ts";
import { BUTTONS, whatsappLimits as limits, OPENER, ROW } from "./limits.ts";

/** A file stands as what it is made from: who sends it uploads it and puts the media id there. */
export interface WhatsAppDocument {
  readonly document: DocumentRequest;
  readonly filename: string;
}

/** A picture too. */
export interface WhatsAppImage {
  readonly picture: PictureRequest;
}

/** What stands above the words of a message. */
export type WhatsAppHeader =
  | { readonly type: "document"; readonly document: WhatsAppDocument }
  | { readonly type: "image"; readonly image: WhatsAppImage };

export interface WhatsAppRow {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

export interface WhatsAppReplyButton {
  readonly type: "reply";
  readonly reply: { readonly id: string; readonly title: string };
}

export type WhatsAppInteractive =
  | {
      readonly type: "button";
      readonly header?: WhatsAppHeader;
      readonly body: { readonly text: string };
      readonly action: { readonly buttons: readonly WhatsAppReplyButton[] };
    }
  | {
      readonly type: "list";
      readonly body: { readonly text: string };
      readonly action: {
        readonly button: string;
        readonly sections: readonly { readonly rows: readonly WhatsAppRow[] }[];
      };
    }
  | {
      readonly type: "cta_url";
      readonly header?: WhatsAppHeader;
      readonly body: { readonly text: string };
      readonly action: {
        readonly name: "cta_url";
        readonly parameters: { readonly display_text: string; readonly url: string };
      };
    };

/** The part of a Cloud API message that says what is in it, without the recipient. */
export type WhatsAppPayload =
  | { readonly type: "text"; readonly text: { readonly body: string; readonly preview_url: false } }
  | { readonly type: "document"; readonly document: WhatsAppDocument & { readonly caption?: string } }
  | { readonly type: "image"; readonly image: WhatsAppImage & { readonly caption?: string } }
  | { readonly type: "interactive"; readonly interactive: WhatsAppInteractive };

/**
 * Draws a message for WhatsApp: up to three short choices as buttons, up to ten as a list, more on
 * pages; one payload wherever it fits, as every message is billed. Text that is too long for one
 * with buttons goes ahead of it.
 */
export function renderWhatsApp(message: Message, words: WordsFor): readonly WhatsAppPayload[] {
  const { choose, more } = words(message.language);
  const choices = pageOfChoices(message, limits.choices, more);
  const asButtons = choices.length > 0 && fitOnButtons(choices);
  // Buttons and a link do not go together, nor a link and a list: WhatsApp makes a link of the bare address.
  const asLink = choices.length === 0 && message.link !== undefined && isWebAddress(message.link.url);
  const text =
    message.link && !asLink
      ? `${message.text}\n\n${message.link.label}: ${message.link.url}`.trim()
      : message.text.trim();
  const header = headerOf(message);

  if (choices.length > 0) {
    const [body, ahead] = bodyAndAhead(text);
    if (asButtons)
      return [
        ...ahead,
        interactive({ type: "button", ...(header && { header }), body, action: buttons(choices) }),
      ];
    // A list takes nothing but words above it.
    return [
      ...(header ? [header] : []),
      ...ahead,
      interactive({ type: "list", body, action: rows(choices, choose) }),
    ];
  }
  if (asLink && message.link) {
    const [body, ahead] = bodyAndAhead(text);
    const parameters = { display_text: shorten(message.link.label, OPENER), url: message.link.url };
    const action = { name: "cta_url", parameters } as const;
    return [...ahead, interactive({ type: "cta_url", ...(header && { header }), body, action })];
  }
  if (!header) return texts(text || ELLIPSIS);
  if (text.length <= limits.caption) return [text ? captioned(header, text) : header];
  return [...texts(text), header];
}

const interactive = (it: WhatsAppInteractive) => ({ type: "interactive", interactive: it }) as const;

const texts = (text: string) =>
  splitText(text, limits.text).map((body) => ({ type: "text", text: { body, preview_url: false } }) as const);

/** What stands in the message with something to press, and what has to go ahead of it. */
function bodyAndAhead(text: string) {
  const parts = splitText(text, limits.text, limits.textWithChoices);
  const body = { text: parts.at(-1) || ELLIPSIS };
  return [body, parts.slice(0, -1).flatMap(texts)] as const;
}

/** Only labels that need no shortening, and that differ: WhatsApp refuses equal titles. */
function fitOnButtons(choices: readonly Choice[]): boolean {
  const titles = choices.map(({ label }) => label.trim());
  return (
    choices.length <= BUTTONS.most &&
    titles.every((title) => title.length > 0 && title.length <= BUTTONS.title) &&
    new Set(titles).size === titles.length
  );
}

function buttons(choices: readonly Choice[]) {
  return {
    buttons: choices.map(
      ({ data, label }) =>
        ({ type: "reply", reply: { id: data, title: shorten(label, BUTTONS.title) } }) as const,
    ),
  };
}

function rows(choices: readonly Choice[], choose: string) {
  return { button: shorten(choose, OPENER), sections: [{ rows: choices.map(row) }] };
}

/** A label too long for a title is shown whole, or nearly, under its beginning. */
function row({ data, label }: Choice): WhatsAppRow {
  const title = shorten(label, ROW.title);
  const whole = shorten(label, ROW.description);
  return { id: data, title, ...(whole !== title && { description: whole }) };
}

function headerOf({ document, picture }: Message): WhatsAppHeader | undefined {
  if (document) return { type: "document", document: { document, filename: document.fileName } };
  return picture && { type: "image", image: { picture } };
}

const captioned = (header: WhatsAppHeader, caption: string): WhatsAppPayload =>
  header.type === "document"
    ? { type: "document", document: { ...header.document, caption } }
    : { type: "image", image: { ...header.image, caption } };

function isWebAddress(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url);
}
