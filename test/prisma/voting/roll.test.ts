import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Resident, RollChanges } from "../../../core/voting/roll-keeping.ts";
import type { Database } from "../../../prisma/client.ts";
import { openStores, type Stores } from "../../../prisma/stores.ts";
import { dateOf } from "../../../prisma/voting/voters.ts";
import { openTestDatabase } from "../../support/database.ts";
import { newSecrets } from "../../support/stores.ts";
import { taxCode, taxCodes, withOmocodia } from "../../support/tax-code.ts";

let database: Database;
const secrets = newSecrets();
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** The roll of an edition of its own. */
const openRoll = async (edition: string): Promise<Stores> =>
  openStores(database, {
    secrets,
    edition,
    report({ error }) {
      throw error;
    },
  });

const born = "1949-05-03";
const [ada, ugo, eva] = taxCodes(3, born) as [string, string, string];
const resident = (code: string, given: Partial<Resident> = {}): Resident => ({
  line: 2,
  codes: [code],
  name: "Rosa",
  surname: `Bianchi${code.slice(0, 6).replace(/[^A-Z]/g, "")}`,
  birth: born,
  comune: "podenzano",
  email: null,
  phone: null,
  ...given,
});
const keep = { removeAbsent: false, dry: false };
const unchanged = (count: number): RollChanges => ({
  added: 0,
  corrected: 0,
  unchanged: count,
  removed: 0,
  absent: [],
  clashes: [],
});
const inEdition = (edition: string) => database.prisma.voter.findMany({ where: { edition } });
/** As if they had voted. */
const mark = (id: string) => database.prisma.voter.update({ where: { id }, data: { mark: "PAPER" } });

describe("the roll", () => {
  it("finds people by any code of theirs, and by surname however it is spelt", async () => {
    const { desk, voting } = await openRoll("found");
    const variant = withOmocodia(ada);
    await desk.roll.bringUpToDate(
      [resident(ada, { codes: [ada, "12345678903"], surname: "D'Àngelo", email: "rosa@example.org" })],
      keep,
    );
    const voter = await voting.roll.byTaxCode(ada);
    expect(voter).toEqual({
      id: voter?.id,
      name: "Rosa",
      surname: "D'Àngelo",
      birth: born,
      comune: "podenzano",
      email: "rosa@example.org",
      hasCode: true,
    });
    expect(await voting.roll.byTaxCode("12345678903")).toEqual(voter);
    expect(await voting.roll.byTaxCode(variant)).toBeUndefined();
    for (const surname of ["D'ANGELO", "dangelo", "d angelò"]) {
      expect(await voting.roll.bySurname(surname, born)).toEqual([voter]);
    }
    expect(await voting.roll.bySurname("D'Angelo", "1949-05-04")).toEqual([]);
    expect(await voting.roll.read(voter?.id ?? "")).toEqual(voter);
    const other = await openRoll("found elsewhere");
    expect(await other.voting.roll.byTaxCode(ada)).toBeUndefined();
    expect(await other.voting.roll.read(voter?.id ?? "")).toBeUndefined();
  });

  it("keeps homonyms of one day apart by their codes, and tells who has none", async () => {
    const { desk, voting } = await openRoll("homonyms");
    const same = { name: "Maria", surname: "Rossi" };
    await desk.roll.bringUpToDate(
      [resident(ada, same), resident(withOmocodia(ada), same), resident(ugo, { ...same, codes: [] })],
      keep,
    );
    const found = await voting.roll.bySurname("rossi", born);
    expect(found.map(({ hasCode }) => hasCode).sort()).toEqual([false, true, true]);
  });

  it("shows nobody's name, day, contact or code to who has the database alone", async () => {
    const { desk } = await openRoll("sealed");
    await desk.roll.bringUpToDate(
      [resident(ada, { email: "rosa@example.org", phone: "+393471234567" })],
      keep,
    );
    const { rows } = await database.pool.query(
      `SELECT voter::text || code::text AS text FROM "Voter" voter
       JOIN "VoterCode" code ON code."voterId" = voter.id WHERE voter.edition = 'sealed'`,
    );
    const text = rows.map((row) => Buffer.from(row.text.replaceAll("\\x", ""), "latin1").toString()).join();
    for (const word of ["Rosa", "Bianchi", "1949", "example", "347123", ada]) {
      expect(text).not.toContain(word);
      expect(text).not.toContain(Buffer.from(word).toString("hex"));
    }
  });
});

