import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadWords } from "../locales/index.ts";
import { localeFiles, messageKeys } from "./support/locale-keys.ts";

describe("The words of this repository", () => {
  const words = loadWords();
  const { languages, unfinished } = words;

  test("are offered in Italian and in every language that is complete", () => {
    expect(languages[0]).toBe("it");
    for (const language of Object.keys(unfinished)) expect(languages).not.toContain(language);
  });

  // A row of WhatsApp's lists has 24 characters; what is longer would be cut.
  test.each(languages)("have labels in %s that fit a row of a list", (language) => {
    const labels = localeFiles(language)
      .flatMap((file) => messageKeys(language, file))
      .filter((key) => /\.(name|another|option\.[^.]+)$/.test(key))
      .map((key) => words.say(language, { key }));
    expect(labels.length).toBeGreaterThan(50);
    expect(labels.filter((label) => label.length > 24)).toEqual([]);
  });

  // A translation may be under way; what is in it must already fit its source.
  test.each(Object.entries(unfinished))("lack in %s nothing but translations", (_, lacks) => {
    expect(lacks.filter((lack) => !lack.endsWith(" is missing"))).toEqual([]);
  });
});

describe("Reading locales", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "locales-"));
    mkdirSync(join(directory, "it"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const write = (yaml: string) => writeFileSync(join(directory, "it", "vote.yaml"), yaml);

  test("a message is known by its file, its groups and its name", () => {
    write("open: Si vota\nhelp:\n  online: |\n    Si vota\n    dal telefono.\n  yes: [sì, certo]\n");
    const words = loadWords(directory);
    expect(words.say("it", { key: "vote.open" })).toBe("Si vota");
    expect(words.say("it", { key: "vote.help.online" })).toBe("Si vota\ndal telefono.");
    expect(words.list("it", "vote.help.yes")).toEqual(["sì", "certo"]);
  });

  test("a language without words for a message is unfinished", () => {
    write("open: Si vota\n");
    mkdirSync(join(directory, "ro"));
    writeFileSync(join(directory, "ro", "vote.yaml"), "open:\n");
    expect(loadWords(directory).unfinished).toEqual({ ro: ["vote.open is missing"] });
  });

  test.each([
    ["broken YAML", "open: [", "vote.yaml"],
    ["a number without quotes", "year: 2022", "vote.year"],
    ["a yes without quotes in a list", "yes: [true]", "vote.yes"],
    ["a message that is there twice", "a.b: x\na: { b: y }", "vote.a.b"],
  ])("%s is refused by name", (_, yaml, named) => {
    write(yaml);
    expect(() => loadWords(directory)).toThrow(named);
  });
});
