import { afterAll, beforeAll, expect, it } from "vitest";
import { officeOf } from "../../assistant.ts";
import type { Effect } from "../../core/effects.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { greet } from "../support/stores.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** The office of an edition of its own, in which people have answered. */
async function open(seed: string, day: string, given: readonly Readonly<Record<string, unknown>>[]) {
  const house = await openTestHouse(database, { seed, day });
  const office = officeOf(house, () => undefined);
  for (const [at, answers] of given.entries()) {
    const effect: Effect = {
      kind: "answerQuestionnaire",
      ...{ questionnaire: "raccolta", anonymous: true, answers, on: "2026-10-25", until: "2027-11-16" },
    };
    await greet(house.stores, `${seed} ${at}`, { effects: [effect] });
  }
  return {
    house,
    async get(path: string): Promise<unknown> {
      const response = await office.request(path);
      return { status: response.status, body: await response.json() };
    },
  };
}

const about = { id: "raccolta", name: "La raccolta delle proposte", to: "2026-11-16", anonymous: true };
const six = Array.from({ length: 6 }, (_, at) => ({ sent: at < 5 ? "sent" : "none", better: `${6 - at}` }));

it("The office sees how many answered, and of an anonymous one nothing else before its last day is over", async () => {
  const { get } = await open("open", "2026-11-16", six);
  expect(await get("/questionnaires")).toEqual({
    status: 200,
    body: [{ ...about, from: "2026-10-19", answers: 6 }],
  });
  expect(await get("/questionnaires/raccolta")).toEqual({
    status: 200,
    body: { kind: "open", ...about, answers: 6, few: 5 },
  });
  expect(await get("/questionnaires/other")).toMatchObject({ status: 404 });
});

it("Then it sees results in the edition's main language, with nothing of fewer than the edition says", async () => {
  const { get } = await open("over", "2026-11-17", six);
  const few = (id: string, kind: string) => ({ id, kind, ask: expect.any(String) });
  expect(await get("/questionnaires/raccolta")).toEqual({
    status: 200,
    body: {
      ...{ kind: "results", ...about, answers: 6, few: 5 },
      results: [
        {
          ...{ id: "sent", ask: "Hai mandato una proposta?", kind: "choice", answered: 6 },
          counts: [{ name: "Sì" }, { name: "L'ho solo cominciata" }, { name: "No" }],
        },
        few("hard", "several"),
        few("clear", "scale"),
        few("age", "number"),
        { ...few("better", "text"), answered: 6, texts: ["1", "2", "3", "4", "5", "6"] },
      ],
    },
  });
});
