import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { untranslated } from "../../core/edition/checks.ts";
import { layOver } from "../../core/edition/merge.ts";
import { parseEdition } from "../../core/edition/parse.ts";
import type { Edition } from "../../core/edition/schema.ts";
import { edition2022, file2022, fileDemo, mistakesOf } from "./samples.ts";

const text2022 = readFileSync(file2022, "utf8");

const questionnaire = (given: object) => ({
  questionnaires: [
    {
      ...{ id: "bus", name: "x", about: "x", consent: "x", anonymous: true, sources: ["patto"] },
      ...{ from: "2022-10-01", to: "2022-10-31" },
      questions: [{ id: "why", kind: "text", ask: "x" }],
      ...given,
    },
  ],
});
const options = [
  { id: "a", name: "A" },
  { id: "b", name: "B" },
];

describe("a mistake is named by its path", () => {
  const privacy = { controller: "Ente", dpo: "dpo@ente.example" };
  test.each<[string, object, string]>([
    ["unknown key", { nmae: "x" }, "nmae: is not known: is it misspelt?"],
    ["unknown key deep inside", { vote: { paper: { form: "x" } } }, "vote.paper.form: is not known"],
    ["missing part", { about: null }, "about: is missing"],
    ["day that does not exist", { phases: [{ id: "vote", to: "2022-02-30" }] }, "phases.3.to: write a day"],
    [
      "offset outside a demonstration",
      { eligibility: { reachedBy: "+3d" } },
      "eligibility.reachedBy: write a day",
    ],
    [
      "phase that ends before it begins",
      { phases: [{ id: "proposals", to: "2022-04-01" }] },
      "phases.0.to: comes before",
    ],
    [
      "overlapping phases",
      { phases: [{ id: "evaluation", from: "2022-05-31" }] },
      "phases.1.from: must come after",
    ],
    [
      "repeated id",
      {
        comuni: [
          { id: "a", name: "A" },
          { id: "a", name: "B" },
        ],
      },
      "comuni.6.id: a is there already",
    ],
    ["bad id", { comuni: [{ id: "À", name: "A" }] }, "comuni.5.id: use 1 to 32"],
    [
      "paper vote outside the phase",
      { vote: { paper: { from: "2022-08-31" } } },
      "vote.paper.from: comes before",
    ],
    [
      "online vote outside the phase",
      { vote: { online: { to: "2022-10-19" } } },
      "vote.online.to: comes after",
    ],
    [
      "lowest cost above the highest",
      { proposals: { cost: { min: 10_000 } } },
      "proposals.cost.max: must be higher",
    ],
    [
      "contested below",
      { proposals: { cost: { contested: { max: 9000 } } } },
      "proposals.cost.contested.max: must be",
    ],
    [
      "cost beyond the budget",
      { budget: { amount: 9000 } },
      "proposals.cost.max: is more than the whole budget",
    ],
    ["unknown source", { budget: { sources: ["pato"] } }, "budget.sources.0: pato is not among the sources"],
    ["missing language", { name: { it: "Prova" } }, "name.en: is missing"],
    ["empty text", { name: { it: " ", en: "x" } }, "name.it: must not be empty"],
    ["no languages", { languages: [] }, "languages: name at least one language"],
    ["a language spoken whole and in part", { alsoIn: ["ro", "en"] }, "alsoIn.1: en is there already"],
    ["a language spoken in part twice", { alsoIn: ["ro", "ro"] }, "alsoIn.1: ro is there already"],
    ["time zone", { timeZone: "Europe/Roma" }, "timeZone: write a time zone"],
    ["no privacy notice", { privacy }, "privacy.notice: is missing"],
    [
      "advice shorter than the wait",
      { eligibility: { elsewhere: { register: { adviseDays: 2 } } } },
      "eligibility.elsewhere.register.adviseDays",
    ],
    [
      "no channel",
      { channels: { vote: { site: null, paper: null } } },
      "channels.vote: name at least one way",
    ],
    ["nowhere to vote", { channels: { vote: null } }, "channels.vote: is missing"],
    ["neither paper nor online", { vote: { paper: null, online: null } }, "vote: give paper, online or both"],
    [
      "register counted from no vote",
      { vote: { online: null } },
      "eligibility.elsewhere.register: needs vote.online",
    ],
    ["booth without paper", { vote: { paper: null } }, "vote.cityUserAtBooth: needs vote.paper"],
    ["nobody to call", { union: { phone: null } }, "union.phone: is missing"],
    ["number for a text", { union: { phone: 523370704 } }, "union.phone: write a text between quotes"],
    ["one source without brackets", { union: { sources: "patto" } }, "union.sources: write a list"],
    [
      "comma in a text without quotes",
      { unpublished: [{ id: "x", matter: "se", "e come": null }] },
      "unpublished.8.e come: is not known: put the text that it belongs to between quotes",
    ],
    [
      "questionnaire that ends before it begins",
      questionnaire({ to: "2022-09-01" }),
      "questionnaires.0.to: comes before",
    ],
    [
      "questionnaire of no kind known",
      questionnaire({ questions: [{ kind: "yesno" }] }),
      "questionnaires.0.questions.0.kind: use one of",
    ],
    [
      "option of a question that has none",
      questionnaire({ questions: [{ id: "a", kind: "text", ask: "x", options }] }),
      "questionnaires.0.questions.0.options: is not known",
    ],
    [
      "option that no button shows whole",
      questionnaire({
        questions: [
          { id: "a", kind: "choice", ask: "x", options: [...options, { id: "c", name: "x".repeat(25) }] },
        ],
      }),
      "questionnaires.0.questions.0.options.2.name: has more than 24 characters",
    ],
    [
      "condition on a later question",
      questionnaire({
        questions: [
          { id: "a", kind: "text", ask: "x", when: { question: "b", is: "a" } },
          { id: "b", kind: "choice", ask: "x", options },
        ],
      }),
      "questionnaires.0.questions.0.when.question: b is no earlier question",
    ],
    [
      "condition on a question without options",
      questionnaire({
        questions: [
          { id: "a", kind: "text", ask: "x" },
          { id: "b", kind: "text", ask: "x", when: { question: "a", is: "a" } },
        ],
      }),
      "questionnaires.0.questions.1.when.question: a has no options",
    ],
    [
      "condition on an option that is not there",
      questionnaire({
        questions: [
          { id: "a", kind: "several", ask: "x", options },
          { id: "b", kind: "text", ask: "x", when: { question: "a", is: "c" } },
        ],
      }),
      "questionnaires.0.questions.1.when.is: c is no option of a",
    ],
    [
      "source of a questionnaire",
      questionnaire({ sources: ["nobody"] }),
      "questionnaires.0.sources.0: nobody is not",
    ],
    ["demonstration and archive", { demo: true, archive: true }, "archive: a demonstration is no archive"],
  ])("%s", (_, patch, expected) => {
    expect(mistakesOf(patch).filter((mistake) => mistake.startsWith(expected))).toHaveLength(1);
  });

  test("and all of them are listed at once", () => {
    const mistakes = mistakesOf({
      nmae: "x",
      privacy: {},
      phases: [
        { id: "vote", to: "tomorrow" },
        { id: "proposals", to: "2022-04-01" },
      ],
      proposals: { cost: { min: 20_000, sources: ["nobody"] } },
      union: { site: "valnure" },
    });
    expect(mistakes.map((mistake) => mistake.split(":")[0])).toEqual([
      "union.site",
      "phases.0.to",
      "phases.3.to",
      "proposals.cost.max",
      "nmae",
      "privacy.controller",
      "privacy.dpo",
      "privacy.notice",
      "proposals.cost.sources.0",
    ]);
  });
});

