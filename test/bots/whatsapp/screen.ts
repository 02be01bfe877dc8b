import type { WhatsAppHeader, WhatsAppPayload } from "../../../bots/whatsapp/render.ts";
import type { Screen } from "../contract.ts";

/** What the Cloud API refuses: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages */
function problems(payload: WhatsAppPayload): string[] {
  const found: string[] = [];
  const bounded = (what: string, text: string, most: number) => {
    if (text.trim() === "" || text.length > most) found.push(`${what}: ${text.length}`);
  };
  const unique = (what: string, values: readonly string[]) => {
    if (new Set(values).size < values.length) found.push(`${what} are not unique`);
  };
  if (payload.type === "text") bounded("text", payload.text.body, 4096);
  if (payload.type === "document") bounded("caption", payload.document.caption ?? "-", 1024);
  if (payload.type === "image") bounded("caption", payload.image.caption ?? "-", 1024);
  if (payload.type !== "interactive") return found;
  const it = payload.interactive;
  bounded("body", it.body.text, 1024);
  if (it.type === "button") {
    const replies = it.action.buttons.map(({ reply }) => reply);
    if (replies.length < 1 || replies.length > 3) found.push(`${replies.length} buttons`);
    for (const { id, title } of replies) {
      bounded("button", title, 20);
      bounded("id", id, 256);
    }
    unique(
      "titles",
      replies.map(({ title }) => title),
    );
    unique(
      "ids",
      replies.map(({ id }) => id),
    );
  } else if (it.type === "list") {
    const rows = it.action.sections.flatMap((section) => section.rows);
    bounded("opener", it.action.button, 20);
    if (rows.length < 1 || rows.length > 10) found.push(`${rows.length} rows`);
    for (const { id, title, description } of rows) {
      bounded("row", title, 24);
      bounded("description", description ?? "-", 72);
      bounded("id", id, 200);
    }
    unique(
      "ids",
      rows.map(({ id }) => id),
    );
  } else {
    bounded("link", it.action.parameters.display_text, 20);
    if (!/^https?:/.test(it.action.parameters.url)) found.push(it.action.parameters.url);
  }
  return found;
}

/** WhatsApp's screen, for whatever channel draws on it. */
export const whatsappScreen: Screen<WhatsAppPayload> = {
  problems,
  see(payload) {
    if (payload.type === "text") return { text: payload.text.body, pressable: [] };
    if (payload.type === "document")
      return { text: payload.document.caption ?? "", pressable: [], ...fileIn(payload) };
    if (payload.type === "image")
      return { text: payload.image.caption ?? "", pressable: [], ...fileIn(payload) };
    const it = payload.interactive;
    const file = "header" in it && it.header ? fileIn(it.header) : {};
    if (it.type === "cta_url")
      return { text: it.body.text, pressable: [], link: it.action.parameters.url, ...file };
    const pressable =
      it.type === "button"
        ? it.action.buttons.map(({ reply: { id, title } }) => ({ data: id, label: title }))
        : it.action.sections
            .flatMap((section) => section.rows)
            .map(({ id, title, description }) => ({
              data: id,
              label: title,
              ...(description !== undefined && { hint: description }),
            }));
    return { text: it.body.text, pressable, ...file };
  },
};

const fileIn = (file: WhatsAppHeader) =>
  file.type === "document" ? { document: file.document.document } : { picture: file.image.picture };