describe("a file of residents", () => {
  it("taken twice changes nothing, and a corrected row what it corrects", async () => {
    const { desk, voting } = await openRoll("twice");
    const file = [resident(ada), resident(ugo, { comune: "vigolzone" })];
    expect(await desk.roll.bringUpToDate(file, keep)).toMatchObject({ added: 2, corrected: 0, absent: [] });
    const before = await inEdition("twice");
    expect(await desk.roll.bringUpToDate(file, keep)).toEqual(unchanged(2));
    expect(await inEdition("twice")).toEqual(before);

    const corrected = [resident(ada, { name: "Rosetta", email: "rosetta@example.org" }), file[1] as Resident];
    expect(await desk.roll.bringUpToDate(corrected, keep)).toMatchObject({ corrected: 1, unchanged: 1 });
    expect(await voting.roll.byTaxCode(ada)).toMatchObject({ name: "Rosetta", email: "rosetta@example.org" });
  });

  it("tried dry tells the same and does nothing", async () => {
    const { desk } = await openRoll("dry");
    await desk.roll.bringUpToDate([resident(ada), resident(ugo)], keep);
    const before = await inEdition("dry");
    const file = [resident(ada, { name: "Rosetta" }), resident(eva)];
    const told = await desk.roll.bringUpToDate(file, { removeAbsent: true, dry: true });
    expect(told).toMatchObject({ added: 1, corrected: 1, removed: 1 });
    expect(await inEdition("dry")).toEqual(before);
    expect(await desk.roll.bringUpToDate(file, { removeAbsent: true, dry: false })).toEqual(told);
  });

  it("never touches a mark, nor takes away who has voted", async () => {
    const { desk, voting } = await openRoll("marks");
    await desk.roll.bringUpToDate([resident(ada), resident(ugo), resident(eva)], keep);
    for (const code of [ada, ugo]) await mark((await voting.roll.byTaxCode(code))?.id ?? "");
    const changes = await desk.roll.bringUpToDate([resident(ada, { name: "Rosetta" })], {
      removeAbsent: true,
      dry: false,
    });
    expect(changes).toMatchObject({
      corrected: 1,
      removed: 1,
      absent: [{ surname: resident(ugo).surname, voted: true }],
    });
    expect(await voting.roll.byTaxCode(ada)).toMatchObject({ name: "Rosetta", voted: "paper" });
    expect(await voting.roll.byTaxCode(ugo)).toMatchObject({ voted: "paper" });
    expect(await voting.roll.byTaxCode(eva)).toBeUndefined();
  });

  it("without somebody leaves them on the roll, and tells who", async () => {
    const { desk, voting } = await openRoll("absent");
    await desk.roll.bringUpToDate([resident(ada), resident(ugo)], keep);
    const { absent } = await desk.roll.bringUpToDate([resident(ada)], keep);
    const { name, surname } = resident(ugo);
    expect(absent).toEqual([{ name, surname, birth: born, comune: "podenzano", voted: false }]);
    expect(await voting.roll.byTaxCode(ugo)).toBeDefined();
  });

  it("with a code that was missing or wrong corrects it: nobody comes to stand there twice", async () => {
    const { desk, voting } = await openRoll("corrected code");
    const person = { name: "Maria", surname: "Rossi" };
    await desk.roll.bringUpToDate([resident(ada, { ...person, codes: [] })], keep);
    const [before] = await voting.roll.bySurname("Rossi", born);
    await mark(before?.id ?? "");
    for (const code of [ada, ugo]) {
      expect(await desk.roll.bringUpToDate([resident(code, person)], keep)).toMatchObject({
        added: 0,
        corrected: 1,
        absent: [],
      });
      expect(await voting.roll.byTaxCode(code)).toMatchObject({ id: before?.id, voted: "paper" });
    }
    expect(await voting.roll.byTaxCode(ada)).toBeUndefined();
  });

  it("in which two turn out to be one makes them one, who has voted once", async () => {
    const { desk, voting } = await openRoll("merged");
    await desk.roll.bringUpToDate([resident(ada), resident(ugo)], keep);
    const voted = await voting.roll.byTaxCode(ugo);
    await mark(voted?.id ?? "");
    const one = resident(ada, { codes: [ada, ugo] });
    expect(await desk.roll.bringUpToDate([one], keep)).toMatchObject({ added: 0, corrected: 1, absent: [] });
    for (const code of [ada, ugo]) {
      expect(await voting.roll.byTaxCode(code)).toMatchObject({ id: voted?.id, voted: "paper" });
    }
    expect(await inEdition("merged")).toHaveLength(1);
  });

  it("in which two who have both voted turn out to be one is a matter for people", async () => {
    const { desk, voting } = await openRoll("clash");
    await desk.roll.bringUpToDate([resident(ada), resident(ugo)], keep);
    for (const code of [ada, ugo]) await mark((await voting.roll.byTaxCode(code))?.id ?? "");
    const before = await inEdition("clash");
    const one = resident(ada, { line: 7, codes: [ada, ugo] });
    const changes = await desk.roll.bringUpToDate([one], { removeAbsent: true, dry: false });
    expect(changes).toEqual({ ...unchanged(0), clashes: [7] });
    expect(await inEdition("clash")).toEqual(before);
  });

  it("keeps contacts that it does not speak of, and forgets those that it says are none", async () => {
    const { desk, voting } = await openRoll("contacts");
    await desk.roll.bringUpToDate([resident(ada, { email: "a@example.org", phone: "+393471234567" })], keep);
    const { email: _, phone: __, ...silent } = resident(ada);
    expect(await desk.roll.bringUpToDate([silent], keep)).toEqual(unchanged(1));
    await desk.roll.bringUpToDate([resident(ada, { email: "b@example.org" })], keep);
    const voter = await voting.roll.byTaxCode(ada);
    expect(voter?.email).toBe("b@example.org");
    expect(voter).not.toHaveProperty("phone");
  });

  it("leaves city users alone, and lets one who moved here vote at once as a resident", async () => {
    const { desk, voting } = await openRoll("city users");
    await desk.roll.bringUpToDate([resident(ada), resident(ugo)], keep);
    await database.prisma.voter.updateMany({
      where: { edition: "city users" },
      data: { comune: null, enabledFrom: dateOf("2027-01-01") },
    });
    const changes = await desk.roll.bringUpToDate([resident(ada)], { removeAbsent: true, dry: false });
    expect(changes).toMatchObject({ added: 0, corrected: 1, removed: 0, absent: [] });
    expect(await voting.roll.byTaxCode(ada)).toMatchObject({ comune: "podenzano" });
    expect(await voting.roll.byTaxCode(ada)).not.toHaveProperty("enabledFrom");
    expect(await voting.roll.byTaxCode(ugo)).toMatchObject({ enabledFrom: "2027-01-01" });
  });

  it("sent by two at once is taken once", async () => {
    const { desk } = await openRoll("at once");
    const file = taxCodes(200, "1960-01-01").map((code, line) => resident(code, { line, surname: code }));
    const changes = await Promise.all([1, 2, 3].map(() => desk.roll.bringUpToDate(file, keep)));
    expect(changes.map(({ added }) => added).sort()).toEqual([0, 0, 200]);
    expect(await inEdition("at once")).toHaveLength(200);
  });
});

