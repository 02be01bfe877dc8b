// @ts-check

/** @import { Entry, List, View } from "./types.d.ts" */

/**
 * Reads a message of the Cloud API as WhatsApp's app would show it.
 *
 * @param {Extract<Entry, { direction: "out" }>} entry
 * @returns {View}
 */
export function viewWhatsapp({ payload, document, picture }) {
  const message = /** @type {Message} */ (payload);
  const { action, body } = message.interactive ?? {};
  const parameters = action?.parameters;
  const list = action?.sections && listOf(action);
  return {
    text: body?.text ?? message.text?.body ?? (message.document ?? message.image)?.caption ?? "",
    buttons: [
      ...(action?.buttons ?? []).map(({ reply }) => [{ label: reply.title, data: reply.id }]),
      ...(parameters ? [[{ label: parameters.display_text, url: parameters.url }]] : []),
    ],
    ...(list && { list }),
    ...(document && { document }),
    ...(picture && { picture }),
  };
}

/**
 * @param {Interactive} action
 * @returns {List}
 */
function listOf({ button = "", sections = [] }) {
  return {
    label: button,
    sections: sections.map(({ title = "", rows }) => ({
      title,
      rows: rows.map(({ id, title, description = "" }) => ({ id, title, description })),
    })),
  };
}

/**
 * @typedef {{
 *   button?: string,
 *   buttons?: { reply: { id: string, title: string } }[],
 *   sections?: { title?: string, rows: { id: string, title: string, description?: string }[] }[],
 *   parameters?: { display_text: string, url: string },
 * }} Interactive
 * @typedef {{
 *   text?: { body: string },
 *   document?: { caption?: string },
 *   image?: { caption?: string },
 *   interactive?: { body?: { text: string }, action?: Interactive },
 * }} Message
 */
