import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { WHATSAPP_FIELDS } from "../../../bots/whatsapp/news.ts";
import { examplesIn, readTemplateFile } from "../../../bots/whatsapp/template-file.ts";
import { TEMPLATE_LANGUAGES } from "../../../bots/whatsapp/template-rules.ts";
import { filled, fitting, submissionsOf } from "../../../bots/whatsapp/template-words.ts";
import { loadTemplates, ownTemplates } from "../../../bots/whatsapp/templates.ts";
import { automaticCampaigns } from "../../../core/campaigns/automatic.ts";
import { repertoire } from "../../../core/repertoire.ts";
import { loadEdition } from "../../../editions/load.ts";
import { gulpease } from "../../../locales/gulpease.ts";

const EDITIONS = readdirSync("editions").filter((name) => name.endsWith(".yaml"));
const GOOD = `
name: phase_begins
category: UTILITY
parameters: [{ name: phase, example: Voto }, { name: last_day, example: { it: 18 ottobre } }]
body: { it: "Ciao! È cominciata la fase {{1}}. Ultimo giorno: {{2}}. A presto!" }
footer: { it: Scrivi STOP }
buttons: [{ opens: now, label: { it: Apri } }]
`;
const mistakesIn = (text: string) => {
  const read = readTemplateFile(text, "phase_begins");
  return "mistakes" in read ? read.mistakes.map(({ path, message }) => `${path}: ${message}`) : [];
};

describe("a template's file", () => {
  test("that is good has no mistake", () => expect(mistakesIn(GOOD)).toEqual([]));

  const unordered = "body.it: write each gap once and in order: {{1}} {{2}}";
  const dangling = "body.it: write words before the first gap and after the last one";
  const twice = "[{ opens: now, label: { it: Apri } }, { opens: stop, label: { it: Apri } }]";
  test.each([
    [
      "a name with a hyphen",
      /e: phase_begins/,
      "e: phase-begins",
      "name: write small letters, figures and underscores",
    ],
    [
      "another name than its own",
      /e: phase_begins/,
      "e: other",
      "name: write phase_begins, as the file is called",
    ],
    ["no such category", /UTILITY/, "AUTHENTICATION", "category: write UTILITY or MARKETING"],
    ["no category", /^category: .*$/m, "", "category: write UTILITY or MARKETING"],
    ["no language", /^body: .*$/m, "body: {}", "body: write it in one language at least"],
    ["a language that is not spoken", /it: Scrivi/, "fr: Scrivi", "footer: knows no fr"],
    ["a gap first", /Ciao! È cominciata la fase /, "", dangling],
    ["a gap last", / A presto!/, "", dangling],
    ["two gaps in a row", /\. Ultimo giorno: /, " ", "body.it: write something between two gaps"],
    ["a gap too many", /A presto/, "{{3}} presto", unordered],
    ["a gap that does not close", /\{\{2\}\}/, "{{2}", "body.it: close each gap: {{1}}"],
    [
      "too few words",
      /È cominciata la fase (.*) Ultimo giorno:/,
      "$1 e",
      "body.it: write at least 5 words beside the gaps",
    ],
    [
      "a body that is too long",
      /Ciao/,
      "Ciao".repeat(260),
      "body.it: it has 1101 characters: write 1024 at most",
    ],
    ["too much space", /Ciao!/, "Ciao!    ", expect.stringContaining("four spaces")],
    [
      "a footer that is too long",
      /Scrivi STOP/,
      "x".repeat(61),
      "footer.it: it has 61 characters: write 60 at most",
    ],
    ["a language without its footer", /it: Scrivi STOP/, "en: Write STOP", "footer.it: is missing"],
    [
      "a footer without its body",
      /it: Scrivi STOP/,
      "en: Write STOP",
      "footer.en: has no body in this language",
    ],
    [
      "a label that is too long",
      /Apri \}/,
      `${"x".repeat(26)} }`,
      "buttons.0.label.it: it has 26 characters: write 25 at most",
    ],
    [
      "a gap on a button",
      /Apri \}/,
      '"Apri {{1}}" }',
      "buttons.0.label.it: leave out gaps, line breaks and emoji",
    ],
    [
      "a picture on a button",
      /Apri \}/,
      "Apri 🎉 }",
      "buttons.0.label.it: leave out gaps, line breaks and emoji",
    ],
    [
      "a door that there is not",
      /opens: now/,
      "opens: menu",
      "buttons.0.opens: write one of first, now, stop, voted",
    ],
    ["two labels that are one", /\[\{ opens.*$/m, twice, "buttons: two buttons have one label in it"],
    [
      "a language without its example",
      /example: \{ it/,
      "example: { en",
      "parameters.1.example.it: is missing",
    ],
    ["no YAML", /^[\s\S]*$/, ": : {", ": is not YAML"],
  ])("with %s", (_, from, to, expected) => {
    expect(mistakesIn(GOOD.replace(from, to))).toContainEqual(expected);
  });

  test("keeps the assistant from starting where it is not good, and every mistake is told", () => {
    const directory = mkdtempSync(join(tmpdir(), "templates-"));
    writeFileSync(join(directory, "phase_begins.yaml"), GOOD);
    writeFileSync(join(directory, "README.md"), "No template.");
    expect([...loadTemplates(directory).keys()]).toEqual(["phase_begins"]);
    writeFileSync(join(directory, "other.yaml"), GOOD.replace("A presto!", ""));
    writeFileSync(join(directory, "third.yaml"), GOOD);
    expect(() => loadTemplates(directory)).toThrow(
      /other.yaml: body.it write words before.*\nthird.yaml: name write third, as the file is called/,
    );
    rmSync(directory, { recursive: true });
  });

  test("lists every mistake, not just the first", () => {
    const text = GOOD.replace("A presto!", "").replace("Scrivi STOP", "x".repeat(61));
    expect(mistakesIn(text)).toHaveLength(2);
  });
});

