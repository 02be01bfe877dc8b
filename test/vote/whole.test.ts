import type { Hono } from "hono";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { createAssistant, officeOf } from "../../assistant.ts";
import { exportFile } from "../../core/voting/export.ts";
import type { Ballot } from "../../core/voting/ports.ts";
import type { Result } from "../../core/voting/result.ts";
import { countEnvelopes } from "../../core/voting/sealed-count.ts";
import { paperTotals } from "../../core/voting/totals.ts";
import type { Database } from "../../prisma/client.ts";
import { openData } from "../../web/open-data/index.ts";
import { seal } from "../../web/voting/client/seal.js";
import { ballotKey } from "../support/ballot-key.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { newSecrets } from "../support/stores.ts";
import { enrol } from "../support/voting.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const ONLINE = "2027-02-10";
const AFTER = "2027-03-08";
const titles = ["Wifi in piazza", "=Nonni in rete", "Archivio storico"];

async function open(seed: string) {
  const secrets = newSecrets();
  const house = await openTestHouse(database, { day: "2027-01-20", seed, secrets });
  const { edition, stores, clock, words } = house;
  const { voting } = stores;
  await database.prisma.proposal.createMany({
    data: titles.map((title, n) => ({
      edition: edition.id,
      code: `${seed}${n}`.toUpperCase(),
      state: "ADMITTED",
      challenge: "connessa",
      title,
      need: "Serve",
      solution: "Si fa così",
      reach: "Tutti",
      involved: "Chi abita qui",
      place: "Piazza",
      cost: [9000, 10_000, 8000][n] ?? 0,
      conflicts: "",
      createdAt: new Date(2027, 0, n + 1),
    })),
  });
  const chat = createRecorder("chat");
  const assistant = createAssistant(house, () => [chat]);
  const data = openData({
    ...{ edition, words, today: clock.today, secure: false, code: [] },
    projects: async () => (await voting.ballotBox.ballot(clock.today()))?.projects ?? [],
    board: voting.urns.board,
    receiptKey: voting.casting.receiptKey,
    results: voting.results,
  });
  const voters = await enrol(database, secrets, 40, (n) => ({
    edition: edition.id,
    ...(n > 0 && { comune: n < 30 ? "podenzano" : "vigolzone" }),
  }));
  let order = 0;
  assistant.start();
  return {
    ...house,
    ...{ voters, data, stop: assistant.stop, office: officeOf(house, () => undefined) },
    async says(text: string) {
      const incoming = { kind: "text", text } as const;
      const id = `${seed} ${order}`;
      await assistant.inbox.receive([{ channel: "chat", address: seed, id, order: order++, incoming }]);
      return chat.next(seed);
    },
    async votes(ballot: Ballot, voter: number, positions: readonly number[]) {
      const { envelope } = await seal(ballot.publicKey, ballot.digest, [...positions]);
      const voterId = voters[voter] ?? "";
      return voting.casting.cast({ voterId, route: "code", envelope, today: ONLINE });
    },
  };
}

async function post(office: Hono, path: string, body: object) {
  const response = await office.request(path, { method: "POST", body: JSON.stringify(body) });
  const content: unknown = await response.json();
  return content;
}

const exported = z.object({ kind: z.literal("export"), envelopes: exportFile, paper: paperTotals });

