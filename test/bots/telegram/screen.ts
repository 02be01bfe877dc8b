import type { TelegramPayload } from "../../../bots/telegram/render.ts";
import { buttonsOf, captionOf, textOf } from "../../fakes/telegram/limits.ts";
import { loadSpec } from "../../fakes/telegram/spec.ts";
import { UploadedFile } from "../../fakes/telegram/types.ts";
import type { Screen } from "../contract.ts";

const check = loadSpec();
/** What the fake's limits, which are Telegram's, refuse of it, and what Telegram's specification does. */
function problems(payload: TelegramPayload): string[] {
  const { method, ...rest } = payload;
  const file = new UploadedFile("a.file", new Uint8Array(1));
  const files = { sendMessage: {}, sendDocument: { document: file }, sendPhoto: { photo: file } };
  const call = { chat_id: 1, ...rest, ...files[method] };
  try {
    buttonsOf(call);
    if (method === "sendMessage") textOf(call);
    else captionOf(call);
  } catch (error) {
    return [String(error)];
  }
  return [...(check?.(method.toLowerCase(), call) ?? [])];
}

/** Telegram's screen, for whatever channel draws on it. */
export const telegramScreen: Screen<TelegramPayload> = {
  problems,
  see(payload) {
    const buttons = (payload.reply_markup?.inline_keyboard ?? []).flat();
    const link = buttons.find(({ url }) => url !== undefined)?.url;
    return {
      text: payload.method === "sendMessage" ? payload.text : (payload.caption ?? ""),
      pressable: buttons.flatMap(({ text, callback_data: data }) =>
        data === undefined ? [] : [{ label: text, data }],
      ),
      ...(link !== undefined && { link }),
      ...(payload.method === "sendDocument" && { document: payload.document }),
      ...(payload.method === "sendPhoto" && { picture: payload.photo }),
    };
  },
};
