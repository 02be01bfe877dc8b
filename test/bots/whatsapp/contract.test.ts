import { createWhatsAppCodec } from "../../../bots/whatsapp/codec.ts";
import { channelContract, channelWords } from "../contract.ts";
import { whatsappScreen } from "./screen.ts";

const webhook = (message: object) => ({
  object: "whatsapp_business_account",
  entry: [
    {
      id: "102290129340398",
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: { display_phone_number: "390523000000", phone_number_id: "106540352242922" },
            contacts: [{ profile: { name: "Ada" }, wa_id: "393331234567" }],
            messages: [message],
          },
        },
      ],
    },
  ],
});
const head = (nth: number) => ({
  from: "393331234567",
  id: `wamid.HBgL${nth}`,
  timestamp: String(1_667_300_000 + nth),
});

channelContract("WhatsApp", {
  ...whatsappScreen,
  channel: createWhatsAppCodec(channelWords),
  typed: (text, nth) => webhook({ ...head(nth), type: "text", text: { body: text } }),
  pressed(payload, id, nth) {
    const asList = payload.type === "interactive" && payload.interactive.type === "list";
    const interactive = asList
      ? { type: "list_reply", list_reply: { id, title: "Scelta" } }
      : { type: "button_reply", button_reply: { id, title: "Scelta" } };
    return webhook({ ...head(nth), type: "interactive", interactive });
  },
  pictures: "shown",
  samples: [
    webhook({ ...head(1), type: "text", text: { body: "Ciao" } }),
    webhook({
      ...head(2),
      type: "audio",
      audio: { id: "1", mime_type: "audio/ogg; codecs=opus", voice: true },
    }),
    webhook({ ...head(3), type: "location", location: { latitude: 44.97, longitude: 9.67 } }),
    webhook({ ...head(4), type: "button", button: { payload: "go.proposal", text: "Proponi" } }),
    webhook({
      ...head(5),
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "c.1", title: "1" } },
    }),
  ],
});
