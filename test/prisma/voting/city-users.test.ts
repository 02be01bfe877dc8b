import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Effect } from "../../../core/effects.ts";
import type { CityUserRequest } from "../../../core/voting/city-users.ts";
import { readTaxCode, type TaxCode } from "../../../core/voting/tax-code.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Unreadable } from "../../../prisma/context.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { greet, newSecrets, newSession, openTestStores, turn } from "../../support/stores.ts";
import { taxCodes } from "../../support/tax-code.ts";

let database: Database;
let stores: Stores;
const problems: Unreadable[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets(), (problem) => problems.push(problem));
});
afterAll(() => database.close());

const born = "1949-05-03";
const codes = taxCodes(10, born);
const on = "2026-09-07";
const request = (surname: string): CityUserRequest => ({
  name: "Rosa",
  surname,
  birth: born,
  email: "rosa@example.org",
  link: "work",
  where: "Biblioteca",
});
const asking = (number: number, surname = `Bianchi ${number}`): Effect => ({
  kind: "requestCityUser",
  number,
  request: request(surname),
  on,
});
/** Somebody whose chat asks; gives who that is. */
const asks = (number: number, address = `chat ${number}`) =>
  greet(stores, address, { session: newSession(), effects: [asking(number)] });

async function codeAt(index: number): Promise<TaxCode> {
  const reading = await readTaxCode(codes[index] ?? "");
  return reading.ok ? reading : expect.fail("The test's own code is none.");
}
const options = { waitDays: 3, homonym: false };
const notice = () => () => ({ text: "Fatto", choices: [] });
const enable = (number: number, code?: TaxCode) =>
  stores.desk.cityUsers.enable(number, code, options, notice);

describe("a request for the register", () => {
  it("is kept sealed, and found by its own chat alone", async () => {
    const contactId = await asks(101);
    const stranger = await greet(stores, "stranger 101");
    const own = await stores.conversations.find(contactId, { kind: "ownCityUsers" });
    expect(own).toEqual([
      { ...request("Bianchi 101"), number: 101, state: "requested", requestedOn: on, hasCode: false },
    ]);
    expect(await stores.conversations.find(stranger, { kind: "ownCityUsers" })).toEqual([]);
    const row = await database.prisma.cityUser.findFirstOrThrow({ where: { number: 101 } });
    const sealed = Buffer.from(row.sealed).toString("latin1");
    for (const word of ["Rosa", "Bianchi", "1949", "example", "Biblioteca"])
      expect(sealed).not.toContain(word);
  });

  it("under a number that is taken is not saved, and the turn is thought again", async () => {
    await asks(102);
    await greet(stores, "second 102");
    expect(await turn(stores, "second 102", { effects: [asking(102)] })).toBe(false);
  });

  it("takes a code from its own chat, while it waits, of somebody born that day", async () => {
    const contactId = await asks(103);
    const stranger = await greet(stores, "stranger 103");
    const { cityUserCodes } = stores.voting;
    const code = await codeAt(3);
    expect(await cityUserCodes.giveCode(103, stranger, code)).toBe("closed");
    expect(await cityUserCodes.giveCode(103, contactId, { ...code, births: ["1950-05-03"] })).toBe(
      "birthDisagrees",
    );
    expect(await cityUserCodes.giveCode(103, contactId, code)).toBe("kept");
    expect(await cityUserCodes.giveCode(103, contactId, code)).toBe("kept");
    await enable(103);
    expect(await cityUserCodes.giveCode(103, contactId, await codeAt(4))).toBe("closed");
    expect(await stores.voting.roll.byTaxCode(code.code)).toMatchObject({ email: "rosa@example.org" });
  });

  it("is decided once, whoever decides at the same moment, and told once", async () => {
    const contactId = await asks(104);
    const before = await database.prisma.outbox.count({ where: { contactId } });
    const { cityUsers } = stores.desk;
    const done = await Promise.all([
      ...[1, 2, 3].map(() => enable(104)),
      ...[1, 2, 3].map(() => cityUsers.refuse(104, "No.", notice())),
    ]);
    expect(done.filter(({ kind }) => kind === "done")).toHaveLength(1);
    expect(done.filter(({ kind }) => kind === "conflict")).toHaveLength(5);
    expect(await database.prisma.outbox.count({ where: { contactId } })).toBe(before + 1);
    expect(await enable(999)).toEqual({ kind: "unknown" });
  });

  it("makes one voter of one code, whatever asks for it at the same moment", async () => {
    const numbers = [111, 112, 113, 114];
    for (const number of numbers) await asks(number);
    const code = await codeAt(5);
    const done = await Promise.all(numbers.map((number) => enable(number, code)));
    expect(done.map(({ kind }) => kind).sort()).toEqual(["done", "onRoll", "onRoll", "onRoll"]);
    const waiting = await stores.desk.cityUsers.list(false);
    expect(waiting.filter(({ number }) => numbers.includes(number))).toHaveLength(3);
    expect(waiting.filter(({ number, hasCode }) => numbers.includes(number) && hasCode)).toEqual([]);
  });

  it("and the registry office's file do not put the same person there twice", async () => {
    await asks(121);
    const code = await codeAt(6);
    const { roll } = stores.desk;
    const resident = { line: 2, codes: [code.code], name: "Rosa", surname: "Bianchi 121", birth: born };
    const [enabled, changed] = await Promise.all([
      enable(121, code),
      roll.bringUpToDate([{ ...resident, comune: "podenzano" }], { removeAbsent: false, dry: false }),
    ]);
    expect([enabled.kind, changed.added]).toEqual(enabled.kind === "done" ? ["done", 0] : ["onRoll", 1]);
    expect(await stores.voting.roll.bySurname("Bianchi 121", born)).toMatchObject([{ comune: "podenzano" }]);
  });

  it("that cannot be read any more does not hide the others", async () => {
    await asks(131);
    await asks(132);
    await database.prisma.cityUser.updateMany({ where: { number: 131 }, data: { sealed: Buffer.from([1]) } });
    const listed = await stores.desk.cityUsers.list(false);
    expect(listed.find(({ number }) => number === 131)).not.toHaveProperty("name");
    expect(listed.find(({ number }) => number === 132)).toMatchObject({ name: "Bianchi 132 Rosa" });
    expect(problems).toMatchObject([{ table: "CityUser" }]);
  });
});

describe("who is erased", () => {
  const left = (number: number) => database.prisma.cityUser.findFirst({ where: { number } });

  it("takes a request along that waits or was refused, and stays on the roll where it was granted", async () => {
    for (const number of [141, 142, 143]) await asks(number);
    await stores.desk.cityUsers.refuse(142, "No.", notice());
    await enable(143);
    for (const number of [141, 142, 143]) {
      expect(await turn(stores, `chat ${number}`, { effects: [{ kind: "eraseContact" }] })).toBe(true);
    }
    expect([await left(141), await left(142)]).toEqual([null, null]);
    expect(await left(143)).toMatchObject({ contactId: null, state: "ENABLED" });
    expect(await stores.voting.roll.bySurname("Bianchi 143", born)).toHaveLength(1);
  });
});
