import { createWhatsAppCodec } from "../../../bots/whatsapp/codec.ts";
import type { WhatsAppPayload } from "../../../bots/whatsapp/render.ts";
import { type ChannelHarness, channelContract } from "../contract.ts";

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

/** What the Cloud API refuses: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages */
function problems(payload: WhatsAppPayload): string[] {
  const found: string[] = [];
  const bounded = (what: string, text: string, most: number) => {
    if (text.trim() === "" || text.length > most) found.push(`${what}: ${text.length}`);
  };
  const unique = (what: string, values: readonly string[]) => {
    if (new Set(values).size < values.length) found.push(`${what} are not unique`);
  };
  if (payload.type === "text") bounded("text", payload.text.body, 4096);
  if (payload.type === "document") bounded("caption", payload.document.caption ?? "-", 1024);
  if (payload.type !== "interactive") return found;
  const it = payload.interactive;
  bounded("body", it.body.text, 1024);
  if (it.type === "button") {
    const replies = it.action.buttons.map(({ reply }) => reply);
    if (replies.length < 1 || replies.length > 3) found.push(`${replies.length} buttons`);
    for (const { id, title } of replies) {
      bounded("button", title, 20);
      bounded("id", id, 256);
    }
    unique(
      "titles",
      replies.map(({ title }) => title),
    );
    unique(
      "ids",
      replies.map(({ id }) => id),
    );
  } else if (it.type === "list") {
    const rows = it.action.sections.flatMap((section) => section.rows);
    bounded("opener", it.action.button, 20);
    if (rows.length < 1 || rows.length > 10) found.push(`${rows.length} rows`);
    for (const { id, title, description } of rows) {
      bounded("row", title, 24);
      bounded("description", description ?? "-", 72);
      bounded("id", id, 200);
    }
    unique(
      "ids",
      rows.map(({ id }) => id),
    );
  } else {
    bounded("link", it.action.parameters.display_text, 20);
    if (!/^https?:/.test(it.action.parameters.url)) found.push(it.action.parameters.url);
  }
  return found;
}

channelContract(
  "WhatsApp",
  (): ChannelHarness<WhatsAppPayload> => ({
    codec: createWhatsAppCodec(() => ({ choose: "Scegli", more: "Altre scelte" })),
    problems,
    see(payload) {
      if (payload.type === "text") return { text: payload.text.body, pressable: [] };
      if (payload.type === "document")
        return { text: payload.document.caption ?? "", pressable: [], document: payload.document.document };
      const it = payload.interactive;
      const document = "header" in it && it.header ? { document: it.header.document.document } : {};
      if (it.type === "cta_url")
        return { text: it.body.text, pressable: [], link: it.action.parameters.url, ...document };
      const pressable =
        it.type === "button"
          ? it.action.buttons.map(({ reply: { id, title } }) => ({ data: id, label: title }))
          : it.action.sections
              .flatMap((section) => section.rows)
              .map(({ id, title, description }) => ({
                data: id,
                label: title,
                ...(description !== undefined && { hint: description }),
              }));
      return { text: it.body.text, pressable, ...document };
    },
    typed: (text, nth) => webhook({ ...head(nth), type: "text", text: { body: text } }),
    pressed(payload, id, nth) {
      const asList = payload.type === "interactive" && payload.interactive.type === "list";
      const interactive = asList
        ? { type: "list_reply", list_reply: { id, title: "Scelta" } }
        : { type: "button_reply", button_reply: { id, title: "Scelta" } };
      return webhook({ ...head(nth), type: "interactive", interactive });
    },
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
  }),
);
