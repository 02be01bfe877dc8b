import type { Happened, PhoneAction } from "./action.ts";

// Two phones never meet in one chat, and the channel puts the phone's own id in place of these.
const TELEGRAM_PERSON = 1_000_001;
const WHATSAPP_PERSON = "390523000001";
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/**
 * Writes what happened as Telegram would deliver it.
 *
 * @see https://core.telegram.org/bots/api#update
 */
export function telegramUpdate({ id, at, owner, action }: Happened): object {
  const number = Number(id);
  const from = {
    id: TELEGRAM_PERSON,
    is_bot: false,
    first_name: owner.name,
    language_code: owner.language,
  };
  const chat = { id: TELEGRAM_PERSON, type: "private", first_name: owner.name };
  if (action.kind === "press") {
    const message = { message_id: Number(action.message), date: seconds(at), chat, text: "" };
    return {
      update_id: number,
      callback_query: { id: String(number), from, message, chat_instance: "1", data: action.data },
    };
  }
  const message = { message_id: number, date: seconds(at), chat, from };
  if (action.kind === "voice") {
    const file = fileOf(owner.phone, action);
    const voice = { file_id: file, file_unique_id: file, duration: action.seconds, mime_type: action.sound };
    return { update_id: number, message: { ...message, voice } };
  }
  const command = /^\/\w+/.exec(action.text)?.[0];
  const entities = command && { entities: [{ type: "bot_command", offset: 0, length: command.length }] };
  return { update_id: number, message: { ...message, text: action.text, ...entities } };
}

/**
 * Writes what happened as WhatsApp would deliver it.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples
 */
export function whatsappWebhook(happened: Happened): object {
  const { id, at, owner } = happened;
  const message = {
    from: WHATSAPP_PERSON,
    id: `wamid.phone.${id}`,
    timestamp: String(seconds(at)),
    ...whatsappContent(owner.phone, happened.action),
  };
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "390523000000", phone_number_id: "1" },
    contacts: [{ profile: { name: owner.name }, wa_id: WHATSAPP_PERSON }],
    messages: [message],
  };
  return {
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field: "messages", value }] }],
  };
}

/** The id of the sound that came with an action of a phone. */
export const soundOf = (phone: string, key: string): string => `${phone}/${key}`;

/** The same, empty where none came. */
const fileOf = (phone: string, action: PhoneAction & { readonly kind: "voice" }): string =>
  action.sound === undefined ? "" : soundOf(phone, action.key);

function whatsappContent(phone: string, action: PhoneAction): object {
  if (action.kind === "text") return { type: "text", text: { body: action.text } };
  if (action.kind === "voice") {
    return { type: "audio", audio: { id: fileOf(phone, action), mime_type: action.sound, voice: true } };
  }
  const context = { from: "390523000000", id: `wamid.phone.${action.message}` };
  const reply = { id: action.data, title: action.label };
  return action.on === "row"
    ? { context, type: "interactive", interactive: { type: "list_reply", list_reply: reply } }
    : { context, type: "interactive", interactive: { type: "button_reply", button_reply: reply } };
}
