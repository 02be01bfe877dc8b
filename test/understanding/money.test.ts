import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMoney } from "../../core/understanding/money.ts";
import { hostile } from "./hostile.ts";

describe("an amount is read as people write it", () => {
  test.each<[string, number]>([
    ["tremilacinquecento", 3500],
    ["TREMILA CINQUECENTO EURO", 3500],
    ["tre mila cinque cento", 3500],
    ["duemila e cinquecento", 2500],
    ["3,5 mila", 3500],
    ["3 mila e 500", 3500],
    ["3mila", 3000],
    ["10k", 10_000],
    ["3.5k", 3500],
    ["€ 3.500,00", 3500],
    ["€10000", 10_000],
    ["10000 euri", 10_000],
    ["tremilaeuro", 3000],
    ["dodicimilacinquecento euro", 12_500],
    ["12.500 euro", 12_500],
    ["12'500", 12_500],
    ["12 500", 12_500],
    ["circa 5 mila", 5000],
    ["più o meno 4000", 4000],
    ["3.500", 3500],
    ["3500.00", 3500],
    ["10.000,-", 10_000],
    ["mille", 1000],
    ["milleduecento", 1200],
    ["ventitrémila", 23_000],
    ["sei mila", 6000],
    ["3000 (tremila) euro", 3000],
    ["per due corsi 3000 euro", 3000],
    ["una spesa di tremila euro", 3000],
    ["il 10% di 5000", 5000],
    ["3,500 euros", 3500],
    ["ten thousand", 10_000],
    ["two thousand five hundred", 2500],
    ["a thousand euros", 1000],
    ["4000 de euro", 4000],
    ["4 mii de euro", 4000],
    ["4 mijë euro", 4000],
    ["٤٠٠٠ يورو", 4000],
    ["4 آلاف يورو", 4000],
    ["le mie proposte costano 4000 euro", 4000],
    ["0", 0],
  ])("%s", (text, euros) => {
    expect(readMoney(text)).toEqual({ ok: true, euros });
  });
});

describe("what is no single amount is refused with the reason", () => {
  test.each([
    ["tra 3000 e 5000", "several"],
    ["tremila e cinque mesi", "several"],
    ["tra 3 e 5 mila euro", "several"],
    ["tra duemila e cinquecento", "several"],
    ["3000-5000", "several"],
    ["da 3000 fino a 5000 euro", "several"],
    ["5.000 o 6.000", "several"],
    ["-500", "negative"],
    ["meno 500 euro", "negative"],
    ["3500,50", "cents"],
    ["3.50.0", "unclear"],
    ["3331234567", "unclear"],
    ["non lo so", "none"],
    ["", "none"],
  ])("%s", (text, problem) => {
    expect(readMoney(text)).toEqual({ ok: false, problem });
  });
});

// From 2, as "uno" alone is an article.
const amounts = fc.integer({ min: 2, max: 999_999 });

test("every way to write an amount in figures gives it back", () => {
  fc.assert(
    fc.property(amounts, (euros) => {
      const written = [
        String(euros),
        `${euros} euro`,
        `€ ${euros},00`,
        euros.toLocaleString("it-IT", { useGrouping: "always" } as Intl.NumberFormatOptions),
        `${euros.toLocaleString("it-IT")},00 €`,
        `${euros.toLocaleString("en-GB")} euros`,
        ...(euros % 100 === 0 ? [`${euros / 1000}k`, `${String(euros / 1000).replace(".", ",")} mila`] : []),
      ];
      for (const text of written) expect([text, readMoney(text)]).toEqual([text, { ok: true, euros }]);
    }),
  );
});

test("every amount in Italian words gives it back, in one word or parted", () => {
  fc.assert(
    fc.property(amounts, (euros) => {
      const parted = inWords(euros, " ");
      for (const text of [
        inWords(euros),
        `${inWords(euros)} euro`,
        ...(parted.endsWith(" uno") ? [] : [parted]),
      ]) {
        expect([text, readMoney(text)]).toEqual([text, { ok: true, euros }]);
      }
    }),
  );
});

test("two different amounts are never taken for one", () => {
  fc.assert(
    fc.property(amounts, amounts, (one, other) => {
      fc.pre(one !== other && one >= 100 && other >= 100);
      for (const text of [
        `tra ${one} e ${other}`,
        `${one} o ${other} euro`,
        `${one} euro oppure ${inWords(other)}`,
      ]) {
        expect([text, readMoney(text)]).toEqual([text, { ok: false, problem: "several" }]);
      }
    }),
  );
});

test("whatever is written, reading ends with whole euros or a reason", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 4096 }), hostile), (text) => {
      const read = readMoney(text);
      if (read.ok) expect(Number.isInteger(read.euros) && read.euros >= 0).toBe(true);
    }),
    { numRuns: 40 },
  );
});

/** Italian words for a number, written independently of the reader. */
function inWords(number: number, gap = ""): string {
  const units =
    "- uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove".split(
      " ",
    );
  const tens = "- - venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split(" ");
  const join = (...parts: string[]) => parts.filter((part) => part !== "").join(gap);
  const below100 = (n: number): string => {
    if (n === 0) return "";
    if (n < 20) return units[n] ?? "";
    const ten = tens[Math.floor(n / 10)] ?? "";
    const unit = n % 10;
    return (unit === 1 || unit === 8 ? ten.slice(0, -1) : ten) + (unit === 0 ? "" : units[unit]);
  };
  const below1000 = (n: number): string => {
    const hundreds = Math.floor(n / 100);
    const cento = hundreds === 0 ? "" : `${hundreds === 1 ? "" : units[hundreds]}cento`;
    return join(cento, below100(n % 100));
  };
  const thousands = Math.floor(number / 1000);
  const mila = thousands === 0 ? "" : thousands === 1 ? "mille" : join(below1000(thousands), "mila");
  return join(mila, below1000(number % 1000));
}
