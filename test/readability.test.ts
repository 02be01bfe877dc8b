import { describe, expect, test } from "vitest";
import type { Params, Text } from "../core/engine/message.ts";
import { gulpease, wordsOf } from "./support/gulpease.ts";
import { localeFiles, messageKeys } from "./support/locale-keys.ts";
import { demo, words } from "./support/talk.ts";

const quoted = (literal: string): Text => ({ literal });
const list = (items: readonly (typeof demo.name)[]): Text => ({
  list: items.map((literal) => ({ literal })),
});
const bullets = (items: readonly (typeof demo.name)[]): Text => ({
  lines: items.map((literal) => ({ key: "rules.bullet", params: { text: { literal } } })),
});
const { union, proposals, eligibility, channels, comuni, budget } = demo;
const { paper, online } = demo.vote ?? {};
const { cost } = proposals;
const { elsewhere } = eligibility;
const [challenge] = proposals.challenges;
const [conflict] = demo.conflicts;
const pact = demo.sources["patto"];
if (!challenge || !conflict || !pact || !paper || !online || !budget || !cost || !elsewhere?.register)
  throw new Error("The demonstration has nothing to fill messages with.");

/** What fills the placeholders, by name: the demonstration's own words, and answers as people give them. */
const filling: Params = {
  about: { literal: demo.about.text },
  address: "maria.rossi@posta.it",
  admitted: bullets(challenge.admits),
  age: eligibility.minimumAge,
  askBy: { date: "2026-10-11" },
  asks: list(online.asks),
  assistant: { literal: demo.name },
  at: "9:00",
  because: quoted("Il legame non risulta."),
  born: { date: "2010-10-18" },
  budget: { euros: budget.amount },
  by: { date: eligibility.reachedBy },
  challenge: { literal: challenge.name },
  code: "QLTVXD",
  comune: "Vigolzone",
  comuni: list(comuni.map(({ name }) => name)),
  cost: { euros: 5000 },
  contact: "maria.rossi@posta.it",
  controller: { literal: demo.privacy.controller ?? demo.union.name },
  count: 3,
  date: { date: "2026-09-07" },
  day: { date: "2026-10-03" },
  documents: list(paper.documents),
  drafts: 1,
  dpo: { literal: demo.union.name },
  edition: { literal: demo.name },
  elsewhere: { literal: elsewhere.who },
  email: "maria.rossi@posta.it",
  euros: { euros: 4000 },
  first: { date: online.from },
  flow: "cityuser",
  from: { date: paper.from },
  higher: { euros: 12_500 },
  hours: "dal lunedì al venerdì, dalle 9 alle 13",
  how: { literal: elsewhere.register.how },
  id: "3f9a01c2",
  inForce: { literal: conflict.inForce },
  items: bullets(demo.helpers?.items ?? []),
  joined: 1,
  last: { date: "2027-03-04" },
  left: 2,
  length: 2000,
  limits: "some",
  matter: { literal: conflict.matter },
  matters: bullets(demo.unpublished.map(({ matter }) => matter)),
  max: { euros: cost.max },
  may: { literal: eligibility.entitledTo },
  min: { euros: cost.min },
  minutes: 15,
  most: 3,
  name: "Rosa",
  next: { literal: proposals.after.text },
  number: 1,
  on: { date: "2027-03-15" },
  onRoll: 22_000,
  other: { literal: pact.title },
  phase: "raccolta delle proposte",
  phone: union.phone ?? "",
  proposals: 2,
  reminders: 1,
  requests: 1,
  retention: { literal: demo.privacy.retention ?? "" },
  rule: quoted("Il costo deve stare fra 3.000 € e 10.000 €."),
  said: "Apri il progetto QLTVXD",
  seconds: 8,
  signature: "k3Jx0a",
  site: union.site ?? "",
  source: { literal: pact.title },
  sources: { literal: pact.title },
  spent: { euros: 12_000 },
  state: { key: "mine.state.submitted" },
  station: "Biblioteca di Podenzano",
  surname: "Rossi",
  text: quoted("Nonni in rete per tutti"),
  tickets: 1,
  time: "10:40",
  ties: 1,
  title: "Nonni in rete per tutti",
  titles: bullets(["Nonni in rete per tutti"]),
  to: { date: paper.to },
  today: { date: "2026-09-07" },
  union: { literal: union.name },
  until: "12:30",
  url: union.site ?? "",
  values: bullets(conflict.values.map(({ text }) => text)),
  via: "both",
  wait: elsewhere.register.waitDays,
  where: list(channels.proposals.paper?.where ?? []),
  year: "1949",
  voted: 1800,
  votes: 640,
  blank: 12,
  null: 3,
};

/** Every message of a file as it is read, about oneself and about somebody else. */
function messages(file: string): readonly (readonly [key: string, text: string])[] {
  return messageKeys("it", file).flatMap((key) => {
    const said = ["self", "someone"].map((who) => words.say("it", { key, params: { ...filling, who } }));
    return [...new Set(said)].map((text) => [key, text] as const);
  });
}

/** Labels of buttons and of rows are no sentences: their few words would only flatter the average. */
const isSentence = (key: string) => !/\.(name|option\.[^.]+)$/.test(key);

/** Messages that are not measured, each with the reason. */
const exempt: Readonly<Record<string, string>> = {
  "sources.source": "It is a document's title, which has to stand as it is.",
};

const measured = (file: string) =>
  messages(file).filter(([key]) => isSentence(key) && !Object.hasOwn(exempt, key));
const files = localeFiles("it").filter((file) => measured(file).length > 0);
const rounded = (index: number) => Math.round(index * 10) / 10;

describe("In Italian, by the Gulpease index,", () => {
  test.each(files)(
    "every long message of %s is at 60 or more, and its messages are at 75 on average",
    (file) => {
      const read = measured(file);
      const hard = read
        .filter(([, text]) => wordsOf(text).length >= 30 && gulpease(text) < 60)
        .map(([key, text]) => `${key} ${rounded(gulpease(text))}: ${text}`);
      expect(hard).toEqual([]);
      const average = read.reduce((sum, [, text]) => sum + gulpease(text), 0) / read.length;
      expect(average).toBeGreaterThanOrEqual(75);
    },
  );

  test("bureaucratic words are told from plain ones", () => {
    const plain = "Oggi è presto. Se vuoi, ti avviso io.";
    const bureaucratic =
      "Le istanze dovranno essere presentate esclusivamente avvalendosi della modulistica appositamente predisposta dall'Amministrazione procedente.";
    expect(gulpease(plain)).toBeGreaterThan(90);
    expect(gulpease(bureaucratic)).toBeLessThan(40);
  });

  test("the index is that of the formula", () => {
    // 1 sentence, 11 words, 61 letters: 89 + (300 - 610) / 11.
    const sentence = "La commissione dell'Unione controlla la proposta insieme a chi l'ha fatta.";
    expect(gulpease(sentence)).toBeCloseTo(60.82, 2);
    // The same in two lines: 89 + (600 - 610) / 11.
    expect(
      gulpease(`• La commissione dell'Unione controlla la proposta;\n• insieme a chi l'ha fatta.`),
    ).toBeCloseTo(88.09, 2);
    expect(gulpease("Vai.")).toBe(100);
  });
});
