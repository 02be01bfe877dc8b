import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { untranslated } from "../../core/edition/checks.ts";
import { layOver } from "../../core/edition/merge.ts";
import { parseEdition } from "../../core/edition/parse.ts";
import { edition2022, file2022, fileDemo, mistakesOf } from "./samples.ts";

const text2022 = readFileSync(file2022, "utf8");

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
  const { phases } = edition2022;
  for (const some of [phases, phases.slice(0, 2), [phases[0], phases[2]], []]) {
    const text = JSON.stringify({ extends: "base", ...lacking });
    const parsed = parseEdition(text, { read: () => JSON.stringify({ ...edition2022, phases: some }) });
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
  const [lacking] = untranslated({ ...edition2022, name: { it: "Prova", en: "Trial", sq: "Provë" } });
  expect(lacking).toMatchObject({ language: "ro", lacks: 1 });
  expect(untranslated(edition2022).map(({ language, lacks }) => [language, lacks])).toEqual(
    edition2022.alsoIn.map((language) => [language, 0]),
  );
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
