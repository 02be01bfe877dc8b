import { describe, expect, test } from "vitest";
import { fillingOf } from "../locales/filling.ts";
import { gulpease } from "../locales/gulpease.ts";
import { isLabel, localeFiles, messageKeys } from "../locales/messages.ts";
import { AVERAGE, averageOf, exempt, hardOf, measure } from "../locales/readability.ts";
import { demo, words } from "./support/talk.ts";

const filling = fillingOf(demo);
const measured = (file: string) => measure(words, filling, messageKeys("it", file));
const files = localeFiles("it").filter((file) => messageKeys("it", file).some((key) => !isLabel(key)));

describe("In Italian, by the Gulpease index,", () => {
  test.each(files)(
    "every long message of %s is at 60 or more, and its messages are at 75 on average",
    (file) => {
      expect(hardOf(measured(file))).toEqual([]);
      expect(averageOf(measured(file))).toBeGreaterThanOrEqual(AVERAGE);
    },
  );

  test("a message that is not measured is there", () => {
    const keys = localeFiles("it").flatMap((file) => messageKeys("it", file));
    expect(keys).toEqual(expect.arrayContaining(Object.keys(exempt)));
  });

  test("bureaucratic words are told from plain ones", () => {
    const plain = "Oggi è presto. Se vuoi, ti avviso io.";
    const bureaucratic =
      "Le istanze dovranno essere presentate esclusivamente avvalendosi della modulistica appositamente predisposta dall'Amministrazione procedente.";
    expect(gulpease(plain)).toBeGreaterThan(90);
    expect(gulpease(bureaucratic)).toBeLessThan(40);
  });

  test("the index is that of the formula", () => {
    // 1 sentence, 11 words, 61 letters: 89 + (300 - 610) / 11.
    const sentence = "La commissione dell'Unione controlla la proposta insieme a chi l'ha fatta.";
    expect(gulpease(sentence)).toBeCloseTo(60.82, 2);
    // The same in two lines: 89 + (600 - 610) / 11.
    expect(
      gulpease(`• La commissione dell'Unione controlla la proposta;\n• insieme a chi l'ha fatta.`),
    ).toBeCloseTo(88.09, 2);
    expect(gulpease("Vai.")).toBe(100);
  });
});