it("goes from the ballot to the count, the chat and the open data", async () => {
  const vote = await open("whole");
  const { office, data, stores } = vote;
  expect((await vote.says("risultati")).text).toContain("I risultati escono dopo il voto");
  const ballot = await stores.voting.ballotBox.ballot(ONLINE);
  if (!ballot) throw new Error("There is no ballot.");

  // On paper, at one booth: both of its staff count the same slips.
  await stores.voting.stations.open({
    name: "biblioteca",
    day: "2027-01-20",
    staff: ["Ada Neri", "Bruno Bianchi"],
  });
  const slips = { ballots: 4, blank: 1, null: 0, votes: { WHOLE0: 2, WHOLE1: 3 } };
  for (const by of ["Ada Neri", "Bruno Bianchi"])
    await post(office, "/stations/biblioteca/tally", { day: "2027-01-20", by, ...slips });

  vote.moveTo(ONLINE);
  const choices = [[0, 1], [1], [0, 2], [], [1, 2]];
  for (let voter = 0; voter < 25; voter++) {
    expect(await vote.votes(ballot, voter, choices[voter % 5] ?? [])).toMatchObject({ kind: "cast" });
  }
  expect(await post(office, "/vote/close", {})).toMatchObject({ kind: "stillOpen" });

  vote.moveTo(AFTER);
  expect(await (await office.request("/vote/export")).json()).toEqual({ kind: "notClosed" });
  expect(await post(office, "/vote/close", {})).toMatchObject({
    kind: "closed",
    urns: { inSpool: 0, inUrn: 25, markedOnline: 25 },
  });
  expect(await vote.votes(ballot, 30, [0])).toEqual({ kind: "closed" });
  expect((await vote.says("risultati")).text).toContain("non sono ancora pubblicati");

  const { envelopes, paper } = exported.parse(await (await office.request("/vote/export")).json());
  const counted = await countEnvelopes(envelopes, paper, new Uint8Array(ballotKey().privateKey));
  expect(counted).toMatchObject({
    ballots: 29,
    blank: 6,
    votes: { WHOLE0: 12, WHOLE1: 18, WHOLE2: 10 },
    winners: ["WHOLE1", "WHOLE0"],
    left: 6000,
  });

  const tamper = (changes: Partial<Result>) =>
    post(office, "/vote/publish", { result: { ...counted, ...changes } });
  expect(await tamper({ digest: "0".repeat(64) })).toEqual({ kind: "otherBallot" });
  expect(await tamper({ root: "0".repeat(64) })).toEqual({ kind: "otherEnvelopes" });
  expect(await tamper({ budget: 30_000 })).toEqual({ kind: "otherRules" });
  expect(await tamper({ steps: counted.steps.map((step) => ({ ...step, cost: 1 })) })).toEqual({
    kind: "otherRules",
  });
  expect(await tamper({ ballots: 30 })).toEqual({ kind: "otherNumber", counted: 30, expected: 29 });
  expect(await tamper({})).toMatchObject({ kind: "done" });
  expect(await tamper({})).toEqual({ kind: "published", on: AFTER });

  const told = await vote.says("chi ha vinto");
  expect(told.text).toContain("• =Nonni in rete: 18 voti");
  expect(told.text).toContain("Avanzano 6.000");
  expect(told.picture).toMatchObject({ kind: "chart", bars: [{ value: 18 }, { value: 12 }, { value: 10 }] });
  expect((await vote.says("Progetto per progetto")).text).toContain("Restavano solo 6.000");
  expect((await vote.says("Quanti hanno votato")).text).toContain("numero non pubblicato");

  const csv = await (await data.request("/dati/risultati.csv")).text();
  expect(csv.split("\r\n")[1]).toMatch(/^WHOLE1,'=Nonni in rete,18,10000,funded,fits,/);
  const receipts = z.object({ receipts: z.array(z.string()) });
  expect(receipts.parse(await (await data.request("/dati/ricevute.json")).json()).receipts).toHaveLength(25);
  expect(await (await data.request("/dati/bilancio.pb")).text()).toContain("WHOLE1;10000;18;");
  expect(await (await data.request("/dati/risultati")).text()).toContain("=Nonni in rete");

  expect(await post(office, "/vote/destroy", {})).toMatchObject({ kind: "done" });
  const { edition } = vote;
  expect(await database.prisma.voter.count({ where: { edition: edition.id } })).toBe(0);
  expect(receipts.parse(await (await data.request("/dati/ricevute.json")).json()).receipts).toHaveLength(25);
  expect((await vote.says("risultati")).text).toContain("18 voti");
  await vote.stop();
});
