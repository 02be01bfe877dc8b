import { createTelegramCodec } from "../../../bots/telegram/codec.ts";
import { channelContract, channelWords } from "../contract.ts";
import { telegramSamples } from "./samples.ts";
import { telegramScreen } from "./screen.ts";

const from = { id: 5_000_000_001, is_bot: false, first_name: "Ada", language_code: "it" };
const chat = { id: from.id, type: "private", first_name: "Ada" };

channelContract("Telegram", {
  ...telegramScreen,
  channel: createTelegramCodec(channelWords),
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
  pictures: "shown",
  samples: telegramSamples,
});
