import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ageOn } from "../../core/edition/calendar.ts";
import { readBirth } from "../../core/understanding/dates.ts";
import { hostile } from "./hostile.ts";

const today = "2022-05-02";

describe("a date of birth", () => {
  test.each([
    ["12/3/50", "1950-03-12"],
    ["12-03-50", "1950-03-12"],
    ["12.3.1950", "1950-03-12"],
    ["12 3 1950", "1950-03-12"],
    ["1950-03-12", "1950-03-12"],
    ["12031950", "1950-03-12"],
    ["3 maggio 1949", "1949-05-03"],
    ["nata il 3/5/49", "1949-05-03"],
    ["sono nato il tre maggio del '49", "1949-05-03"],
    ["3 mag. 1949", "1949-05-03"],
    ["1° maggio 1980", "1980-05-01"],
    ["primo maggio 1980", "1980-05-01"],
    ["29 febbraio 1952", "1952-02-29"],
    ["83 anni, nata il 3/5/38", "1938-05-03"],
    ["May 3, 1949", "1949-05-03"],
    ["3rd of May 1949", "1949-05-03"],
    ["2/5/22", "2022-05-02"],
    ["3/5/22", "1922-05-03"],
    ["fa 16 anni il 3 ottobre", "2006-10-03"],
    ["il 3 ottobre fa 16 anni", "2006-10-03"],
    ["ha 15 anni e ne fa 16 il 3 ottobre", "2006-10-03"],
    ["compie 16 anni il 3 aprile", "2007-04-03"],
    ["ha compiuto 16 anni il 3 aprile", "2006-04-03"],
    ["turns 16 on October 3", "2006-10-03"],
  ])("%s", (text, date) => {
    expect(readBirth(text, today)).toEqual({ ok: true, birth: { kind: "date", date } });
  });
});

test.each([
  ["ho 83 anni", 83],
  ["83", 83],
  ["ottantatré anni", 83],
  ["ottanta tre", 83],
  ["ho ottant’anni", 80],
  ["ho un figlio di 16 anni", 16],
  ["ha fatto 16 anni", 16],
  ["I'm 83 years old", 83],
])("an age: %s", (text, age) => {
  expect(readBirth(text, today)).toEqual({ ok: true, birth: { kind: "age", age } });
});

test.each([
  ["1949", 1949],
  ["nato nel '50", 1950],
  ["nel 50", 1950],
  ["classe 49", 1949],
  ["maggio 1949", 1949],
  ["maggio 49", 1949],
])("a year: %s", (text, year) => {
  expect(readBirth(text, today)).toEqual({ ok: true, birth: { kind: "year", year } });
});

test.each([
  ["31/2/1950", "impossible"],
  ["29/2/1951", "impossible"],
  ["3/13/1950", "impossible"],
  ["ho 150 anni", "impossible"],
  ["nel 1850", "impossible"],
  ["12/3/2030", "future"],
  ["2030", "future"],
  ["3 maggio", "noYear"],
  ["maggio 10", "noYear"],
  ["ho quasi 16 anni", "unclear"],
  ["tra un mese ho 16 anni", "unclear"],
  ["fa 16 anni a ottobre", "unclear"],
  ["non ho 16 anni", "unclear"],
  ["12/3/50 o 12/4/50", "several"],
  ["ciao", "none"],
  ["", "none"],
])("refused: %s", (text, problem) => {
  expect(readBirth(text, today)).toEqual({ ok: false, problem });
});

test("every date of a life is read however it is written, and gives the right age", () => {
  const months =
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre";
  const dates = fc
    .date({
      min: new Date("1922-05-03T00:00:00Z"),
      max: new Date("2022-05-02T00:00:00Z"),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(dates, (date) => {
      const [year = "", month = "", day = ""] = date.split("-");
      const name = months.split(" ")[Number(month) - 1];
      const short = `${Number(day)}/${Number(month)}/${year.slice(2)}`;
      const named = `${Number(day)} ${name}`;
      for (const text of [
        date,
        `${day}/${month}/${year}`,
        short,
        `nata il ${named} ${year}`,
        `${named} '${year.slice(2)}`,
      ]) {
        expect([text, readBirth(text, today)]).toEqual([text, { ok: true, birth: { kind: "date", date } }]);
      }
      const next = ageOn(date, today) + 1;
      if (date.slice(5) !== today.slice(5) && date.slice(5) !== "02-29") {
        const read = readBirth(`compie ${next} anni il ${named}`, today);
        expect(read).toEqual({ ok: true, birth: { kind: "date", date } });
      }
    }),
  );
});

const offered = ["it", "en", "ro", "sq", "ar"] as const;

// As the assistant itself writes dates, and by the names that each country's people know.
test.each([...offered, "ar-EG", "ar-MA", "ar-TN", "ar-DZ"])(
  "every date of a life is read in %s",
  (language) => {
    const names = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { month: "long", timeZone: "UTC" });
    const digits = new Intl.NumberFormat(`${language}-u-nu-${language.startsWith("ar") ? "arab" : "latn"}`, {
      useGrouping: false,
    });
    const dates = fc
      .date({ min: new Date("1922-05-03"), max: new Date("2022-05-02"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(dates, (date) => {
        const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
        const name = names.format(new Date(`${date}T00:00:00Z`));
        for (const text of [
          `${digits.format(day)} ${name} ${digits.format(year)}`,
          `${day} ${name.toUpperCase()} ${year}`,
          `${digits.format(day)}/${digits.format(month)}/${digits.format(year)}`,
        ])
          expect([text, readBirth(text, today)]).toEqual([text, { ok: true, birth: { kind: "date", date } }]);
      }),
    );
  },
);

test.each([
  ["am 83 de ani", 83],
  ["83 de ani", 83],
  ["jam 83 vjeç", 83],
  ["عمري 83 سنة", 83],
  ["عمري ٨٣ سنة", 83],
  // In Italian "mai" is never, and no month.
  ["mai 49", 49],
])("an age in another language: %s", (text, age) => {
  expect(readBirth(text, today)).toEqual({ ok: true, birth: { kind: "age", age } });
});

test.each([
  ["am aproape 16 ani", "unclear"],
  ["nu am 16 ani", "unclear"],
  ["nuk jam 16 vjeç", "unclear"],
  ["gati 16 vjeç", "unclear"],
  ["عمري تقريبا 16 سنة", "unclear"],
  ["3 mai", "noYear"],
])("in another language too, %s is asked again", (text, problem) => {
  const read = readBirth(text, today);
  expect(read.ok ? "taken" : read.problem).toBe(problem);
});

test("whatever is written, nothing comes out that is in the future or beyond a life", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 4096 }), hostile), (text) => {
      const read = readBirth(text, today);
      if (!read.ok) return;
      const { birth } = read;
      if (birth.kind === "date") expect(birth.date <= today && birth.date > "1899").toBe(true);
      if (birth.kind === "year") expect(birth.year <= 2022 && birth.year >= 1900).toBe(true);
      if (birth.kind === "age") expect(birth.age >= 0 && birth.age <= 122).toBe(true);
    }),
    { numRuns: 40 },
  );
});
