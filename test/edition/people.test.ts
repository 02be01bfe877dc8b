import { describe, expect, test } from "vitest";
import { bornOnOrBefore } from "../../core/edition/calendar.ts";
import { readTaxCode } from "../../core/voting/tax-code.ts";
import { madeUpPeople, madeUpVoters } from "../../editions/people.ts";
import { demo } from "../support/talk.ts";

describe("The people of the demonstration", () => {
  test.each(madeUpPeople())("$id has a codice fiscale in order, which is nobody's", async ({ person }) => {
    const reading = await readTaxCode(person.taxCode);
    expect(reading).toMatchObject({ ok: true, births: expect.arrayContaining([person.birth]) });
    // Not one digit is left: 127 people with the same code come before whoever is given this one.
    expect(person.taxCode).toMatch(/^[A-Z]{16}$/);
  });

  test("are told apart, and speak every language of the demonstration", () => {
    const people = madeUpPeople();
    for (const key of ["id", "email", "phone"] as const) {
      const values = people.flatMap((one) => one[key] ?? []);
      expect(new Set(values).size).toBe(values.length);
    }
    expect(new Set(people.map(({ person }) => person.taxCode)).size).toBe(people.length);
    for (const { note } of people) expect(Object.keys(note).sort()).toEqual([...demo.languages].sort());
  });

  test("stand on the roll as the rules allow: of an age, from a Comune of the edition or waiting as others do", () => {
    const voters = madeUpVoters(demo);
    const comuni = new Set(demo.comuni.map(({ id }) => id));
    for (const { person, comune } of voters) {
      expect(person.birth <= bornOnOrBefore(demo)).toBe(true);
      if (comune !== undefined) expect(comuni).toContain(comune);
    }
    const { from = "", to = "" } = demo.vote?.online ?? {};
    const waiting = voters.flatMap(({ enabledFrom }) => enabledFrom ?? []);
    expect(waiting).toHaveLength(1);
    for (const day of waiting) expect(from < day && day <= to).toBe(true);
    expect(voters.some(({ person }) => !("email" in person) && !("phone" in person))).toBe(true);
    expect(madeUpPeople().some(({ person, onRoll }) => !onRoll && person.birth > bornOnOrBefore(demo))).toBe(
      true,
    );
  });
});
