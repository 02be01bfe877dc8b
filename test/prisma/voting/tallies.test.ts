import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../../prisma/client.ts";
import type { Stores, VotingStores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { openStation } from "../../support/station.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";
import { TODAY } from "../../support/voting.ts";

let database: Database;
let stores: Stores;
let voting: VotingStores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
  voting = stores.voting;
});
afterAll(() => database.close());

const COUNT = { ballots: 10, blank: 1, null: 2, votes: { AAAAAA: 5, BBBBBB: 3 } };
const enter = (station: string, by: string, given: object = {}) =>
  voting.tallies.enter({ station, day: TODAY, by, count: COUNT, again: false, ...given });

it("count when two people entered the same, on every day of the booth", async () => {
  const { name } = await openStation(stores);
  await openStation(stores, name, "2027-02-11");
  expect(await enter(name, "Anna Neri")).toMatchObject({
    kind: "entered",
    tally: { entries: [{ by: "Anna Neri" }] },
  });
  expect((await voting.tallies.paperTotals()).unconfirmed).toContainEqual({ station: name, day: TODAY });
  const zero = { ...COUNT, votes: { ...COUNT.votes, CCCCCC: 0 } };
  expect(await enter(name, "Piero Verdi", { count: zero })).toMatchObject({ tally: { confirmed: COUNT } });
  for (const by of ["Anna Neri", "Rita Blu"]) await enter(name, by, { day: "2027-02-11" });
  const { totals, unconfirmed } = await voting.tallies.paperTotals();
  expect(totals).toContainEqual({
    station: name,
    ballots: 20,
    blank: 2,
    null: 4,
    votes: { AAAAAA: 10, BBBBBB: 6 },
  });
  expect(unconfirmed).not.toContainEqual({ station: name, day: TODAY });
});

it.each(["Anna Neri", "  anna   NERI ", "Neri Anna", "Ànna Neri"])(
  "does not count twice from %j",
  async (again) => {
    const { name } = await openStation(stores);
    await enter(name, "Anna Neri");
    expect(await enter(name, again)).toEqual({ kind: "same", by: "Anna Neri" });
    expect(await enter(name, again, { again: true })).toMatchObject({
      tally: { entries: [{ by: "Anna Neri" }] },
    });
    expect((await voting.tallies.paperTotals()).unconfirmed).toContainEqual({ station: name, day: TODAY });
  },
);

it("does not count where two differ, until one corrects what they entered", async () => {
  const { name } = await openStation(stores);
  await enter(name, "Anna Neri");
  const other = { count: { ...COUNT, votes: { AAAAAA: 6, BBBBBB: 2 } } };
  const differing = await enter(name, "Piero Verdi", other);
  expect(differing).toMatchObject({ tally: { entries: [{ count: COUNT }, other] } });
  expect(differing).not.toMatchObject({ tally: { confirmed: expect.anything() } });
  expect(await enter(name, "Rita Blu")).toEqual({ kind: "full", by: ["Anna Neri", "Piero Verdi"] });
  expect(await enter(name, "Piero Verdi", { again: true })).toMatchObject({ tally: { confirmed: COUNT } });
});

it("comes from two people, of however many that enter it at once", async () => {
  const { name } = await openStation(stores);
  const entered = await Promise.all(["A A", "B B", "C C", "D D"].map((by) => enter(name, by)));
  expect(entered.map(({ kind }) => kind).sort()).toEqual(["entered", "entered", "full", "full"]);
});

it("is not of a booth that was not open", async () => {
  expect(await enter(randomUUID(), "Anna Neri")).toEqual({ kind: "unknown" });
  const { name } = await openStation(stores);
  expect(await enter(name, "Anna Neri", { day: "2027-02-12" })).toEqual({ kind: "unknown" });
});
