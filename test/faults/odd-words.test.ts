import { afterAll, beforeAll, expect, test } from "vitest";
import { createAssistant } from "../../assistant.ts";
import { makeDocument } from "../../bots/documents/index.ts";
import type { Message } from "../../core/engine/message.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { arrival } from "../support/stores.ts";

/* Words that are hard on parsers, databases and fonts become a proposal like any other. */

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const ODD = {
  "right to left": "\u202Eمكتبة رقمية لكل القرى\u202C والجميع يستطيع أن يتعلم فيها معا كل يوم",
  emoji: "👩🏽‍🦽👨‍👩‍👧‍👦🇮🇹 wifi 🏴󠁧󠁢󠁥󠁮󠁧󠁿 per tutti 🙂🙂🙂 nelle piazze dei cinque Comuni",
  "control characters":
    "Uno\u0000due\u0007\u001B[31m tre\u0085\u2028 quattro\u200B\uFEFF cinque sei sette otto",
  "halves of characters": "Uno \uD83D due \uDE00 tre quattro cinque sei sette otto nove dieci",
  code: `'; DROP TABLE "Proposal"; -- <script>alert("{title}")</script> {{x}} \\u0000 %s $1`,
  marks: `Z${"\u0335\u0321\u0489".repeat(10)}a${"\u0335".repeat(10)} e altre parole che si leggono bene`,
};

test.each(Object.entries(ODD))("%s", async (name, words) => {
  const house = await openTestHouse(database, { seed: name });
  const [chat, mail] = [createRecorder("chat"), createRecorder("mail")];
  const assistant = createAssistant(house, () => [chat, mail]);
  assistant.start();
  const label = (key: string) => house.words.say("it", { key: `proposal.${key}` });

  async function does(words: string): Promise<Message> {
    await assistant.inbox.receive([arrival(name, words, { channel: "chat" })]);
    return chat.next(name);
  }
  await does("proposta");
  for (const answer of [label("eligible.option.yes"), label("proposer.option.person"), "Ada", "Verdi"]) {
    await does(answer);
  }
  await does("ada@posta.it");
  const { text: letter } = await mail.next("ada@posta.it");
  await does(/\d{6}/.exec(letter)?.[0] ?? "");
  await does("1"); // the first challenge
  for (const _ of ["title", "need", "solution", "reach", "involved", "place"]) await does(words);
  await does("quattromila euro");
  await does(words); // possible conflicts
  const sent = await does(house.words.say("it", { key: "proposal.review.option.send" }));
  await assistant.stop();

  const form = sent.document && (await makeDocument(sent.document));
  expect(Buffer.from(form?.bytes ?? []).toString("latin1", 0, 5)).toBe("%PDF-");
  const [row, ...others] = await database.prisma.proposal.findMany({ where: { edition: house.edition.id } });
  expect(others).toEqual([]);
  const fields = [
    row?.title,
    row?.need,
    row?.solution,
    row?.reach,
    row?.involved,
    row?.place,
    row?.conflicts,
  ];
  // The same in every place, and nothing that cannot be printed.
  expect(new Set(fields).size).toBe(1);
  expect(row?.title).not.toMatch(/[\p{Cc}\p{Cs}]/u);
  expect(row?.title.length).toBeGreaterThan(40);
  expect(row?.cost).toBe(4000);
});
