import { describe, expect, test } from "vitest";
import { ownTemplates } from "../../bots/whatsapp/templates.ts";
import { lacking, listed, shown, type Told } from "../../commands/template-report.ts";

const files = ownTemplates();
const at = new Date("2026-11-22T09:30:00Z");
const approved = [...files.keys()].flatMap((name) =>
  ["it", "en"].map((language) => ({ name, language, state: "approved" as const, at })),
);
const telling = (known: Told["known"], languages = ["it", "en"]): Told => ({ languages, known });
const without = (name: string, language: string) =>
  approved.filter((one) => one.name !== name || one.language !== language);

test("a template is shown as people see it", () => {
  const file = files.get("vote_unfinished");
  if (!file) throw new Error("There is no such template.");
  expect(shown(file, ["it", "ro"]).split("\n")).toEqual([
    "vote_unfinished, it, UTILITY",
    expect.stringContaining("Ultimo giorno per votare: 18 ottobre 2026."),
    "Per non avere altri messaggi scrivi STOP",
    "[Come si vota] opens now",
    "[Ho già votato] opens voted",
    "[Niente più messaggi] opens stop",
    "",
    "vote_unfinished, ro, UTILITY",
    expect.stringContaining("translated by a program"),
    ...Array(5).fill(expect.any(String)),
  ]);
});

test("the list has each in the languages that the edition speaks", () => {
  const known = [{ ...approved[0], name: "phase_begins", language: "it", state: "rejected" as const, at }];
  const lines = listed(files, telling(known.map((one) => ({ ...one, reason: "INVALID_FORMAT" })))).split(
    "\n",
  );
  expect(lines).toHaveLength(2 * files.size);
  expect(lines).toContainEqual(
    expect.stringMatching(/^phase_begins +it +UTILITY +rejected +2026-11-22 10:30 INVALID_FORMAT$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^phase_begins +en +UTILITY +unknown +Meta has told/));
});

describe("what is lacking", () => {
  test.each<readonly [string, Told, readonly string[]]>([
    ["nothing", telling(approved), []],
    [
      "one that nobody has told of",
      telling(without("phase_begins", "en")),
      ["phase_begins en: not known to be approved"],
    ],
    [
      "one that is paused",
      telling([
        ...without("phase_begins", "it"),
        { name: "phase_begins", language: "it", state: "paused", reason: "FIRST_PAUSE", at },
      ]),
      ["phase_begins it: paused, FIRST_PAUSE"],
    ],
    [
      "one in a dearer category",
      telling([
        ...without("phase_begins", "it"),
        { name: "phase_begins", language: "it", state: "approved", category: "MARKETING", at },
      ]),
      ["phase_begins it: Meta has it under MARKETING, at another price"],
    ],
  ])("%s", (_, of, expected) => {
    expect(lacking(files, of)).toEqual(expected);
  });

  test("a language that no template is written in", () => {
    expect(lacking(files, telling(approved, ["it", "fr"]))).toHaveLength(files.size);
  });
});
