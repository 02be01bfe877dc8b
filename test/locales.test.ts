import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { payloads } from "../core/repertoire.ts";
import { normal } from "../core/understanding/normal.ts";
import { loadWords } from "../locales/index.ts";
import { isLabel, localeFiles, messageKeys } from "../locales/messages.ts";

describe("The words of this repository", () => {
  const words = loadWords();
  const { languages, unfinished } = words;

  test("are all there in Italian and in English", () => {
    expect(languages.slice(0, 1)).toEqual(["it"]);
    expect(localeFiles("it").filter((file) => !words.covers("en", file))).toEqual([]);
  });

  test("are offered in Romanian, Albanian and Arabic too, as far as they go", () => {
    expect([...languages].sort()).toEqual(["ar", "en", "it", "ro", "sq"]);
  });

  // A file that a language does not have is not covered; one that is there must have all that Italian has.
  test("have no file in any language that says less than the Italian one, or more", () => {
    expect(unfinished()).toEqual({});
  });

  test("open one thing by one phrase, whatever language it is in", () => {
    const opens = new Map<string, Set<string>>();
    for (const kind of ["word", "question", "subject"] as const)
      for (const payload of payloads[kind])
        for (const phrase of languages.flatMap((one) => words.list(one, `words.${kind}.${payload}`)))
          opens.set(normal(phrase), (opens.get(normal(phrase)) ?? new Set()).add(payload));
    expect([...opens].filter(([, all]) => all.size > 1)).toEqual([]);
  });

  // A row of WhatsApp's lists has 24 characters; what is longer would be cut.
  test.each(languages)("have labels in %s that fit a row of a list", (language) => {
    const labels = localeFiles(language)
      .flatMap((file) => messageKeys(language, file))
      .filter(isLabel)
      .map((key) => words.say(language, { key }));
    expect(labels.length).toBeGreaterThan(50);
    expect(labels.filter((label) => label.length > 24)).toEqual([]);
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
    write("open: Si vota\nclose: Chiuso\n");
    mkdirSync(join(directory, "ro"));
    writeFileSync(join(directory, "ro", "vote.yaml"), "open:\nclose: Închis\n");
    expect(loadWords(directory).unfinished()).toEqual({ ro: ["vote.open is missing"] });
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

  describe("tells who made a translation:", () => {
    const romanian = (origin: string) => {
      write("open: Si vota\n");
      mkdirSync(join(directory, "ro"));
      writeFileSync(join(directory, "ro", "vote.yaml"), "open: Se votează\n");
      writeFileSync(join(directory, "ro", "translation.yaml"), origin);
    };

    test("a program, until a person has confirmed every file", () => {
      romanian("made: machine\nconfirmed: {}\n");
      expect(loadWords(directory).machineMade).toEqual(["ro"]);
      expect(loadWords(directory).unfinished()).toEqual({});
    });

    test("a program, and a person has read it all", () => {
      romanian("made: machine\nconfirmed: { vote: { by: Ana Popescu, on: 2026-12-01 } }\n");
      expect(loadWords(directory).machineMade).toEqual([]);
    });

    test("and refuses what does not tell it", () => {
      romanian("made: somebody\n");
      expect(() => loadWords(directory)).toThrow("translation.yaml");
    });
  });
});
