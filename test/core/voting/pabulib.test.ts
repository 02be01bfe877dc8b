import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { outcome } from "../../../core/voting/count.ts";
import { pabulib } from "../../../core/voting/pabulib.ts";
import type { Published } from "../../../core/voting/published.ts";
import { demo } from "../../support/talk.ts";

const projects = [
  { code: "AAA", title: 'Wifi; "libero"\n in piazza', cost: 9000, challenge: "connessa" },
  { code: "BBB", title: "Archivio storico", cost: 20_000, challenge: "dati" },
];
const rule = { atTheEdge: "skip", ties: "cheaper" } as const;

function published(more: Partial<Published["result"]> = {}): Published {
  const totals = {
    ballots: 6,
    blank: 1,
    null: 1,
    votes: new Map([
      ["AAA", 3],
      ["BBB", 2],
    ]),
  };
  const candidates = projects.map(({ code, cost }) => ({ id: code, cost }));
  const hash = "0".repeat(64);
  return {
    on: "2027-03-09",
    projects,
    result: {
      ...{ edition: "demo", digest: hash, root: hash, budget: 25_000, rule },
      ...outcome(candidates, 25_000, rule, totals),
      ...more,
    },
    turnout: { onRoll: 9, voted: 6, byRoute: {}, byComune: [] },
  };
}

/** The file as a reader of semicolon-separated values finds it: rows by section. */
function read(file: string): ReadonlyMap<string, readonly (readonly string[])[]> {
  const rows: string[][] = parse(file, { delimiter: ";", relax_column_count: true });
  const sections = new Map<string, string[][]>();
  for (const row of rows) {
    const last = [...sections.values()].at(-1);
    if (row.length === 1 && row[0]) sections.set(row[0], []);
    else last?.push(row);
  }
  return sections;
}

test("A result in Pabulib's format: totals by project, and no single ballot", () => {
  const sections = read(pabulib(demo, published()));
  expect([...sections.keys()]).toEqual(["META", "PROJECTS", "VOTES"]);
  const meta = Object.fromEntries(sections.get("META") ?? []);
  expect(meta).toMatchObject({
    key: "value",
    country: "Italy",
    num_projects: "2",
    num_votes: "4",
    budget: "25000",
    vote_type: "approval",
    rule: "greedy",
    max_length: "2",
    currency: "EUR",
  });
  expect(meta.date_begin).toMatch(/^\d\d\.\d\d\.\d{4}$/);
  expect(meta.comment).toContain("not published");
  expect(sections.get("PROJECTS")).toEqual([
    ["project_id", "cost", "votes", "name", "category", "selected"],
    ["AAA", "9000", "3", 'Wifi; "libero" in piazza', "connessa", "1"],
    ["BBB", "20000", "2", "Archivio storico", "dati", "0"],
  ]);
  expect(sections.get("VOTES")).toEqual([["voter_id", "vote", "voting_method"]]);
});

test("Ballots that are published are in it without the codes of their voters", () => {
  const checkCodes = [
    { code: "00000000000000aa", choices: ["AAA", "BBB"] },
    { code: "00000000000000bb", choices: [] },
    { code: "00000000000000cc", choices: ["AAA"] },
  ];
  const file = pabulib(demo, published({ checkCodes }));
  expect(read(file).get("VOTES")).toEqual([
    ["voter_id", "vote", "voting_method"],
    ["1", "AAA,BBB", "internet"],
    ["2", "AAA", "internet"],
  ]);
  expect(file).not.toContain("00000000000000");
});
