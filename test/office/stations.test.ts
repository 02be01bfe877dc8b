import type { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createAssistant, officeOf } from "../../assistant.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { openStation } from "../support/station.ts";
import { newSecrets } from "../support/stores.ts";
import { enrol } from "../support/voting.ts";

let database: Database;
let house: TestHouse;
let office: Hono;
const secrets = newSecrets();
const DAY = "2027-01-20";
beforeAll(async () => {
  database = await openTestDatabase();
  house = await openTestHouse(database, { seed: "stations", day: DAY, secrets });
  office = officeOf(house, () => undefined);
  const project = (code: string) => ({ code, title: code, summary: "", cost: 3000, challenge: "spid" });
  await database.prisma.ballotBox.create({
    data: { edition: house.edition.id, publicKey: "", projects: ["AAAAAA", "BBBBBB"].map(project) },
  });
});
afterAll(() => database.close());

const answer = z.looseObject({ kind: z.string().optional() });
async function post(path: string, body: object) {
  const response = await office.request(path, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, ...answer.parse(await response.json()) };
}
const get = async (path: string): Promise<unknown> => (await office.request(path)).json();
const staff = ["Anna Neri", "Piero Verdi"];

test("A station is opened for a day of the vote, of those that the edition lists", async () => {
  expect(await post("/stations", { name: "biblioteca", staff })).toMatchObject({
    status: 200,
    kind: "opened",
    day: DAY,
    link: expect.stringMatching(/^https:\/\/partecipa\.example\.org\/voto\/seggio\/attiva\/[\w-]{32}$/),
    pins: [expect.stringMatching(/^\d{6}$/), expect.stringMatching(/^\d{6}$/)],
  });
  expect(await post("/stations", { name: "biblioteca", staff })).toMatchObject({
    status: 409,
    kind: "exists",
  });
  expect(await post("/stations", { name: "bar", staff })).toMatchObject({
    kind: "noSuchName",
    names: ["biblioteca"],
  });
  for (const day of ["2027-01-19", "2027-12-01"]) {
    expect(await post("/stations", { name: "biblioteca", staff, day })).toMatchObject({
      kind: "noVoteThatDay",
    });
  }
  expect(await post("/stations", { name: "biblioteca", staff: ["Anna Neri"] })).toMatchObject({
    status: 400,
  });
  expect(await get("/stations")).toMatchObject([
    { name: "biblioteca", day: DAY, state: "waiting", marks: 0 },
  ]);
  expect(JSON.stringify(await get("/stations/biblioteca/ledger"))).not.toMatch(/pin|token|sealed/i);
  expect(await post("/stations/bar/revoke", {})).toMatchObject({ status: 404 });
});

test("What was counted is entered where it adds up, and reconciled with the marks", async () => {
  const count = { day: DAY, ballots: 2, blank: 1, null: 0, votes: { AAAAAA: 1, BBBBBB: 1 } };
  const enter = (by: string, more: object = {}) =>
    post("/stations/biblioteca/tally", { ...count, by, ...more });
  expect(await enter("Anna Neri", { votes: { AAAAAA: 2, XXXXXX: 1 } })).toMatchObject({
    status: 409,
    kind: "misfits",
    misfits: [
      { kind: "tooMany", code: "AAAAAA" },
      { kind: "unknownProject", code: "XXXXXX" },
      { kind: "sum" },
    ],
  });
  for (const wrong of [{ ballots: -1 }, { blank: 0.5 }, { votes: { AAAAAA: "1" } }, { day: "domani" }]) {
    expect(await enter("Anna Neri", wrong)).toMatchObject({ status: 400 });
  }
  expect(await get("/tallies")).toEqual([]);
  expect(await enter("Anna Neri")).toMatchObject({ status: 200 });
  expect(await enter("anna neri")).toMatchObject({ status: 409, kind: "same" });
  expect(await enter("Piero Verdi")).toMatchObject({ status: 200, tally: { confirmed: { ballots: 2 } } });
  expect(await get("/reconciliation")).toMatchObject({
    booths: [{ station: "biblioteca", day: DAY, marks: 0, slips: 2 }],
    differences: [{ kind: "slips", marks: 0, slips: 2 }],
  });
});

test("Whoever was marked at a booth is told so by e-mail, once it can no longer be undone", async () => {
  const station = await openStation(house.stores, "booth", DAY);
  const ada = { edition: house.edition.id, email: "ada@example.org" };
  const [voterId = ""] = await enrol(database, secrets, 1, ada);
  await house.stores.voting.stationActs.mark({ ...station.act(), voterId });
  await database.pool.query(`UPDATE "StationEntry" SET at = at - interval '16 minutes'`);
  const mail = createRecorder("mail");
  const assistant = createAssistant(house, () => [mail]);
  assistant.start();
  const { text } = await mail.next("ada@example.org");
  await assistant.stop();
  expect(text).toContain("Il 20 gennaio 2027 il seggio «booth» ha registrato che hai votato su carta.");
  expect(text).toContain(`chiama subito ${house.edition.union.phone}`);
  expect(text).not.toMatch(/Ada|Rossi|1950/);
});
