import { describe, expect, test } from "vitest";
import { blockingOf, parseTelegram } from "../../../bots/telegram/parse.ts";
import { loadTypes } from "../../fakes/telegram/spec.ts";
import { FakeTelegram } from "../../fakes/telegram.ts";
import { chatMember, message, press, supergroup } from "./samples.ts";

const incoming = (update: unknown) => parseTelegram(update, "bene_comune_bot").map((it) => it.incoming);

test("an arrival says where the answer goes, which delivery it was and the app's language", () => {
  expect(parseTelegram(message({ text: "Ciao" }))).toEqual([
    {
      channel: "telegram",
      address: "5000000001",
      id: "700000001",
      order: 700_000_001,
      incoming: { kind: "text", text: "Ciao" },
      language: "it",
    },
  ]);
});

test.each([
  ["/start", { kind: "start", payload: "" }],
  ["/start voto-2", { kind: "start", payload: "voto-2" }],
  ["/start@bene_comune_bot voto", { kind: "start", payload: "voto" }],
  ["/menu", { kind: "text", text: "menu" }],
  ["/piu_semplice", { kind: "text", text: "piu semplice" }],
  ["/proposta@bene_comune_bot un forno", { kind: "text", text: "proposta un forno" }],
  ["/", { kind: "text", text: "/" }],
  ["1/2", { kind: "text", text: "1/2" }],
  ["\u0007 \n", { kind: "media", media: "unknown" }],
])("%j is read as it is meant", (text, expected) => {
  expect(incoming(message({ text }))).toEqual([expected]);
});

test.each([
  [{ voice: {} }, "voice"],
  [{ photo: [], caption: "La piazza" }, "photo"],
  [{ video_note: {} }, "video"],
  // An animation is a document as well.
  [{ animation: {}, document: {} }, "video"],
  [{ document: {} }, "document"],
  [{ sticker: {} }, "sticker"],
  [{ contact: {} }, "contact"],
  [{ poll: {} }, "unknown"],
  [{ location: { latitude: "44", longitude: 9 }, venue: {}, dice: {} }, "unknown"],
])("%j is media that asks for a courteous answer", (content, media) => {
  expect(incoming(message(content))).toEqual([{ kind: "media", media }]);
});

test.each([
  [
    { voice: { file_id: "AwAC", file_unique_id: "x", duration: 7, mime_type: "audio/ogg", file_size: 5 } },
    { file: "AwAC", type: "audio/ogg", seconds: 7 },
  ],
  [{ audio: { file_id: "CQAC", duration: 90 } }, { file: "CQAC", seconds: 90 }],
  [{ voice: { file_id: "AwAC", duration: "7", mime_type: 1 } }, { file: "AwAC" }],
])("%j is a recording that can be fetched", (content, recording) => {
  expect(incoming(message(content))).toEqual([{ kind: "media", media: "voice", recording }]);
});

test("a place is a place, also where it has a name", () => {
  const place = { location: { latitude: 44.97, longitude: 9.67 }, venue: { title: "Municipio" } };
  expect(incoming(message(place))).toEqual([{ kind: "location", latitude: 44.97, longitude: 9.67 }]);
});

test("a press gives the data that was drawn, also on a message that Telegram no longer shows", () => {
  const pressed = { kind: "choice", data: "go.proposal" };
  expect(incoming(press())).toEqual([pressed]);
  expect(incoming(press({ message: { message_id: 1, date: 0, chat: { id: 5, type: "private" } } }))).toEqual([
    pressed,
  ]);
  expect(parseTelegram(press({ message: undefined }))[0]?.address).toBe("5000000001");
});

test("a changed text is an edit; a live position that moves is nothing", () => {
  const changed = (content: object) => ({ update_id: 1, edited_message: message(content).message });
  expect(incoming(changed({ text: "Ciao!" }))).toEqual([{ kind: "edited", text: "Ciao!" }]);
  expect(incoming(changed({ location: { latitude: 1, longitude: 1, live_period: 60 } }))).toEqual([]);
});

test.each(["/start", "/proposta@Bene_Comune_Bot", "senti @bene_comune_bot, ci sei?"])(
  "in a group %j calls the assistant, and the group is answered",
  (text) => {
    const arrivals = parseTelegram(message({ text }, { chat: supergroup }), "bene_comune_bot");
    expect(arrivals).toMatchObject([{ address: "-1000000000001", incoming: { kind: "group" } }]);
  },
);

test.each([
  message({ text: "Buongiorno a tutti" }, { chat: supergroup }),
  message({ text: "/start@other_bot" }, { chat: supergroup }),
  message({ voice: {} }, { chat: supergroup }),
  message({ new_chat_members: [{}] }, { chat: supergroup }),
  press({ message: { message_id: 1, date: 1, chat: supergroup } }),
  message({ text: "Ciao" }, { from: { id: 1, is_bot: true } }),
  message({ pinned_message: {} }),
  { update_id: 1, channel_post: { message_id: 1, chat: { id: -1, type: "channel" }, text: "/start" } },
  { update_id: 1, my_chat_member: {} },
  { update_id: "1", message: message({ text: "Ciao" }).message },
])("what is not for the assistant gets silence: %j", (update) => {
  expect(incoming(update)).toEqual([]);
});

describe("who blocks the assistant, or lets it write again", () => {
  const ids = { channel: "telegram", addresses: ["5000000001"] };
  test.each([
    ["kicked", [{ kind: "blocked", ...ids }]],
    ["member", [{ kind: "unblocked", ...ids }]],
    ["restricted", []],
    [null, []],
  ])("%j", (status, expected) => {
    const update = chatMember(status);
    expect(blockingOf(update)).toEqual(expected);
    expect(incoming(update)).toEqual([]);
  });

  test("does so in a group, which is no person's chat", () => {
    expect(blockingOf(chatMember("kicked", { chat: supergroup }))).toEqual([]);
  });

  const check = loadTypes();
  test.skipIf(!check)("is told as the Bot API's specification has it", () => {
    const fake = new FakeTelegram();
    const updates: unknown[] = [];
    fake.updates.add = (kind, content) =>
      void updates.push({ update_id: updates.length + 1, [kind]: content });
    const ada = fake.person("Ada");
    ada.blocks();
    ada.unblocks();
    expect(updates.map((update) => check?.("Update", update))).toEqual([[], []]);
    expect(check?.("Update", chatMember("kicked"))).toEqual([]);
    expect(updates.flatMap(blockingOf).map(({ kind }) => kind)).toEqual(["blocked", "unblocked"]);
  });
});
