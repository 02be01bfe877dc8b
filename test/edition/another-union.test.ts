import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isMapping, layOver } from "../../core/edition/merge.ts";
import { parseEdition } from "../../core/edition/parse.ts";
import { concerns } from "../../core/edition/schema.ts";
import { ANCHOR } from "../support/house.ts";

const page = readFileSync("docs/another-union.md", "utf8");
const example = readFileSync("editions/val-d-enza.yaml", "utf8");

/** What the page tells to copy: each piece, with the words before it. */
const pieces = [...page.matchAll(/((?:[^\n]+\n)+)\n *```yaml\n([\s\S]*?)\n *```/g)].map(
  ([, before = "", yaml = ""]) => ({
    before,
    yaml,
  }),
);

/** Puts a piece where its introduction says: below some line, or at the left edge. */
function place({ before, yaml }: (typeof pieces)[number]): unknown {
  const content: unknown = parse(yaml);
  if (Array.isArray(content)) return { phases: content };
  if (before.includes("below `channels:`:") && before.includes("`proposals:`"))
    return { channels: { proposals: content } };
  const [, parent] = /below `(\w+):`/.exec(before) ?? [];
  return parent && yaml.startsWith(" ") ? { [parent]: content } : content;
}

const withSource = { sources: { patto: { title: "Patto" }, sito: { title: "Sito" } } };
const file = (patches: readonly unknown[]) =>
  JSON.stringify(patches.reduce(layOver, layOver(parse(example), withSource)));

describe("the page for another Union", () => {
  test("shows pieces that fit the example, all together", () => {
    expect(pieces.length).toBeGreaterThan(9);
    const indented = pieces.filter(({ yaml }) => /^ +\w/.test(yaml));
    for (const piece of indented) expect(isMapping(place(piece))).toBe(true);
    const parsed = parseEdition(file(pieces.map(place)), { anchor: ANCHOR });
    expect(parsed.ok ? [] : parsed.mistakes).toEqual([]);
  });

  test("says all that serving needs", () => {
    const phases = [
      { id: "proposals", from: "2027-04-13", to: "2027-05-31" },
      { id: "evaluation", from: "2027-06-01", to: "2027-06-29" },
    ];
    const union = { union: { site: "https://unione.example", phone: "0500 123456" } };
    const privacy = pieces.find(({ yaml }) => yaml.includes("controller:"));
    const served = { ...union, phases, demo: null, eligibility: { reachedBy: "2027-10-18" } };
    const trial = parseEdition(file([served]));
    expect(trial.ok ? [] : trial.mistakes.map(({ path }) => path)).toEqual(["privacy.dpo", "privacy.notice"]);
    expect(parseEdition(file([served, privacy && place(privacy)]))).toMatchObject({ ok: true });
  });

  test("names every subject that what is not settled may concern", () => {
    const told = page.slice(page.indexOf("With\n  `concerns`"));
    const [sentence = ""] = told.split(".");
    const named = [...sentence.matchAll(/`([a-z]+)`/g)].map(([, name]) => name);
    expect(named).toEqual(["concerns", ...concerns]);
  });

  test("names every criterion that brings a question, and no other", () => {
    const table = page.slice(page.indexOf("| id | what is asked |"));
    const named = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    expect(named).toEqual(["public-interest", "reach", "involvement", "no-conflict"]);
  });
});