describe("letters", () => {
  const draw = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(Math.random() * alphabet.length))).join("");
  const letters = async ({ desk }: Stores, options: { comune?: string; again?: boolean } = {}) => {
    const { comune, again = false } = options;
    const drawn = await desk.roll.drawLetters({ comune, again }, draw);
    return drawn.map(({ surname }) => surname).sort();
  };

  it("are for whoever has a code and no contact, once, unless they are wanted again", async () => {
    const stores = await openRoll("letters");
    const surname = (name: string) => ({ surname: name });
    await stores.desk.roll.bringUpToDate(
      [
        resident(ada, surname("Alone")),
        resident(ugo, { ...surname("Elsewhere"), comune: "vigolzone" }),
        resident(eva, { ...surname("Reachable"), email: "eva@example.org" }),
        resident(taxCode("1950-01-01"), { ...surname("Codeless"), codes: [] }),
        resident(taxCode("1950-01-02"), surname("Voted")),
      ],
      keep,
    );
    await mark((await stores.voting.roll.byTaxCode(taxCode("1950-01-02")))?.id ?? "");
    expect(await letters(stores, { comune: "vigolzone" })).toEqual(["Elsewhere"]);
    expect(await letters(stores)).toEqual(["Alone"]);
    expect(await letters(stores)).toEqual([]);
    expect(await letters(stores, { again: true })).toEqual(["Alone", "Elsewhere"]);
    expect(await stores.desk.roll.status()).toEqual([
      { comune: "podenzano", people: 4, stationOnly: 1, needLetter: 1, haveLetter: 1, voted: 1 },
      { comune: "vigolzone", people: 1, stationOnly: 0, needLetter: 1, haveLetter: 1, voted: 0 },
    ]);
  });
});
