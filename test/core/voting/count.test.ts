import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Count, count } from "../../../core/voting/count.ts";

/** The count of what is right. */
function counted(content: unknown): Count {
  const result = count(content);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.result;
}

const mistakesOf = (content: unknown): readonly string[] => {
  const result = count(content);
  return result.ok ? [] : result.mistakes.map(({ path, message }) => `${path}: ${message}`);
};

/** So many ballots for each list of choices. */
const ballots = (...piles: readonly (readonly [number, ...string[]])[]) =>
  piles.flatMap(([many, ...choices]) => Array.from({ length: many }, () => choices));

const skip = { atTheEdge: "skip", ties: "cheaper" } as const;

describe("Worked by hand", () => {
  const projects = [
    { id: "tables", cost: 9_000 },
    { id: "fibre", cost: 10_000 },
    { id: "lessons", cost: 10_000 },
    { id: "archive", cost: 5_000 },
    { id: "screen", cost: 100 },
  ];
  const given = {
    budget: 25_000,
    projects,
    // fibre 5, lessons 4, tables 3, archive 2, screen none; one is blank.
    ballots: ballots([2, "fibre", "lessons"], [2, "fibre", "tables"], [1, "archive", "lessons"], [1]),
    paper: [
      { station: "library", ballots: 3, blank: 1, null: 0, votes: { fibre: 1, lessons: 1 } },
      { station: "town hall", ballots: 3, blank: 0, null: 1, votes: { tables: 1, archive: 1 } },
    ],
  };
  const told = ({ steps }: Count) => steps.map(({ id, votes, why, left }) => [id, votes, why, left]);

  test("what no longer fits is skipped", () => {
    const result = counted({ ...given, rule: skip });
    expect(told(result)).toEqual([
      ["fibre", 5, "fits", 25_000],
      ["lessons", 4, "fits", 15_000],
      ["tables", 3, "costsMoreThanIsLeft", 5_000],
      ["archive", 2, "fits", 5_000],
      ["screen", 0, "noVotes", 0],
    ]);
    expect(result).toMatchObject({
      winners: ["fibre", "lessons", "archive"],
      votes: { fibre: 5, lessons: 4, tables: 3, archive: 2, screen: 0 },
      spent: 25_000,
      left: 0,
      ballots: 12,
      blank: 2,
      null: 1,
    });
  });

  test("or ends the list", () => {
    const result = counted({ ...given, rule: { ...skip, atTheEdge: "stop" } });
    expect(told(result)).toEqual([
      ["fibre", 5, "fits", 25_000],
      ["lessons", 4, "fits", 15_000],
      ["tables", 3, "endsTheList", 5_000],
      ["archive", 2, "afterTheEnd", 5_000],
      ["screen", 0, "noVotes", 5_000],
    ]);
    expect(result).toMatchObject({ winners: ["fibre", "lessons"], spent: 20_000, left: 5_000 });
  });

  test("the cheaper of two with as many votes comes first, or the dearer", () => {
    const tied = {
      budget: 10,
      projects: [
        { id: "dear", cost: 8 },
        { id: "cheap", cost: 4 },
      ],
      ballots: [["dear", "cheap"]],
    };
    const cheaper = counted({ ...tied, rule: skip });
    expect(cheaper.winners).toEqual(["cheap"]);
    expect(cheaper.steps[0]).toMatchObject({ tie: { with: ["dear"], by: "cheaper" } });
    expect(counted({ ...tied, rule: { ...skip, ties: "dearer" } }).winners).toEqual(["dear"]);
  });

  test("a lot comes out as anybody can draw it again", () => {
    const tied = {
      budget: 1,
      projects: ["alpha", "beta", "gamma"].map((id) => ({ id, cost: 1 })),
      ballots: [["alpha", "beta", "gamma"]],
    };
    const order = (rule: object) =>
      counted({ ...tied, rule: { atTheEdge: "skip", ...rule } }).steps.map(({ id }) => id);
    // printf %s xalpha | sha256sum, and so on.
    expect(order({ ties: "lot", seed: "x" })).toEqual(["gamma", "alpha", "beta"]);
    expect(order({ ties: "lot", seed: "y" })).toEqual(["beta", "alpha", "gamma"]);
    // Projects that cost as much are drawn, whatever the rule.
    expect(order({ ties: "cheaper", seed: "x" })).toEqual(["gamma", "alpha", "beta"]);
    expect(order({ ties: "cheaper" })).toHaveLength(3);
  });

  test("nobody voted: nothing is spent", () => {
    expect(counted({ budget: 5, projects: [{ id: "a", cost: 0 }], ballots: [], rule: skip })).toMatchObject({
      winners: [],
      spent: 0,
      steps: [{ id: "a", decision: "notFunded", why: "noVotes" }],
    });
  });

  test("ids that JavaScript's objects have of their own", () => {
    const result = counted({
      budget: 5,
      projects: [
        { id: "constructor", cost: 1 },
        { id: "toString", cost: 1 },
      ],
      ballots: [["constructor"]],
      paper: [{ station: "s", ballots: 1, blank: 0, null: 0, votes: { constructor: 1 } }],
      rule: skip,
    });
    expect(result.votes).toEqual({ constructor: 2, toString: 0 });
  });
});

