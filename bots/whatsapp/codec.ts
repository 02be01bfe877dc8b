import type { WordsFor } from "../choices.ts";
import type { Codec } from "../codec.ts";
import { whatsappLimits } from "./limits.ts";
import { parseWhatsApp } from "./parse.ts";
import { renderWhatsApp, type WhatsAppPayload } from "./render.ts";

/** WhatsApp's messages, without its network. */
export function createWhatsAppCodec(words: WordsFor): Codec<WhatsAppPayload> {
  return {
    limits: whatsappLimits,
    parse: parseWhatsApp,
    render: (message) => renderWhatsApp(message, words),
    documentOf(payload) {
      if (payload.type === "document") return payload.document.document;
      if (payload.type === "interactive" && "header" in payload.interactive)
        return payload.interactive.header?.document.document;
      return undefined;
    },
  };
}
