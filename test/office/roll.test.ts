import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { officeOf } from "../../assistant.ts";
import { readLetterCode } from "../../core/voting/letter.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { taxCode } from "../support/tax-code.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const HEADER = "codice_fiscale;cognome;nome;data_nascita;comune";
const person = (names: string, surname: string, comune: string) =>
  `${taxCode("1949-05-03", { names })};${surname};ROSA;03/05/1949;${comune}`;
const GOOD = [person("BNCRSO", "BIANCHI", "Podenzano"), person("VRDRSO", "VERDI", "Vigolzone")];
const BAD = person("NRERSO", "NERI", "Roma");

async function open(seed: string, edition = "demo", changes: Partial<TestHouse> = {}) {
  const house = { ...(await openTestHouse(database, { seed, edition })), ...changes };
  const office = officeOf(house, () => undefined);
  return {
    async post(path: string, body: object) {
      const response = await office.request(path, { method: "POST", body: JSON.stringify(body) });
      return { status: response.status, ...z.looseObject({}).parse(await response.json()) };
    },
    status: async () => (await office.request("/roll")).json(),
  };
}
const fileOf = (...lines: string[]) => Buffer.from([HEADER, ...lines].join("\n")).toString("base64");

describe("the registry office's file", () => {
  test("with a bad row is left alone, unless its other rows are wanted; and never written when tried", async () => {
    const { post, status } = await open("bad rows");
    const file = fileOf(...GOOD, BAD);
    const bad = [{ line: 4, problems: [{ kind: "unknownComune" }] }];
    for (const options of [{ dry: true, skipBad: true }, { dry: true }, {}]) {
      expect(await post("/roll", { file, ...options })).toMatchObject({
        kind: "tried",
        residents: 2,
        bad,
        changes: { added: 2 },
      });
    }
    expect(await status()).toEqual([]);
    expect(await post("/roll", { file, skipBad: true })).toMatchObject({ kind: "done", bad });
    expect(await status()).toMatchObject([
      { comune: "podenzano", people: 1 },
      { comune: "vigolzone", people: 1 },
    ]);
    const next = await post("/roll", { file: fileOf(...GOOD.slice(1)), removeAbsent: true });
    expect(next).toMatchObject({ kind: "done", changes: { removed: 1, unchanged: 1 } });
  });

  test("that is none is refused, and so is what is no file", async () => {
    const { post } = await open("no file");
    const csv = Buffer.from("a;b\n1;2").toString("base64");
    expect(await post("/roll", { file: csv })).toMatchObject({ status: 409, kind: "unreadable" });
    expect(await post("/roll", { file: "not base64!" })).toMatchObject({ status: 400 });
    expect(await post("/roll", {})).toMatchObject({ status: 400 });
  });
});

describe("letters", () => {
  const drawn = z.object({
    sheet: z.object({ title: z.string(), before: z.array(z.object({ text: z.string() })) }),
    letters: z.array(z.object({ to: z.string(), where: z.string(), code: z.string() })),
  });

  test("bring everybody a code of their own, in the order of envelopes", async () => {
    const { post } = await open("letters");
    await post("/roll", { file: fileOf(...GOOD.toReversed()) });
    const told = drawn.parse(await post("/roll/letters", {}));
    expect(told.letters.map(({ to, where }) => `${to}, ${where}`)).toEqual([
      "Per ROSA BIANCHI, Podenzano",
      "Per ROSA VERDI, Vigolzone",
    ]);
    const codes = told.letters.map(({ code }) => readLetterCode(code));
    expect(new Set(codes).size).toBe(2);
    expect(codes).not.toContain(undefined);
    expect(drawn.parse(await post("/roll/letters", {})).letters).toEqual([]);
  });

  test("are not drawn where they would lead nowhere: no such Comune, no page, no vote with a code", async () => {
    const here = await open("nowhere");
    expect(await here.post("/roll/letters", { comune: "roma" })).toMatchObject({ status: 404 });
    const pageless = await open("no page", "demo", { pages: () => undefined });
    expect(await pageless.post("/roll/letters", {})).toMatchObject({ status: 409, kind: "noPage" });
    const elsewhere = await open("elsewhere", "digitale-bene-comune-2022");
    expect(await elsewhere.post("/roll/letters", {})).toMatchObject({ status: 409, kind: "noCodes" });
  });
});
