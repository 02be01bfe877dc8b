import { type Api, GrammyError, HttpError, InputFile } from "grammy";
import type { Makers, Outcome } from "../channel.ts";
import { NOT_CONNECTED } from "../connection.ts";
import type { TelegramPayload } from "./render.ts";

/** Sends one payload to a chat. */
export async function sendTelegram(
  api: Api,
  makers: Makers,
  address: string,
  payload: TelegramPayload,
): Promise<Outcome> {
  try {
    const sent = await call(api, makers, address, payload);
    return { kind: "sent", id: String(sent.message_id) };
  } catch (error) {
    return outcomeOf(error);
  }
}

async function call(
  api: Api,
  { makeDocument, drawPicture }: Makers,
  address: string,
  payload: TelegramPayload,
) {
  const to = { chat_id: Number(address), ...markupOf(payload) };
  if (payload.method === "sendMessage") {
    // The picture of a page's preview would push the question off a small screen.
    return api.raw.sendMessage({ ...to, text: payload.text, link_preview_options: { is_disabled: true } });
  }
  const caption = payload.caption === undefined ? {} : { caption: payload.caption };
  if (payload.method === "sendPhoto") {
    const { name, bytes } = await drawPicture(payload.photo);
    return api.raw.sendPhoto({ ...to, ...caption, photo: new InputFile(bytes, safe(name)) });
  }
  const { name, bytes } = await makeDocument(payload.document);
  return api.raw.sendDocument({ ...to, ...caption, document: new InputFile(bytes, safe(name)) });
}

/** grammY writes the name into a header as it is, without quotes. */
const safe = (name: string) => name.replace(/[^\w.-]+/g, "-");

/** grammY wants buttons of which exactly one thing is known. */
function markupOf({ reply_markup: keyboard }: TelegramPayload) {
  if (!keyboard) return {};
  const rows = keyboard.inline_keyboard.map((row) =>
    row.map(({ text, url, callback_data }) =>
      url === undefined ? { text, callback_data: callback_data ?? "" } : { text, url },
    ),
  );
  return { reply_markup: { inline_keyboard: rows } };
}

/** What Telegram says of a chat that it will not bring anything to, beside 403. */
const GONE =
  /chat not found|user not found|user is deactivated|peer_id_invalid|chat_id is empty|chat was upgraded/i;

/**
 * What a failed call means for the message. Reasons are made of codes and of Telegram's own
 * descriptions: the error of a failed request names its address, and that contains the token.
 */
function outcomeOf(error: unknown): Exclude<Outcome, { kind: "sent" }> {
  if (error instanceof GrammyError) {
    const { error_code: code, description } = error;
    const reason = reasonOf(code, description);
    const after = error.parameters.retry_after;
    if (code === 429) return { kind: "later", reason, ...(after !== undefined && { afterMs: after * 1000 }) };
    if (code === 403 || (code === 400 && GONE.test(description))) return { kind: "unreachable", reason };
    // A refused token is not the message's fault, and whoever runs this will set another one.
    if (code >= 500 || code === 401 || code === 404 || code === 409) return { kind: "later", reason };
    return { kind: "refused", reason };
  }
  if (error instanceof HttpError) {
    const code = codeOf(error.error);
    if (code !== undefined && NOT_CONNECTED.has(code)) return { kind: "later", reason: code };
    return { kind: "uncertain", reason: code ?? "no answer" };
  }
  // The file could not be made: nothing was sent.
  return {
    kind: "later",
    reason: error instanceof Error ? `before sending: ${error.name}` : "before sending",
  };
}

/** The same for the same trouble, whatever seconds or ids stand in it: reasons are counted. */
const reasonOf = (code: number, description: string): string =>
  `${code} ${description.replace(/\d+/g, "#")}`.slice(0, 120);

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
