import { expect, test } from "vitest";
import type { Held } from "../../../core/held.ts";
import type { Query } from "../../../core/queries.ts";
import { fresh, presses, talk, words } from "../../support/talk.ts";

const DAY = "2026-09-07";

/** All that is kept of somebody who wants to be reminded. */
const held: Held = {
  ...{ since: DAY, lastSeen: DAY, addresses: [], proposals: [], joined: [], ties: [], tickets: [] },
  ...{ cityUsers: [], questionnaires: [], accompanied: [], notices: [] },
  reminders: ["news", "event-idee"],
  hours: "evening",
  comune: "vigolzone",
  votedIn: "demo",
  consents: [
    {
      ...{ of: "news", act: "given", by: "button", channel: "telegram", on: DAY },
      words: "remind.offer:it:1f2e3d4c",
    },
    { act: "withdrawn", by: "blocked", channel: "telegram", on: "2026-09-10" },
  ],
};
const find = ({ kind }: Query) => (kind === "held" ? held : undefined);
const exported = (language: string) => {
  const session = { ...fresh(), welcomed: true, language };
  const { document } = talk(session, presses("go.mydata"), { find }).message;
  return document?.rows.map(({ label, value }) => `${label}: ${value}`) ?? [];
};

test("What is kept of one's reminders is handed over whole, with the proofs", () => {
  expect(exported("it")).toEqual(
    expect.arrayContaining([
      "Promemoria: news",
      "Promemoria: event-idee",
      "Quando avvisarti: La sera",
      "Il tuo Comune: Vigolzone",
      "Dici di aver votato: demo",
      "Avvisi chiesti o fermati: 7 settembre 2026: news, sì, button, telegram, remind.offer:it:1f2e3d4c",
      "Avvisi chiesti o fermati: 10 settembre 2026: tutto, no, blocked, telegram",
    ]),
  );
});

test.each(words.languages)("in %s as well", (language) => {
  expect(exported(language)).toHaveLength(exported("it").length);
});