describe.each([...ownTemplates()])("%s", (_, file) => {
  const italian = file.body.it ?? "";

  test("is written in all languages that the product speaks, those that a program wrote marked so", () => {
    expect(submissionsOf(file).map(({ language }) => language)).toEqual([...TEMPLATE_LANGUAGES]);
    expect(file.unconfirmed).toEqual(["ro", "sq", "ar"]);
  });

  test("is easy to read", () => {
    expect(gulpease(filled(italian, examplesIn(file, "it")))).toBeGreaterThanOrEqual(75);
  });

  test("leads through doors that there are", () => {
    const { topics, commands, flows } = repertoire;
    const doors = [...Object.keys(commands), ...[...topics, ...flows].map(({ name }) => name)];
    for (const { opens } of file.buttons) expect(["first", ...doors]).toContain(opens);
  });

  test("can be stopped, unless it answers what was asked", () => {
    const answers = ["office_news", "company_news", "company_answer"].includes(file.name);
    const opens = file.buttons.map((button) => button.opens);
    expect(opens.at(-1)).toBe(answers ? "first" : "stop");
    expect(file.footer !== undefined).toBe(!answers);
  });
});

test("what fills a body is shortened, the longest first, until Meta carries it", () => {
  const body = "Ciao! {{1}} e poi {{2}} a presto";
  const [long = "", short = ""] = fitting(body, ["parola ".repeat(300), "18\nottobre"]);
  expect(short).toBe("18 ottobre");
  expect(long).toMatch(/parola…$/);
  const whole = filled(body, [long, short]);
  expect(whole.length).toBeLessThanOrEqual(1024);
  expect(whole.length).toBeGreaterThan(1000);
});

describe("docs/whatsapp.md", () => {
  const page = readFileSync("docs/whatsapp.md", "utf8");

  test("names every template with its category and gaps, and no other", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| (\w+) \| ([\w, ]+) \|/gm)];
    expect(rows.map(([, name, category, gaps]) => [name, category, gaps?.split(", ")])).toEqual(
      expect.arrayContaining(
        [...ownTemplates().values()].map(({ name, category, parameters }) => [
          name,
          category,
          parameters.map((parameter) => parameter.name),
        ]),
      ),
    );
    expect(rows).toHaveLength(ownTemplates().size);
  });

  test("names every field to be subscribed, and no other", () => {
    const fields = [...page.matchAll(/^\| \*\*(\w+)\*\* \|/gm)].map(([, field]) => field);
    expect(fields).toEqual([...WHATSAPP_FIELDS]);
  });
});

test.each(EDITIONS)("what the calendar of %s sends fills its templates", (name) => {
  const read = loadEdition(`editions/${name}`, "2026-09-07");
  if (!read.ok) throw new Error("The edition cannot be read.");
  for (const { template } of automaticCampaigns(read.edition).values())
    expect(ownTemplates().get(template?.name ?? "")?.parameters).toHaveLength(
      template?.parameters.length ?? 0,
    );
});
