import { expect, test } from "vitest";
import { csv, type Results, written } from "../../commands/questionnaire-results.ts";

const results: Results = {
  ...{ kind: "results", id: "bus", name: "La corriera", to: "2026-10-31" },
  ...{ anonymous: true, answers: 9, few: 5 },
  results: [
    { ask: "La prendi?", answered: 9, counts: [{ name: "Sempre", count: 9 }, { name: "Mai" }], texts: [] },
    { ask: "Quanto?", answered: 6, counts: [], average: 2.5, texts: [] },
    { ask: "Perché?", answered: 5, counts: [], texts: ['=HYPERLINK("x")', "Passa\ntardi"] },
    { ask: "Altro?", counts: [], texts: [] },
  ],
};

test("Results are written to be read, and what is left out is said to be", () => {
  expect(written(results).split("\n")).toEqual([
    "La corriera: 9 answered",
    "",
    "1. La prendi?  (9 answered)",
    "       9  Sempre",
    "       –  Mai",
    "",
    "2. Quanto?  (6 answered)",
    "   average 2.5",
    "",
    "3. Perché?  (5 answered)",
    '   «=HYPERLINK("x")»',
    "   «Passa tardi»",
    "",
    "4. Altro?  (–)",
    "",
    "– of fewer than 5 people, or left out so that such a number cannot be worked out.",
  ]);
  expect(written({ ...results, results: results.results.slice(1, 2) })).not.toContain("fewer");
});

test("As CSV they are quoted, and no spreadsheet runs what somebody wrote", () => {
  expect(csv(results).split("\n")).toEqual([
    '"question","answer","count"',
    '"La prendi?","answered",9',
    '"La prendi?","Sempre",9',
    '"La prendi?","Mai",',
    '"Quanto?","answered",6',
    '"Quanto?","average",2.5',
    '"Perché?","answered",5',
    `"Perché?","'=HYPERLINK(""x"")",1`,
    '"Perché?","Passa',
    'tardi",1',
    '"Altro?","answered",',
  ]);
});
