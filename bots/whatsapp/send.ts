import type { Makers, Outcome } from "../channel.ts";
import { fields, list, text } from "../read.ts";
import { type Made, post, type WhatsAppAccount } from "./call.ts";
import type { WhatsAppHeader, WhatsAppPayload } from "./render.ts";
import type { WhatsAppApproved } from "./template-message.ts";

/** Sends one payload to a person, with the file that goes in it uploaded just before. */
export async function sendWhatsApp(
  account: WhatsAppAccount,
  makers: Makers,
  address: string,
  payload: WhatsAppPayload | WhatsAppApproved,
): Promise<Outcome> {
  const content = await withMedia(payload, (file) => upload(account, makers, file));
  if ("failure" in content) return content.failure;
  const message = {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipientOf(address),
    ...content.made,
  };
  const answer = await post(account, "messages", JSON.stringify(message));
  if ("failure" in answer) return answer.failure;
  const [first] = list(fields(answer.made)["messages"]);
  const id = text(fields(first)["id"]);
  return id ? { kind: "sent", id } : { kind: "uncertain", reason: "no id in the answer" };
}

/** Shows that a message was read and, while the answer takes its time, that one is being written. */
export async function markRead(account: WhatsAppAccount, messageId: string, typing: boolean): Promise<void> {
  const status = { messaging_product: "whatsapp", status: "read", message_id: messageId };
  await post(
    account,
    "messages",
    JSON.stringify(typing ? { ...status, typing_indicator: { type: "text" } } : status),
  );
}

/** Two letters, a dot and up to 128 letters and digits: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids */
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** A number stands in `to`, a user id in `recipient`. */
const recipientOf = (address: string) => (USER_ID.test(address) ? { recipient: address } : { to: address });

/** Puts a media id where the payload has a file to be made. */
async function withMedia(
  payload: WhatsAppPayload | WhatsAppApproved,
  upload: (file: WhatsAppHeader) => Promise<Made<string>>,
): Promise<Made<object>> {
  if (payload.type === "document" || payload.type === "image") {
    const media = await upload(payload);
    return "failure" in media ? media : { made: inPlace(payload, media.made) };
  }
  if (payload.type === "interactive" && "header" in payload.interactive && payload.interactive.header) {
    const media = await upload(payload.interactive.header);
    if ("failure" in media) return media;
    const header = inPlace(payload.interactive.header, media.made);
    return { made: { type: "interactive", interactive: { ...payload.interactive, header } } };
  }
  return { made: payload };
}

/** The same with an uploaded file in place of what it was made from. */
function inPlace(file: WhatsAppHeader, id: string): object {
  if (file.type === "document") {
    const { document: _, ...rest } = file.document;
    return { type: "document", document: { id, ...rest } };
  }
  const { picture: _, ...rest } = file.image;
  return { type: "image", image: { id, ...rest } };
}

/**
 * Nothing of it is kept to be sent again: a form holds what one person wrote. The platform forgets
 * it after thirty days.
 */
async function upload(
  account: WhatsAppAccount,
  { makeDocument, drawPicture }: Makers,
  file: WhatsAppHeader,
): Promise<Made<string>> {
  const form = new FormData();
  try {
    const { name, type, bytes } =
      file.type === "document"
        ? await makeDocument(file.document.document)
        : await drawPicture(file.image.picture);
    form.set("messaging_product", "whatsapp");
    form.set("type", type);
    form.set("file", new Blob([new Uint8Array(bytes)], { type }), name);
  } catch (error) {
    const reason = error instanceof Error ? `before sending: ${error.name}` : "before sending";
    return { failure: { kind: "later", reason } };
  }
  const answer = await post(account, "media", form);
  if ("failure" in answer) {
    const { failure } = answer;
    // A file that may or may not be there harms nobody: the message was not sent.
    return { failure: failure.kind === "uncertain" ? { kind: "later", reason: failure.reason } : failure };
  }
  const id = text(fields(answer.made)["id"]);
  return id ? { made: id } : { failure: { kind: "later", reason: "no id of the media" } };
}
