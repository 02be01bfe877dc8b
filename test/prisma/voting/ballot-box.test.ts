import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ruling } from "../../../core/desk.ts";
import { ballotDigest } from "../../../core/voting/envelope.ts";
import type { Database } from "../../../prisma/client.ts";
import { openStores, type Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { greet, newSecrets } from "../../support/stores.ts";

const BEFORE = "2027-01-18";
const FIRST_DAY = "2027-01-19";
const KEY = "the guarantors' key";

let database: Database;
const secrets = newSecrets();
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** The stores of one process that serves an edition. */
const open = (edition: string, publicKey = KEY): Promise<Stores> =>
  openStores(database, {
    ...{ secrets, edition },
    fixing: { from: FIRST_DAY, publicKey: async () => publicKey },
    report({ error }) {
      throw error;
    },
  });

let people = 0;
async function propose(stores: Stores, code: string, title = `Progetto ${code}`): Promise<void> {
  const by = { name: "Ada", surname: "Rossi", email: "ada@example.org" };
  const text = { challenge: "spid", title, need: "Serve.", solution: "Un banco al mercato.", cost: 3000 };
  const rest = { reach: "", involved: "", place: "", conflicts: "" };
  const address = `proposer ${people++}`;
  await greet(stores, address, {
    effects: [
      { kind: "submitProposal", code, text: { ...text, ...rest }, by },
      { kind: "remind", of: "news", channel: "telegram", address, said: { by: "button" } },
    ],
  });
}

const decide = (stores: Stores, code: string, ruling: Partial<Ruling> = {}, today = BEFORE) =>
  stores.desk.commission.decide(
    code,
    { decision: "admitted", again: false, ...ruling },
    { today, budget: 25_000 },
    () => () => ({ text: "…", choices: [] }),
  );
const DONE = { kind: "done", told: true };

describe("the ballot", () => {
  it("is what was admitted when the vote began, in the commission's words, and stays so", async () => {
    const stores = await open("words");
    for (const code of ["W-1", "W-2", "W-3", "W-4"]) await propose(stores, code);
    const because = "Aiuta molti.";
    expect(await decide(stores, "W-3", { because })).toEqual(DONE);
    expect(await decide(stores, "W-1", { summary: "Un banco, ogni lunedì.", cost: 4500 })).toEqual(DONE);
    expect(await decide(stores, "W-2", { decision: "refused" })).toEqual(DONE);
    const { ballotBox } = stores.voting;
    expect(await ballotBox.ballot(BEFORE)).toBeUndefined();
    const soFar = await ballotBox.projects(BEFORE);
    expect(soFar.fixed).toBe(false);

    const fixed = await ballotBox.ballot(FIRST_DAY);
    const same = { challenge: "spid" };
    expect(fixed).toEqual({
      edition: "words",
      projects: [
        { ...same, code: "W-1", title: "Progetto W-1", summary: "Un banco, ogni lunedì.", cost: 4500 },
        { ...same, code: "W-3", title: "Progetto W-3", summary: "Un banco al mercato.", cost: 3000, because },
      ],
      publicKey: KEY,
      digest: ballotDigest("words", KEY, ["W-1", "W-3"]),
      closed: false,
    });
    expect(await ballotBox.projects(BEFORE)).toEqual({ fixed: true, projects: soFar.projects });
    expect(soFar.projects).toEqual(fixed?.projects);
    // A process that was started with another key, and a clock that was put back.
    const another = await open("words", "another key");
    for (const day of [BEFORE, FIRST_DAY, "2027-03-01"]) {
      expect(await another.voting.ballotBox.ballot(day)).toEqual(fixed);
    }
  });

  it("is not there where nothing was admitted, or where nobody votes through the assistant", async () => {
    const stores = await open("empty");
    await propose(stores, "E-1");
    expect(await stores.voting.ballotBox.ballot(FIRST_DAY)).toBeUndefined();
    expect(await database.prisma.ballotBox.count({ where: { edition: "empty" } })).toBe(0);
    const report = () => undefined;
    const elsewhere = await openStores(database, { secrets, edition: "empty", report });
    await decide(elsewhere, "E-1", {}, FIRST_DAY);
    expect(await elsewhere.voting.ballotBox.ballot(FIRST_DAY)).toBeUndefined();
  });

  it("is one, of many who fix it while the commission still decides", async () => {
    for (let round = 0; round < 8; round += 1) {
      const edition = `race-${round}`;
      const [one, other] = [await open(edition, "one"), await open(edition, "other")];
      const [early, late] = [`R-${round}-1`, `R-${round}-2`];
      for (const code of [early, late]) await propose(one, code);
      await decide(one, early);
      const [ruled, ...ballots] = await Promise.all([
        decide(other, late),
        ...[one, other, one, other].map(({ voting }) => voting.ballotBox.ballot(FIRST_DAY)),
      ]);
      const codes = ballots[0]?.projects.map(({ code }) => code);
      expect(codes).toEqual(ruled.kind === "done" ? [early, late] : [early]);
      for (const ballot of ballots) expect(ballot).toEqual(ballots[0]);
    }
  });
});

describe("what the commission decides", () => {
  it("is refused once the ballot is fixed, which it fixes itself where the vote has begun", async () => {
    const stores = await open("late");
    for (const code of ["L-1", "L-2"]) await propose(stores, code);
    await decide(stores, "L-1");
    const fixed = { kind: "fixed", since: FIRST_DAY };
    expect(await decide(stores, "L-2", {}, FIRST_DAY)).toEqual(fixed);
    expect(await decide(stores, "L-1", { decision: "refused", again: true })).toEqual(fixed);
    const { commission } = stores.desk;
    expect(await commission.describe("L-1", { cost: 1 }, { today: BEFORE })).toEqual(fixed);
    const ballot = await stores.voting.ballotBox.ballot(FIRST_DAY);
    expect(ballot?.projects).toMatchObject([{ code: "L-1", cost: 3000 }]);
    expect((await commission.read("L-2"))?.proposal.state).toBe("submitted");
  });

  it("may be written anew before, never above the budget, and only of what was admitted", async () => {
    const stores = await open("anew");
    for (const code of ["A-1", "A-2"]) await propose(stores, code);
    const { commission } = stores.desk;
    const bounds = { today: BEFORE, budget: 25_000 };
    const tooDear = { kind: "tooDear", cost: 25_001, budget: 25_000 };
    expect(await decide(stores, "A-1", { cost: 25_001 })).toEqual(tooDear);
    expect(await decide(stores, "A-1", { cost: 25_000, summary: "Prima" })).toEqual(DONE);
    expect(await commission.describe("A-1", { cost: 25_001 }, bounds)).toEqual(tooDear);
    const done = { kind: "done", told: false };
    expect(await commission.describe("A-1", { summary: "Dopo" }, bounds)).toEqual(done);
    expect((await commission.read("A-1"))?.onBallot).toEqual({ summary: "Dopo", cost: 25_000 });
    const judged = { kind: "conflict", state: "submitted" };
    expect(await commission.describe("A-2", { summary: "Altro" }, bounds)).toEqual(judged);
    expect(await commission.describe("NONE", { summary: "Altro" }, bounds)).toEqual({ kind: "unknown" });
    const ballot = await stores.voting.ballotBox.ballot(FIRST_DAY);
    expect(ballot?.projects).toMatchObject([{ summary: "Dopo", cost: 25_000 }]);
  });

  it("also counts what was proposed against the budget", async () => {
    const stores = await open("dear");
    await propose(stores, "D-1");
    const notice = () => () => ({ text: "…", choices: [] });
    const ruling = { decision: "admitted", again: false } as const;
    const bounds = { today: BEFORE, budget: 2_999 };
    expect(await stores.desk.commission.decide("D-1", ruling, bounds, notice)).toEqual({
      ...{ kind: "tooDear", cost: 3000, budget: 2_999 },
    });
  });
});
