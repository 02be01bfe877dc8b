import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { likelyBirths, readTaxCode, type TaxCodeProblem } from "../../../core/voting/tax-code.ts";
import { checkLetter, taxCode, withOmocodia } from "../../support/tax-code.ts";

const withCheck = (first: string) => first + checkLetter(first);
const refused = (problem: TaxCodeProblem) => ({ ok: false, problem });

async function birthsOf(code: string, on = "2022-09-01"): Promise<readonly string[]> {
  const reading = await readTaxCode(code);
  return reading.ok ? likelyBirths(reading, on) : [reading.problem];
}

describe("what is read", () => {
  test("the day of birth of a man and of a woman, with check letters that were counted by hand", async () => {
    expect(await birthsOf("RSSMRA70A01G535H")).toEqual(["1970-01-01"]);
    expect(await birthsOf("RSSMRA70A41G535L")).toEqual(["1970-01-01"]);
  });

  test("as people and services write it", async () => {
    const plain = { ok: true, code: "RSSMRA70A01G535H", births: ["1970-01-01", "2070-01-01"] };
    for (const text of [
      "rssmra70a01g535h",
      " RSS MRA 70A01 G535H ",
      "RSSMRA-70A01-G535H",
      "TINIT-RSSMRA70A01G535H",
      "tinit-rssmra70a01g535h",
      "ＲＳＳＭＲＡ７０Ａ０１Ｇ５３５Ｈ",
    ]) {
      expect(await readTaxCode(text)).toEqual(plain);
    }
  });

  test("variants of omocodia stay apart, and say the same day", async () => {
    const code = taxCode("1970-01-01");
    const variant = withOmocodia(code);
    const everyDigit = withCheck("RSSMRATLALMGRPR");
    expect(await readTaxCode(variant)).toMatchObject({ ok: true, code: variant });
    expect(variant).not.toBe(code);
    expect(await birthsOf(variant)).toEqual(["1970-01-01"]);
    expect(await birthsOf(everyDigit)).toEqual(["1970-01-01"]);
  });

  test("a provisional code of 11 digits, which says nothing of its holder", async () => {
    expect(await readTaxCode("12345678903")).toEqual({ ok: true, code: "12345678903", births: [] });
    expect(await readTaxCode("12345678904")).toEqual(refused("checkLetter"));
    expect(await readTaxCode("00000000000")).toEqual(refused("shape"));
  });

  test("people born where there is no such place any more, or not yet when they were", async () => {
    for (const place of ["D620", "G778", "Z118", "Z135", "Z138"]) {
      expect(await birthsOf(taxCode("1923-05-03", { place }))).toEqual(["1923-05-03"]);
    }
  });
});

describe("what is refused", () => {
  test("shapes that no code has", async () => {
    for (const text of [
      "",
      "RSSMRA",
      "RSSMRA70A01G535",
      "RSSMRA70F01G535H",
      "1SSMRA70A01G535H",
      "x".repeat(5000),
    ]) {
      expect(await readTaxCode(text)).toEqual(refused("shape"));
    }
  });

  test("days that the calendar lacks", async () => {
    for (const day of ["70A00", "70A32", "70A40", "70A72", "70A81", "70B30", "71B29", "70D31", "70D71"]) {
      expect(await readTaxCode(withCheck(`RSSMRA${day}G535`))).toEqual(refused("date"));
    }
    expect(await birthsOf(withCheck("RSSMRA72B29G535"))).toEqual(["1972-02-29"]);
    expect(await birthsOf(withCheck("RSSMRA00B29G535"))).toEqual(["2000-02-29"]);
  });

  test("birthplaces that never were", async () => {
    for (const place of ["A000", "X999", "Z999"]) {
      expect(await readTaxCode(taxCode("1970-01-01", { place }))).toEqual(refused("birthplace"));
    }
  });

  test("any one character mistaken for another of its kind", () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: 15 }), fc.nat({ max: 25 }), async (at, with_) => {
        const code = "RSSMRA70A01G535H";
        const mistaken = /\d/.test(code.charAt(at)) ? String(with_ % 10) : String.fromCharCode(65 + with_);
        fc.pre(mistaken !== code.charAt(at));
        const reading = await readTaxCode(code.slice(0, at) + mistaken + code.slice(at + 1));
        expect(reading.ok).toBe(false);
      }),
    ));
});

describe("the century", () => {
  test("is the one that makes somebody alive; never in doubt from 16 years on", async () => {
    expect(await birthsOf(taxCode("2006-10-18"), "2022-10-18")).toEqual(["2006-10-18"]);
    expect(await birthsOf(taxCode("1922-10-18"), "2022-10-17")).toEqual(["1922-10-18"]);
    expect(await birthsOf(taxCode("1930-10-18"), "2022-10-18")).toEqual(["1930-10-18"]);
  });

  test("is two where a child and somebody very old may have it", async () => {
    expect(await birthsOf(taxCode("2010-03-01"), "2022-10-18")).toEqual(["1910-03-01", "2010-03-01"]);
    expect(await birthsOf(taxCode("2006-10-19"), "2022-10-18")).toEqual(["1906-10-19", "2006-10-19"]);
  });
});
