import type { MakeDocument, Outcome } from "../channel.ts";
import { NOT_CONNECTED } from "../connection.ts";
import { fields, list, text } from "../read.ts";
import { failureOf, type WhatsAppFailure } from "./errors.ts";
import type { WhatsAppApproved, WhatsAppDocument, WhatsAppPayload } from "./render.ts";

/** Where the Cloud API is, and who calls it. */
export interface WhatsAppAccount {
  readonly apiRoot: string;
  readonly apiVersion: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** How long a call may take before its outcome counts as unknown. */
  readonly timeoutMs: number;
}

/** Sends one payload to a person, with the document that goes in it uploaded just before. */
export async function sendWhatsApp(
  account: WhatsAppAccount,
  makeDocument: MakeDocument,
  address: string,
  payload: WhatsAppPayload | WhatsAppApproved,
): Promise<Outcome> {
  const content = await withMedia(payload, (document) => upload(account, makeDocument, document));
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

type Made<T> = { readonly made: T } | { readonly failure: WhatsAppFailure };

/** Puts a media id where the payload has a document to be made. */
async function withMedia(
  payload: WhatsAppPayload | WhatsAppApproved,
  upload: (document: WhatsAppDocument) => Promise<Made<string>>,
): Promise<Made<object>> {
  if (payload.type === "document") {
    const { filename, caption } = payload.document;
    const media = await upload(payload.document);
    if ("failure" in media) return media;
    return { made: { type: "document", document: { id: media.made, filename, caption } } };
  }
  if (payload.type === "interactive" && "header" in payload.interactive && payload.interactive.header) {
    const { document } = payload.interactive.header;
    const media = await upload(document);
    if ("failure" in media) return media;
    const header = { type: "document", document: { id: media.made, filename: document.filename } };
    return { made: { type: "interactive", interactive: { ...payload.interactive, header } } };
  }
  return { made: payload };
}

/**
 * Nothing of it is kept to be sent again: a form holds what one person wrote. The platform forgets
 * it after thirty days.
 */
async function upload(
  account: WhatsAppAccount,
  makeDocument: MakeDocument,
  { document }: WhatsAppDocument,
): Promise<Made<string>> {
  const form = new FormData();
  try {
    const { name, type, bytes } = await makeDocument(document);
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

async function post(
  account: WhatsAppAccount,
  edge: "messages" | "media",
  body: string | FormData,
): Promise<Made<unknown>> {
  const { apiRoot, apiVersion, phoneNumberId, accessToken, timeoutMs } = account;
  let status: number;
  let answered: string;
  try {
    const response = await fetch(`${apiRoot}/${apiVersion}/${phoneNumberId}/${edge}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(typeof body === "string" && { "content-type": "application/json" }),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.status;
    answered = await response.text();
  } catch (error) {
    return { failure: unanswered(error) };
  }
  const read = json(answered);
  return status >= 200 && status < 300 && read !== undefined
    ? { made: read }
    : { failure: failureOf(status, read) };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function unanswered(error: unknown): WhatsAppFailure {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = text(fields(cause)["code"]);
  if (code !== undefined && NOT_CONNECTED.has(code)) return { kind: "later", reason: code };
  return { kind: "uncertain", reason: code ?? (error instanceof Error ? error.name : "no answer") };
}
