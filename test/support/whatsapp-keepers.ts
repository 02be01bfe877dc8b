import type { WhatsAppKeepers } from "../../bots/whatsapp/keep.ts";

const forgotten = async () => {};

/** Keeps nothing of what WhatsApp tells. */
export const forgetting: WhatsAppKeepers = {
  receive: forgotten,
  move: forgotten,
  report: forgotten,
  heed: forgotten,
  noteTemplates: forgotten,
  noteLimit: forgotten,
};
