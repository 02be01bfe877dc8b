import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, bornOnOrBefore } from "../../core/edition/calendar.ts";
import { type Birth, decide, type EligibilityFacts, nextQuestion } from "../../core/edition/eligibility.ts";
import { edition2022 } from "./samples.ts";

const today = "2022-05-02";
const adult: Birth = { kind: "age", age: 83 };
const verdictOf = (facts: EligibilityFacts, day = today) => {
  const decision = decide(edition2022, facts, day);
  return decision.decided ? decision.verdict : undefined;
};

describe("the verdict", () => {
  test("a resident of any of the five Comuni takes part, whatever the citizenship", () => {
    for (const { id } of edition2022.comuni) {
      expect(verdictOf({ birth: adult, residence: id })).toEqual({ kind: "resident", comune: id });
      expect(verdictOf({ birth: adult, residence: id, citizenship: "stateless" })?.kind).toBe("resident");
    }
  });

  test("born on the limit takes part and is told when they turn 16, a day later does not", () => {
    const born = (date: string) => verdictOf({ birth: { kind: "date", date }, residence: "podenzano" });
    expect(born("2006-10-18")).toEqual({ kind: "resident", comune: "podenzano", turns: "2022-10-18" });
    expect(born("2006-10-19")).toEqual({
      kind: "tooYoung",
      bornOnOrBefore: "2006-10-18",
      turns: "2022-10-19",
    });
    expect(born("2006-05-02")).toEqual({ kind: "resident", comune: "podenzano" });
  });

  test("who works there and lives elsewhere is a city user, with the days that matter", () => {
    const facts = { birth: adult, residence: "elsewhere", link: "work", citizenship: "has" } as const;
    expect(verdictOf(facts, "2022-10-01")).toEqual({
      kind: "cityUser",
      link: "work",
      days: { enabledOn: "2022-10-04", askBy: "2022-10-11", lastDay: "2022-10-15" },
      tooLate: false,
    });
    expect(verdictOf(facts, "2022-10-15")).toMatchObject({ tooLate: false });
    expect(verdictOf(facts, "2022-10-16")).toMatchObject({ tooLate: true });
  });

  test("a stateless person, or one who cannot say, who lives elsewhere is sent to the office", () => {
    for (const citizenship of ["stateless", "unknown"] as const) {
      const facts = { birth: adult, residence: "elsewhere", link: "study", citizenship };
      expect(verdictOf(facts)).toEqual({ kind: "office" });
    }
  });

  test("who lives elsewhere without a link does not take part", () => {
    expect(verdictOf({ birth: adult, residence: "elsewhere", link: "none" })).toEqual({ kind: "noLink" });
  });
});

describe("the questions", () => {
  const ask = (facts: EligibilityFacts) => nextQuestion(edition2022, facts, today);

  test("are as few as decide", () => {
    expect(ask({})).toBe("age");
    expect(ask({ birth: { kind: "age", age: 12 } })).toBeUndefined();
    expect(ask({ birth: adult })).toBe("residence");
    expect(ask({ birth: adult, residence: "gropparello" })).toBeUndefined();
    expect(ask({ birth: adult, residence: "elsewhere" })).toBe("link");
    expect(ask({ birth: adult, residence: "elsewhere", link: "none" })).toBeUndefined();
    expect(ask({ birth: adult, residence: "elsewhere", link: "work" })).toBe("citizenship");
  });

  test("ask for the birth date only where an age or a year leaves it open", () => {
    expect(ask({ birth: { kind: "age", age: 15 } })).toBe("birthDate");
    expect(ask({ birth: { kind: "age", age: 14 } })).toBeUndefined();
    expect(ask({ birth: { kind: "age", age: 16 } })).toBe("residence");
    expect(ask({ birth: { kind: "year", year: 2006 } })).toBe("birthDate");
    expect(ask({ birth: { kind: "year", year: 2005 } })).toBe("residence");
    expect(ask({ birth: { kind: "year", year: 2007 } })).toBeUndefined();
  });

  test("come again where an answer is none of the edition's", () => {
    expect(ask({ birth: adult, residence: "piacenza" })).toBe("residence");
    expect(ask({ birth: adult, residence: "elsewhere", link: "holiday" })).toBe("link");
  });
});

