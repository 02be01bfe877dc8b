import { describe, expect, test } from "vitest";
import type { BallotRules } from "../../../core/edition/schema.ts";
import type { UrnStatus } from "../../../core/voting/ports.ts";
import { reconcile } from "../../../core/voting/reconcile.ts";
import type { StationSummary } from "../../../core/voting/stations.ts";
import { differences, misfits, type PaperCount, type Tally } from "../../../core/voting/tally.ts";
import { demo } from "../../support/talk.ts";

const rules = demo.vote?.ballot;
if (!rules) throw new Error("The demonstration has no ballot.");
const upTo3 = rules;
const one: BallotRules = { ...rules, choices: { rule: "one" } };
const withinBudget: BallotRules = { ...rules, choices: { rule: "withinBudget" } };
const noBlank: BallotRules = { ...rules, blank: false };

const PROJECTS = [
  { code: "A", cost: 10_000 },
  { code: "B", cost: 9_000 },
  { code: "C", cost: 8_000 },
  { code: "D", cost: 7_000 },
];
const count = (ballots: number, votes: Record<string, number>, blank = 0, nulls = 0): PaperCount => ({
  ...{ ballots, blank, votes },
  null: nulls,
});

describe("A count of slips", () => {
  test.each<[string, BallotRules, PaperCount]>([
    ["of nobody", upTo3, count(0, {})],
    ["of blank and null slips alone", upTo3, count(3, {}, 2, 1)],
    ["with one project a slip", upTo3, count(4, { A: 3, B: 1 })],
    ["with three projects a slip", upTo3, count(2, { A: 2, B: 2, C: 2 })],
    ["with one project, where one is chosen", one, count(4, { A: 3, B: 1 })],
    ["with as many as 25,000 € pay for: the three cheapest", withinBudget, count(1, { B: 1, C: 1, D: 1 })],
  ])("adds up %s", (_, given, of) => {
    expect(misfits(of, given, PROJECTS, 25_000)).toEqual([]);
  });

  test.each<[string, BallotRules, PaperCount, object]>([
    ["a project that is not there", upTo3, count(1, { A: 1, X: 0 }), { kind: "unknownProject", code: "X" }],
    ["an id of JavaScript's own", upTo3, count(1, { A: 1, toString: 0 }), { kind: "unknownProject" }],
    ["more votes than slips", upTo3, count(3, { A: 4 }), { kind: "tooMany", code: "A", most: 3 }],
    ["votes of blank slips", upTo3, count(3, { A: 3 }, 1), { kind: "tooMany", code: "A", most: 2 }],
    ["slips that choose nothing and are not blank", upTo3, count(3, { A: 2 }), { kind: "sum", least: 3 }],
    ["four projects a slip", upTo3, count(1, { A: 1, B: 1, C: 1, D: 1 }), { kind: "sum", most: 3 }],
    ["two projects, where one is chosen", one, count(1, { A: 1, B: 1 }), { kind: "sum", most: 1 }],
    [
      "more than the budget pays for",
      withinBudget,
      count(1, { A: 1, B: 1, C: 1, D: 1 }),
      { kind: "sum", most: 3 },
    ],
    ["blank slips that the rules do not know", noBlank, count(2, { A: 1 }, 1), { kind: "noBlank" }],
    ["more blank and null slips than slips", upTo3, count(2, {}, 1, 2), { kind: "moreThanBallots" }],
  ])("is refused with %s", (_, given, of, wrong) => {
    expect(misfits(of, given, PROJECTS, 25_000)).toMatchObject([wrong]);
  });

  test("differs from another by name; a project that is left out has no votes", () => {
    expect(differences(count(3, { A: 2, B: 1 }), count(3, { A: 2, B: 1, C: 0 }))).toEqual([]);
    expect(differences(count(3, { A: 2, B: 1 }), count(4, { A: 1, C: 2 }, 1))).toEqual([
      "ballots",
      "blank",
      "A",
      "B",
      "C",
    ]);
  });
});

describe("Reconciling", () => {
  const day = "2026-10-03";
  const station = (name: string, marks: number): StationSummary => ({
    ...{ name, day, marks },
    staff: ["A", "B"],
    state: "enrolled",
  });
  const tally = (name: string, confirmed?: PaperCount, entries: Tally["entries"] = []): Tally => ({
    ...{ station: name, day, entries },
    ...(confirmed && { confirmed, entries: [0, 1].map((by) => ({ by: `${by}`, count: confirmed })) }),
  });
  const urns = (paper: number, online: number, envelopes: number): UrnStatus => ({
    ...{ onRoll: 100, markedPaper: paper, markedOnline: online, inSpool: 1, inUrn: envelopes - 1 },
    byRoute: { spid: 0, code: 0, station: 0 },
    byComune: [],
  });

  test("finds nothing where marks, slips and envelopes are as many", () => {
    const found = reconcile([station("x", 3), station("y", 0)], [tally("x", count(3, {}, 3))], urns(3, 7, 7));
    expect(found).toEqual({
      booths: [{ station: "x", day, marks: 3, slips: 3 }],
      paper: { inLedgers: 3, onRoll: 3 },
      online: { marks: 7, envelopes: 7 },
      differences: [],
    });
  });

  test("names each difference", () => {
    const stations = ["a", "b", "c", "d"].map((name) => station(name, 2));
    const single = [{ by: "A", count: count(2, {}, 2) }];
    const differing = [...single, { by: "B", count: count(1, {}, 1) }];
    const tallies = [
      tally("a", count(3, {}, 3)),
      tally("b"),
      tally("c", undefined, single),
      tally("d", undefined, differing),
    ];
    expect(reconcile(stations, tallies, urns(9, 7, 8)).differences).toEqual([
      { kind: "slips", station: "a", day, marks: 2, slips: 3 },
      { kind: "uncounted", station: "b", day, entries: 0 },
      { kind: "uncounted", station: "c", day, entries: 1 },
      { kind: "counts", station: "d", day, in: ["ballots", "blank"] },
      { kind: "paper", inLedgers: 8, onRoll: 9 },
      { kind: "online", marks: 7, envelopes: 8 },
    ]);
  });
});
