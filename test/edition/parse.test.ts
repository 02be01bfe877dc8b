import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