test.each([
  ["a tab", "a:\n\tb: 1", "line 2: begins with a tab"],
  ["a colon in a text", "a: b: c", "line 1: has a second colon"],
  ["a quote left open", 'a: 1\nb: "c', "line 2: has a quote"],
  ["spaces that do not fit", 'a:\n  b: "1"\n   c: 2', "line 3: does not begin under"],
  ["a part that is there twice", "a: 1\nb: 2\na: 3", "line 3: is there twice"],
  ["a name without its colon", "a: 1\nb\nc: 2", "a name without its colon"],
])("where the file is not YAML because of %s, the line is told", (_, text, expected) => {
  const parsed = parseEdition(text);
  const mistakes = parsed.ok ? [] : parsed.mistakes.map(({ path, message }) => `${path}: ${message}`);
  expect(mistakes[0]).toContain(expected);
});

test("an edition may lack what its Union has not got", () => {
  const lacking = {
    budget: null,
    vote: null,
    channels: { vote: null },
    eligibility: { elsewhere: null },
    proposals: { cost: null, asks: null, paperForm: null },
  };
  // The file itself says nothing of reminders: what it gets for them was made for all its phases.
  const { phases, reminders: _, ...file } = edition2022;
  for (const some of [phases, phases.slice(0, 2), [phases[0], phases[2]], []]) {
    const text = JSON.stringify({ extends: "base", ...lacking });
    const parsed = parseEdition(text, { read: () => JSON.stringify({ ...file, phases: some }) });
    expect(parsed).toMatchObject({ ok: true });
  }
});

