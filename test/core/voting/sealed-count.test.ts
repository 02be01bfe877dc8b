import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { exportFile } from "../../../core/voting/export.ts";
import { mistakesIn } from "../../../core/voting/mistakes.ts";
import { countEnvelopes } from "../../../core/voting/sealed-count.ts";
import { unlock } from "../../../core/voting/unlock.ts";
import { newVote } from "../../support/sealed-vote.ts";
import { countWhole } from "../../support/whole-count.ts";

type Vote = Awaited<ReturnType<typeof newVote>>;

async function counted(
  vote: Vote,
  envelopes: readonly Uint8Array[],
  paper: Parameters<typeof countEnvelopes>[1] = [],
  seed?: string,
) {
  const unlocked = await unlock(vote.keys.wrapped, vote.keys.shares.slice(1));
  if (!unlocked.ok) throw new Error(unlocked.mistake.kind);
  return countEnvelopes(vote.exported(envelopes), paper, unlocked.privateKey, seed);
}

const sealAll = async ({ seal }: Vote, choices: readonly (readonly number[])[]) =>
  Promise.all(choices.map(async (positions) => (await seal(positions)).envelope));

const slips = (ballots: number, votes: Record<string, number> = {}) => [
  { station: "biblioteca", ballots, blank: 0, null: 0, votes },
];

test("60 people vote: any two guarantors find every vote, and every voter their code", () => countWhole(60));

describe("A null ballot is", () => {
  test("one that does not open, or that the rules do not allow", async () => {
    const vote = await newVote();
    const envelopes = await sealAll(vote, [[0], [0, 1, 2], [], [0, 1, 2, 3], [0, 12]]);
    const result = await counted(vote, [...envelopes, randomBytes(384), new Uint8Array(10)]);
    expect(result).toMatchObject({ ballots: 7, blank: 1, null: 4, votes: { P0: 2, P1: 1, P2: 1, P3: 0 } });
  });

  test("a blank one, where blank ballots are not allowed", async () => {
    const vote = await newVote({ blank: false });
    expect(await counted(vote, await sealAll(vote, [[], [0]]))).toMatchObject({ blank: 0, null: 1 });
  });

  test("one with more than one project, or than the budget pays for", async () => {
    const one = await newVote({ choices: { rule: "one" } });
    expect(await counted(one, await sealAll(one, [[0, 1], [0]]))).toMatchObject({ null: 1 });
    const within = await newVote({ choices: { rule: "withinBudget" } });
    // 9000 + 10,000 + 8000 of 25,000, and then 9000 + 10,000 + 3000 + 3500, and 9000 + 10,000 + 3000.
    const envelopes = await sealAll(within, [
      [0, 1, 2],
      [0, 1, 3, 10],
      [0, 1, 3],
    ]);
    expect(await counted(within, envelopes)).toMatchObject({ null: 2, votes: { P0: 1, P1: 1, P3: 1 } });
  });
});

describe("Paper and online", () => {
  test("are added", async () => {
    const vote = await newVote();
    const result = await counted(vote, await sealAll(vote, [[0], [0, 1]]), slips(9, { P1: 9, P2: 3 }));
    expect(result).toMatchObject({ ballots: 11, votes: { P0: 2, P1: 10, P2: 3 } });
    expect(result.winners.slice(0, 2)).toEqual(["P1", "P2"]);
  });

  test.each([
    [19, 30, false],
    [20, 30, true],
    [20, 0, true],
    [20, 19, false],
  ])("are told apart where neither is of few: %i online, %i on paper", async (online, onPaper, apart) => {
    const vote = await newVote({ publishBallots: true });
    const envelopes = await sealAll(
      vote,
      Array.from({ length: online }, () => [4]),
    );
    const result = await counted(vote, envelopes, slips(onPaper, { P5: onPaper }));
    expect(result.ballots).toBe(online + onPaper);
    expect(result.apart !== undefined).toBe(apart);
    expect(result.checkCodes !== undefined).toBe(apart);
    if (result.apart) expect(result.apart.online.votes).toMatchObject({ P4: online, P5: 0 });
  });

  test("single ballots are told only where the edition publishes them", async () => {
    const vote = await newVote();
    const result = await counted(
      vote,
      await sealAll(
        vote,
        Array.from({ length: 25 }, () => [4]),
      ),
    );
    expect(result.apart).toBeDefined();
    expect(result.checkCodes).toBeUndefined();
  });
});

test("A lot is drawn with the seed that was given, and told with the result", async () => {
  const vote = await newVote({ ties: "lot" });
  const [one, other] = await Promise.all(
    ["a", "b"].map((seed) => counted(vote, [], slips(5, { P3: 5, P6: 5 }), seed)),
  );
  expect(one?.rule).toEqual({ atTheEdge: "skip", ties: "lot", seed: "a" });
  // printf %s aP3 | sha256sum, and so on.
  expect([one?.winners, other?.winners]).toEqual([
    ["P3", "P6"],
    ["P6", "P3"],
  ]);
});

describe("What leaves the server is refused", () => {
  const wrongIn = (content: unknown) =>
    mistakesIn(exportFile.safeParse(content).error).map(({ path }) => path);

  test("where it was altered, by position", async () => {
    const vote = await newVote();
    const right = vote.exported(await sealAll(vote, [[0], [1], [2]]));
    const [a = "", b = "", c = ""] = right.envelopes;
    expect(wrongIn(right)).toEqual([]);
    expect(wrongIn({ ...right, envelopes: [a, a, b] })).toEqual(["envelopes.1"]);
    expect(wrongIn({ ...right, envelopes: [b, a, c] })).toEqual(["envelopes.1"]);
    expect(wrongIn({ ...right, envelopes: [a, "?"] })).toContain("envelopes.1");
    expect(
      wrongIn({ ...right, ballot: { ...right.ballot, projects: right.ballot.projects.toReversed() } }),
    ).toEqual(["ballot.digest"]);
    expect(
      wrongIn({ ...right, ballot: { ...right.ballot, rules: { ...right.ballot.rules, most: 9 } } }),
    ).toEqual(["ballot.rules.most"]);
  });
});
