import type { WordsFor } from "../choices.ts";
import type { Codec } from "../codec.ts";
import { whatsappLimits } from "./limits.ts";
import { parseWhatsApp } from "./parse.ts";
import { renderWhatsApp, type WhatsAppHeader, type WhatsAppPayload } from "./render.ts";

/** WhatsApp's messages, without its network. */
export function createWhatsAppCodec(words: WordsFor): Codec<WhatsAppPayload> {
  return {
    limits: whatsappLimits,
    parse: parseWhatsApp,
    render: (message) => renderWhatsApp(message, words),
    documentOf(payload) {
      const file = fileOf(payload);
      return file?.type === "document" ? file.document.document : undefined;
    },
    pictureOf(payload) {
      const file = fileOf(payload);
      return file?.type === "image" ? file.image.picture : undefined;
    },
  };
}

function fileOf(payload: WhatsAppPayload): WhatsAppHeader | undefined {
  if (payload.type === "document" || payload.type === "image") return payload;
  return payload.type === "interactive" && "header" in payload.interactive
    ? payload.interactive.header
    : undefined;
}
