import { makeDocument } from "../../../bots/documents/index.ts";
import type { PhoneAction } from "../../../bots/phone/action.ts";
import { createPhones } from "../../../bots/phone/index.ts";
import { drawPicture } from "../../../bots/pictures/index.ts";
import { createTelegramCodec } from "../../../bots/telegram/codec.ts";
import { createWhatsAppCodec } from "../../../bots/whatsapp/codec.ts";
import { channelContract, channelWords } from "../contract.ts";
import { telegramScreen } from "../telegram/screen.ts";
import { whatsappScreen } from "../whatsapp/screen.ts";

const SCREENS = { "phone-telegram": telegramScreen, "phone-whatsapp": whatsappScreen };
const owner = { phone: "rosa-1", name: "Rosa", language: "it" };

/** What happens on a phone, as its history numbers it. */
const happens = (action: PhoneAction, nth: number) => ({
  id: BigInt(nth),
  at: new Date("2026-09-07T10:00:00Z"),
  owner,
  action,
});
const key = "a-key-of-the-page";
const press = (on: "button" | "row", data: string, nth: number) =>
  happens({ kind: "press", key, on, data, label: "Scelta", message: "1" }, nth);

const { channels } = createPhones({
  codecs: { telegram: createTelegramCodec(channelWords), whatsapp: createWhatsAppCodec(channelWords) },
  // The contract is about reading and drawing: nothing is stored.
  history: { append: async () => 1n, after: async () => [] },
  inbox: { receive: async () => {} },
  makeDocument,
  drawPicture,
  page: () => "http://127.0.0.1:3000/",
});

for (const channel of channels) {
  channelContract(channel.name, {
    ...(channel.name === "phone-telegram" ? SCREENS["phone-telegram"] : SCREENS["phone-whatsapp"]),
    channel,
    typed: (text, nth) => happens({ kind: "text", key, text }, nth),
    pressed: (_, data, nth) => press("button", data, nth),
    pictures: "shown",
    samples: [
      happens({ kind: "text", key, text: "/start" }, 1),
      happens({ kind: "voice", key, seconds: 3 }, 2),
      press("button", "c.1", 3),
      press("row", "c.2", 4),
    ],
  });
}