const dates = fc
  .date({ min: new Date("1910-01-01T00:00:00Z"), max: new Date("2022-05-02T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const births: fc.Arbitrary<Birth> = fc.oneof(
  dates.map((date) => ({ kind: "date" as const, date })),
  fc.integer({ min: 1910, max: 2022 }).map((year) => ({ kind: "year" as const, year })),
  fc.integer({ min: 0, max: 110 }).map((age) => ({ kind: "age" as const, age })),
);
const residences = fc.constantFrom("podenzano", "vigolzone", "elsewhere");
const links = fc.constantFrom("work", "study", "volunteer", "domicile", "none");
const citizenships = fc.constantFrom("has" as const, "stateless" as const, "unknown" as const);
const facts: fc.Arbitrary<EligibilityFacts> = fc.record(
  { birth: births, residence: residences, link: links, citizenship: citizenships },
  { requiredKeys: [] },
);

test("a verdict never changes with what else is found out", () => {
  const whole = fc.record({ birth: births, residence: residences, link: links, citizenship: citizenships });
  fc.assert(
    fc.property(facts, whole, (known, rest) => {
      const verdict = verdictOf(known);
      if (verdict !== undefined) expect(verdictOf({ ...rest, ...known })).toEqual(verdict);
    }),
  );
});

test("a verdict from an age or a year holds for every birth date that they allow", () => {
  fc.assert(
    fc.property(dates, residences, (date, residence) => {
      const kind = (birth: Birth) => verdictOf({ birth, residence, link: "work", citizenship: "has" })?.kind;
      const exact = kind({ kind: "date", date });
      const had = date.slice(5) <= today.slice(5) || (date.slice(5) === "02-29" && today >= "2022-02-28");
      const age = 2022 - Number(date.slice(0, 4)) - (had ? 0 : 1);
      expect([exact, undefined]).toContain(kind({ kind: "age", age }));
      expect([exact, undefined]).toContain(kind({ kind: "year", year: Number(date.slice(0, 4)) }));
    }),
    { numRuns: 500 },
  );
});

test("who takes part would if they were older, up to the very day of the limit", () => {
  const limit = bornOnOrBefore(edition2022);
  fc.assert(
    fc.property(fc.integer({ min: -4000, max: 30_000 }), residences, (daysBefore, residence) => {
      const birth = { kind: "date" as const, date: addDays(limit, -daysBefore) };
      const verdict = verdictOf({ birth, residence, link: "work", citizenship: "has" });
      expect(verdict?.kind === "tooYoung").toBe(daysBefore < 0);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 110 }), fc.integer({ min: 0, max: 30 }), (age, more) => {
      const kind = (years: number) =>
        verdictOf({ birth: { kind: "age", age: years }, residence: "podenzano" })?.kind;
      if (kind(age) === "resident") expect(kind(age + more)).toBe("resident");
    }),
  );
});

test("asking one question after the other ends with a verdict after four answers at most, five with a birth date", () => {
  fc.assert(
    fc.property(
      dates,
      births,
      residences,
      links,
      citizenships,
      (date, birth, residence, link, citizenship) => {
        let known: EligibilityFacts = {};
        const asked: string[] = [];
        for (;;) {
          const needed = nextQuestion(edition2022, known, today);
          if (needed === undefined) break;
          expect(asked).not.toContain(needed);
          asked.push(needed);
          const answers = {
            age: { birth },
            birthDate: { birth: { kind: "date" as const, date } },
            residence: { residence },
            link: { link },
            citizenship: { citizenship },
          };
          known = { ...known, ...answers[needed] };
        }
        expect(asked.length).toBeLessThanOrEqual(5);
      },
    ),
  );
});
