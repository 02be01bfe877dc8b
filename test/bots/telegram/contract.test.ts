import { createTelegramCodec } from "../../../bots/telegram/codec.ts";
import type { TelegramPayload } from "../../../bots/telegram/render.ts";
import { buttonsOf, captionOf, textOf } from "../../fakes/telegram/limits.ts";
import { loadSpec } from "../../fakes/telegram/spec.ts";
import { UploadedFile } from "../../fakes/telegram/types.ts";
import { type ChannelHarness, channelContract } from "../contract.ts";
import { telegramSamples } from "./samples.ts";

const check = loadSpec();
const from = { id: 5_000_000_001, is_bot: false, first_name: "Ada", language_code: "it" };
const chat = { id: from.id, type: "private", first_name: "Ada" };

/** What the fake's limits, which are Telegram's, refuse of it, and what Telegram's specification does. */
function problems(payload: TelegramPayload): string[] {
  const { method, ...rest } = payload;
  const document =
    payload.method === "sendDocument" ? { document: new UploadedFile("a.pdf", new Uint8Array(1)) } : {};
  const call = { chat_id: chat.id, ...rest, ...document };
  try {
    buttonsOf(call);
    if (method === "sendMessage") textOf(call);
    else captionOf(call);
  } catch (error) {
    return [String(error)];
  }
  return [...(check?.(method.toLowerCase(), call) ?? [])];
}

channelContract(
  "Telegram",
  (): ChannelHarness<TelegramPayload> => ({
    codec: createTelegramCodec(() => ({ choose: "Scegli", more: "Altre scelte" })),
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
      };
    },
    typed: (text, nth) => ({
      update_id: 1000 + nth,
      message: { message_id: nth, date: 1_667_300_000, chat, from, text },
    }),
    pressed: (_, data, nth) => ({
      update_id: 1000 + nth,
      callback_query: {
        id: String(nth),
        from,
        chat_instance: "1",
        data,
        message: { message_id: nth, date: 1_667_300_000, chat },
      },
    }),
    samples: telegramSamples,
  }),
);
