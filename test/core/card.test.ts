import { expect, test } from "vitest";
import type { Edition } from "../../core/edition/schema.ts";
import { load } from "../edition/samples.ts";
import { demo, fresh, presses, talk, words } from "../support/talk.ts";

const archive = load("editions/digitale-bene-comune-2022.yaml");
const example = load("editions/val-d-enza.yaml", "2026-09-07");

function sheet(edition: Edition, today: string, language = "it") {
  const { document } = talk({ ...fresh(), welcomed: true, language }, presses("go.card"), {
    edition,
    today,
  }).message;
  if (!document) throw new Error("There is no sheet.");
  return document;
}
const headings = (...day: Parameters<typeof sheet>) => sheet(...day).rows.map(({ label }) => label);

test("It says where to go, and what to bring, as long as there is reason to go there", () => {
  const [phone, form, voting, helpers, spid] = headings(demo, "2026-09-08");
  expect([phone, form, voting, helpers, spid]).toEqual([
    "Il telefono dell'Unione",
    "Dove ritiri e consegni il modulo",
    "Dove si vota di persona",
    "Chi ti aiuta",
    "Sportelli SPID",
  ]);
  expect(sheet(demo, "2026-09-08").boxes).toEqual(["documento di identità", "codice fiscale"]);
  expect(headings(demo, "2026-11-01")).not.toContain(form);
  // Paper is over, the assisted stations are not.
  expect(headings(demo, "2027-02-20")).toContain(voting);
  expect(sheet(demo, "2027-02-20").boxes).toBeUndefined();
  expect(headings(demo, "2027-04-01")).toEqual([phone, helpers, spid]);
});

test("Where no place is known it says so in the edition's words", () => {
  const voting = sheet(archive, "2022-09-10").rows.find(({ label }) => label === "Dove si vota di persona");
  expect(voting?.value).toContain("L'Unione annuncerà dove");
  expect(headings(example, "2026-09-08")).not.toContain("Dove si vota di persona");
});

test.each(words.languages)("In %s it is whole, and names its sources", (language) => {
  const { rows, notes, large } = sheet(demo, "2026-09-08", language);
  expect(rows.every(({ label, value }) => label !== "" && value !== "")).toBe(true);
  expect(notes.join("\n")).toContain(
    words.say(language, { literal: demo.sources["prova"]?.title ?? "none" }),
  );
  expect(large).toBe(true);
});
