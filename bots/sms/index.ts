import type { Channel, Outcome } from "../channel.ts";
import { plain } from "../read.ts";
import { splitText } from "../text.ts";

/** Takes an SMS away, to a number in E.164; every failure is an outcome. */
export type SmsPost = (to: string, text: string) => Promise<Outcome>;

/** Ten parts of 153 letters, which telephones join (3GPP TS 23.040); ours take one or two. */
const LONGEST = 1530;

/** The assistant's SMS: codes and notices to people who gave no e-mail. It only sends, and only words. */
export const createSms = (post: SmsPost): Channel<never, string> => ({
  name: "sms",
  limits: { text: LONGEST, textWithChoices: LONGEST, caption: 0, label: 0, data: 0, choices: 0 },
  pace: { perSecond: 10, perAddressMs: 0 },
  parse: () => [],
  render: ({ text, link }) => splitText(plain(link ? `${text}\n${link.url}` : text), LONGEST),
  send: post,
});
