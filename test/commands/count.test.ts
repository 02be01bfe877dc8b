import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { result } from "../../core/voting/result.ts";
import { newVote } from "../support/sealed-vote.ts";
import { commands } from "./type.ts";

const folder = await mkdtemp(join(tmpdir(), "count-"));
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

describe("npm run count", () => {
  const open = {
    budget: 10,
    projects: [
      { id: "a", cost: 6 },
      { id: "b", cost: 5 },
      { id: "c", cost: 4 },
    ],
    ballots: [["a", "b"], ["a", "c"], ["b"], []],
    rule: { atTheEdge: "skip", ties: "cheaper" },
  };

  test("counts open ballots, and refuses what is wrong by its position", async () => {
    const wrong = {
      ...open,
      ballots: [
        ["a", "x"],
        ["b", "b"],
      ],
      budget: -1,
    };
    const [right, refused] = await commands(
      {},
      ["count", await file("right.json", open)],
      ["count", await file("wrong.json", wrong)],
    );
    expect(right).toMatchObject({ code: 0, errors: "" });
    expect(JSON.parse(right?.out ?? "")).toMatchObject({
      votes: { a: 2, b: 2, c: 1 },
      winners: ["b", "c"],
      spent: 9,
      steps: [
        { id: "b", decision: "funded", why: "fits", tie: { with: ["a"], by: "cheaper" } },
        { id: "a", decision: "notFunded", why: "costsMoreThanIsLeft", left: 5 },
        { id: "c", decision: "funded", why: "fits" },
      ],
    });
    expect(refused).toMatchObject({ code: 1, out: "" });
    for (const path of ["budget", "ballots.0.1", "ballots.1.1"])
      expect(refused?.errors).toContain(`  ${path}: `);
  });

  test("opens envelopes with two shares, adds paper, and writes what is published", async () => {
    const vote = await newVote();
    const cast = await Promise.all([[0], [0, 1], []].map((positions) => vote.seal(positions)));
    const sealed = vote.exported([...cast.map(({ envelope }) => envelope), new Uint8Array(384)]);
    const paper = [{ station: "biblioteca", ballots: 3, blank: 1, null: 0, votes: { P1: 2 } }];
    const [one = "", two = ""] = vote.keys.shares;
    const out = join(folder, "result.json");
    const args = ["--envelopes", await file("envelopes.json", sealed)];
    const papers = ["--paper", await file("paper.json", paper)];
    const lot = (await newVote({ ties: "lot" })).exported([]);
    const both = ["--share", one, "--share", two];
    const lots = ["--envelopes", await file("lot.json", lot), "--no-paper"];
    const [counted, locked, unsaid, unseeded] = await commands(
      {},
      ["count", ...args, ...papers, ...both, "--out", out],
      ["count", ...args, ...papers, "--share", one],
      ["count", ...args, ...both],
      ["count", ...lots, ...both],
    );
    expect(counted?.code).toBe(0);
    expect(result.parse(JSON.parse(await readFile(out, "utf8")))).toMatchObject({
      ballots: 7,
      blank: 2,
      null: 1,
      votes: { P0: 2, P1: 3 },
      winners: ["P1", "P0"],
    });
    expect(counted?.errors).toMatch(/1\. +3 +€10000 +FUNDED +€25000 was left +Progetto 1/);
    expect(locked).toMatchObject({
      code: 1,
      out: "",
      errors: expect.stringContaining("Two shares are needed"),
    });
    expect(unseeded).toMatchObject({ code: 1, errors: expect.stringContaining("draw a seed") });
    expect(unsaid).toMatchObject({ code: 2, errors: expect.stringContaining("--no-paper") });
  }, 60_000);
});