describe("What does not add up is refused, all of it at once, by its position", () => {
  const right = {
    budget: 10,
    projects: [
      { id: "a", cost: 5 },
      { id: "b", cost: 5 },
    ],
    ballots: [["a"], [], ["a", "b"]],
    rule: skip,
  };

  test("ballots", () => {
    const wrong = [["a", "c"], "a", ["b", "a", "b"], [7], [["a"]]];
    expect(mistakesOf({ ...right, ballots: wrong })).toEqual([
      'ballots.0.1: "c" is not among the projects',
      "ballots.1: write a list of projects' ids",
      'ballots.2.2: "b" is there already',
      "ballots.3.0: 7 is not among the projects",
      'ballots.4.0: ["a"] is not among the projects',
    ]);
  });

  test("projects and budget, and what they make wrong", () => {
    const projects = [
      { id: "a", cost: -1 },
      { id: "a", cost: 1.5 },
      { cost: 1 },
      { id: "__proto__", cost: 1 },
    ];
    expect(mistakesOf({ ...right, budget: "10", projects, ballots: [["z"]] })).toEqual([
      "budget: write a whole number",
      "projects.0.cost: write a whole number that is not negative",
      "projects.1.cost: write a whole number",
      "projects.2.id: is missing",
      "projects.3.id: choose another id",
      "projects.1.id: a is there already",
      'ballots.0.0: "z" is not among the projects',
    ]);
  });

  test("paper", () => {
    const slips = { ballots: 4, blank: 1, null: 1 };
    const paper = [
      { station: "one", ...slips, votes: { a: 3, c: 1 } },
      { station: "one", ...slips, blank: 4, votes: {} },
      { station: "two", ...slips, blank: -1, votes: { a: "1" } },
    ];
    expect(mistakesOf({ ...right, paper })).toEqual([
      "paper.2.blank: write a whole number that is not negative",
      "paper.2.votes.a: write a whole number",
      "paper.0.votes.a: is more than the valid slips",
      "paper.0.votes.c: is not among the projects",
      "paper.1.station: one is there already",
      "paper.1.ballots: is less than the blank and null ones together",
    ]);
  });

  test("the rule, and parts that are missing or misspelt", () => {
    expect(mistakesOf({ ...right, rule: { atTheEdge: "skip", ties: "lot" } })).toEqual([
      "rule.seed: is missing: a lot is drawn with it",
    ]);
    expect(mistakesOf({ ...right, rule: undefined, papers: [] })).toEqual([
      "rule: is missing",
      "papers: is not known: is it misspelt?",
    ]);
    for (const content of [undefined, null, 7, "text", [], {}]) {
      expect(mistakesOf(content)).not.toEqual([]);
    }
  });
});

describe("Whatever was voted", () => {
  const inputs = fc
    .record({
      costs: fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }),
      budget: fc.nat(30),
      atTheEdge: fc.constantFrom("skip", "stop"),
      ties: fc.constantFrom("cheaper", "dearer", "lot"),
      seed: fc.string(),
    })
    .chain(({ costs, budget, ...rule }) => {
      const projects = costs.map((cost, at) => ({ id: `p${at}`, cost }));
      const ids = projects.map(({ id }) => id);
      const slips = fc
        .record({ valid: fc.nat(9), blank: fc.nat(3), nulls: fc.nat(3) })
        .chain(({ valid, blank, nulls }) =>
          fc.dictionary(fc.constantFrom(...ids), fc.nat(valid)).map((votes) => ({
            ballots: valid + blank + nulls,
            blank,
            null: nulls,
            votes,
          })),
        );
      return fc.record({
        budget: fc.constant(budget),
        projects: fc.constant(projects),
        ballots: fc.array(fc.subarray(ids), { maxLength: 12 }),
        paper: fc
          .array(slips, { maxLength: 3 })
          .map((all) => all.map((one, at) => ({ station: `s${at}`, ...one }))),
        rule: fc.constant(rule),
      });
    });

  test("the budget is never exceeded, nobody wins without a vote, and every project has its step", () =>
    fc.assert(
      fc.property(inputs, (given) => {
        const { winners, spent, left, steps, votes } = counted(given);
        const costs = new Map(given.projects.map(({ id, cost }) => [id, cost]));
        expect(spent).toBe(winners.reduce((sum, id) => sum + (costs.get(id) ?? Number.NaN), 0));
        expect(spent).toBeLessThanOrEqual(given.budget);
        expect(left).toBe(given.budget - spent);
        expect(winners.every((id) => (votes[id] ?? 0) > 0)).toBe(true);
        expect(steps.map(({ id }) => id).sort()).toEqual([...costs.keys()].sort());
        const byVotes = steps.map((one) => one.votes);
        expect(byVotes).toEqual(byVotes.toSorted((a, b) => b - a));
      }),
    ));

  test("totals are those of the ballots and of the paper", () =>
    fc.assert(
      fc.property(inputs, (given) => {
        const { votes, ballots: all, blank } = counted(given);
        const { paper } = given;
        expect(all).toBe(given.ballots.length + paper.reduce((sum, one) => sum + one.ballots, 0));
        expect(blank).toBe(
          given.ballots.filter((one) => one.length === 0).length +
            paper.reduce((sum, one) => sum + one.blank, 0),
        );
        for (const { id } of given.projects) {
          const online = given.ballots.filter((one) => one.includes(id)).length;
          expect(votes[id]).toBe(online + paper.reduce((sum, one) => sum + (one.votes[id] ?? 0), 0));
        }
      }),
    ));

  test("the order in which things are given makes no difference", () =>
    fc.assert(
      fc.property(
        inputs.chain((given) =>
          fc.record({
            given: fc.constant(given),
            projects: fc.shuffledSubarray(given.projects, { minLength: given.projects.length }),
            ballots: fc.shuffledSubarray(given.ballots, { minLength: given.ballots.length }),
            paper: fc.shuffledSubarray(given.paper, { minLength: given.paper.length }),
          }),
        ),
        ({ given, ...shuffled }) => {
          expect(JSON.stringify(counted({ ...given, ...shuffled }))).toBe(JSON.stringify(counted(given)));
        },
      ),
    ));
});
