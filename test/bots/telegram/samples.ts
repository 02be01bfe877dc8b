const from = { id: 5_000_000_001, is_bot: false, first_name: "Ada", language_code: "it" };
const chat = { id: from.id, type: "private", first_name: "Ada" };
const date = 1_667_300_000;
const file = { file_id: "f", file_unique_id: "f" };

/** A message with this content, in a private chat unless said otherwise. */
export const message = (content: object, more: object = {}) => ({
  update_id: 700_000_001,
  message: { message_id: 1, date, chat, from, ...content, ...more },
});

export const supergroup = { id: -1_000_000_000_001, type: "supergroup", title: "Gruppo" };

export const press = (more: object = {}) => ({
  update_id: 700_000_001,
  callback_query: {
    id: "4382bfdwdsb323b2d9",
    from,
    message: { message_id: 1, date, chat, text: "Che fai?" },
    chat_instance: "1",
    data: "go.proposal",
    ...more,
  },
});

const user = { id: 1_234_567, is_bot: true, first_name: "Assistente" };

/** The assistant's standing in a chat has changed. */
export const chatMember = (status: string | null, more: object = {}) => ({
  update_id: 700_000_001,
  my_chat_member: {
    ...{ chat, from, date },
    old_chat_member: { status: "member", user },
    new_chat_member: { status, user, ...(status === "kicked" && { until_date: 0 }) },
    ...more,
  },
});

/** One update of every kind that comes, and of some that do not. */
export const telegramSamples: readonly unknown[] = [
  message({ text: "Ciao" }),
  chatMember("kicked"),
  message({ text: "/start voto", entities: [{ type: "bot_command", offset: 0, length: 6 }] }),
  message({ text: "/menu@bene_comune_bot" }),
  message({ voice: { ...file, duration: 3 } }),
  message({ photo: [{ ...file, width: 1, height: 1 }], caption: "La piazza" }),
  message({ video_note: { ...file, length: 1, duration: 1 } }),
  message({ document: file }),
  message({
    sticker: { ...file, type: "regular", width: 1, height: 1, is_animated: false, is_video: false },
  }),
  message({ contact: { phone_number: "+39", first_name: "Bice" } }),
  message({ location: { latitude: 44.97, longitude: 9.67 } }),
  message({ poll: { id: "1", question: "?", options: [] } }),
  message({ pinned_message: { message_id: 1, date, chat } }),
  message({ text: "/start" }, { chat: supergroup }),
  message({ text: "Senti @bene_comune_bot" }, { chat: supergroup }),
  message({ text: "Buongiorno a tutti" }, { chat: supergroup }),
  {
    update_id: 700_000_002,
    edited_message: { message_id: 1, date, edit_date: date, chat, from, text: "Ciao!" },
  },
  {
    update_id: 700_000_003,
    channel_post: { message_id: 1, date, chat: { id: -1, type: "channel" }, text: "Avviso" },
  },
  {
    update_id: 700_000_004,
    my_chat_member: { chat, from, date, old_chat_member: {}, new_chat_member: { status: "kicked" } },
  },
  press(),
  press({ message: { message_id: 1, date: 0, chat } }),
  press({ message: undefined, inline_message_id: "1" }),
];