test("phases keep their order, and a vote has a phase", () => {
  const { phases } = edition2022;
  expect(mistakesOf({}, { phases: [...phases].reverse() })).toContain(
    "phases: must be in this order: proposals, evaluation, promotion, vote",
  );
  expect(mistakesOf({}, { phases: phases.slice(0, 3) })).toContain(
    "vote: has no phase: add one with id vote to phases, or leave vote out",
  );
});

test("an edition that names who answers for the data is accepted", () => {
  expect(mistakesOf({})).toEqual([]);
});

test("a file with any part spoilt gets a result, and a key that is not known is named", () => {
  const paths: string[][] = [];
  const collect = (value: unknown, path: string[]) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      paths.push([...path, key]);
      collect(item, [...path, key]);
    }
  };
  collect(edition2022, []);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
      const content = structuredClone(edition2022);
      const last = path.at(-1) ?? "";
      const parent = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(Object(at), key), content);
      Reflect.set(Object(parent), last, value);
      Reflect.set(Object(parent), "zzz", 1);
      const parsed = parseEdition(JSON.stringify(content));
      const named = parsed.ok ? [] : parsed.mistakes.map((mistake) => mistake.path);
      const isText = Object.keys(Object(parent)).some((key) => key === "it");
      if (!Array.isArray(parent) && !isText && path[0] !== "sources") {
        expect(named).toContain([...path.slice(0, -1), "zzz"].join("."));
      }
    }),
    { numRuns: 60 },
  );
});

test("whatever the text is, parsing gives a result", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseEdition(text).ok).toBe(false);
    }),
  );
  for (const text of ["", "a: [1", "a: *b", "a: 1\na: 2", "- 1", "extends: x", "extends: 3"]) {
    const parsed = parseEdition(text);
    expect(parsed.ok ? [] : parsed.mistakes).not.toEqual([]);
  }
});

test("a file extends one file, which extends none", () => {
  const demo = readFileSync(fileDemo, "utf8");
  expect(parseEdition(demo, { anchor: "2026-10-20", read: () => demo })).toMatchObject({
    mistakes: [{ path: "extends" }],
  });
  expect(parseEdition(demo, { anchor: "2026-10-20", read: () => text2022 }).ok).toBe(true);
  // Without an anchor the days of a demonstration cannot be known.
  const parsed = parseEdition(demo, { read: () => text2022 });
  expect(parsed.ok ? [] : parsed.mistakes.map(({ path }) => path)).toContain("phases.0.from");
});

test("a language that is spoken in part lacks texts, and that is no mistake", () => {
  expect(mistakesOf({ name: { it: "Prova", en: "Trial" } })).toEqual([]);
  const { about, eligibility, phases, union, vote } = edition2022;
  // What the parts that are covered say is all there.
  const said = JSON.stringify({ about, eligibility, phases, union, vote });
  const count = (language: string) => said.split(`"${language}":`).length;
  expect(edition2022.alsoIn.map(count)).toEqual(edition2022.alsoIn.map(() => count("it")));
  const lacks = ({ name }: Pick<Edition, "name">) => untranslated({ ...edition2022, name })[0]?.lacks ?? 0;
  const whole = lacks({ name: { it: "Prova", en: "Trial", ro: "Probă", sq: "Provë", ar: "تجربة" } });
  expect(lacks({ name: { it: "Prova", en: "Trial", sq: "Provë" } })).toBe(whole + 1);
});

test("laying a file over another replaces, removes by null, and matches items by id", () => {
  const base = {
    a: 1,
    b: { c: 2, d: 3 },
    list: [1, 2],
    items: [
      { id: "x", n: 1 },
      { id: "y", n: 2 },
    ],
  };
  const patch = {
    b: { c: null },
    list: [3],
    items: [
      { id: "y", n: 5 },
      { id: "z", n: 6 },
    ],
  };
  expect(layOver(base, patch)).toEqual({
    a: 1,
    b: { d: 3 },
    list: [3],
    items: [
      { id: "x", n: 1 },
      { id: "y", n: 5 },
      { id: "z", n: 6 },
    ],
  });
});
