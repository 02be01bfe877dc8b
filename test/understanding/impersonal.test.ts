import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "../../core/understanding/numbers.ts";
import { makeImpersonalIn } from "../../locales/impersonal.ts";
import { demo } from "../support/talk.ts";
import { hostile } from "./hostile.ts";

const impersonal = makeImpersonalIn(demo);

/** Things of a person, each with the parts of it that must be gone. */
const personal: readonly (readonly [thing: string, ...parts: string[]])[] = [
  ["Mario Rossi", "mario", "rossi"],
  ["ermenegilda zangrandi", "ermenegilda", "zangrandi"],
  ["ANNA MARIA FERRARI", "anna", "ferrari"],
  ["il signor Costa", "costa"],
  ["mi chiamo Gentile Sara", "gentile", "sara"],
  ["il mio nome è Villa", "villa"],
  // Common words, too: only where they stand tells that they are names.
  ["mi chiamo costa", "costa"],
  ["ne ho parlato con Costa", "costa"],
  ["nome: Fontana", "fontana"],
  ["R o s s i", " r ", " s "],
  ["333 1234567", "333", "1234567"],
  ["+39 333.123.45.67", "39", "333", "123", "45", "67"],
  ["0523/370704", "0523", "370704"],
  ["tre tre tre uno due sei sette", "tre", "due", "sei", "sette"],
  ["mario.rossi@posta.it", "mario", "rossi", "posta.it"],
  ["mario punto rossi chiocciola posta punto it", "mario", "rossi", "posta", "punto"],
  ["www.facebook.com/mario.rossi", "mario", "facebook"],
  ["@zangrandi50", "zangrandi", "50"],
  ["RSSMRA50A01D150X", "rssmra", "50"],
  ["IT60X0542811101000000123456", "it60", "0542"],
  ["via Garibaldi 12/b", "garibaldi", "12"],
  ["via alla Chiesa, 3", "chiesa", "3"],
  ["piazza Comune numero 7", "comune", "7"],
  ["29010", "29010"],
  ["AB123CD", "ab123", "123"],
  ["12/3/1950", "12", "1950"],
  ["il 3 maggio 1950", "3", "maggio", "1950"],
  ["83 anni", "83"],
  ["ottantatré anni", "ottanta"],
  ["450 €", "450"],
  ["tremila euro", "tremila"],
  ["diabete", "diabete"],
  ["Марія Шевченко", "марія", "шевченко"],
  ["محمد", "محمد"],
];

describe("What is left of a sentence", () => {
  test.each(personal)("has nothing of: %s", async (thing, ...parts) => {
    const sentences = [
      `${thing}, e vorrei sapere come si vota per il bilancio partecipativo`,
      `vorrei sapere come si vota per il bilancio partecipativo, ${thing}.`,
      `come si vota ${thing} per il bilancio partecipativo e quando si comincia?`,
    ];
    for (const sentence of sentences) {
      const left = await impersonal("it", sentence);
      for (const part of parts) expect(` ${left ?? ""} `).not.toContain(part);
    }
  });

  test.each([
    ["it", "quando passa la corriera per Bettola domani mattina?", "quando passa la … per … domani mattina?"],
    ["it", "VORREI PARLARE CON ROSSI DELL'UFFICIO", "vorrei parlare con … dell'ufficio"],
    ["it", "nata il 12/3/1950 e posso votare?", "nata il #/# e posso votare?"],
    ["it", "un progetto da 4.000 € a Vigolzone, 333 1234567", "un progetto da #€ a vigolzone, #"],
    ["en", "can my cousin Ernest vote in Vigolzone?", "can my … vote in vigolzone?"],
  ])("%s: %s", async (language, text, left) => {
    expect(await impersonal(language, text)).toBe(left);
  });

  test.each([
    "",
    "😂",
    "Mario Rossi",
    "333 1234567",
    "ciao Zangrandi",
    "Anna Ferrari via Roma 12 Bettola sì no",
  ])("is nothing where it is too little: %s", async (text) =>
    expect(await impersonal("it", text)).toBeUndefined(),
  );

  const anything = fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 600 }));
  const written = readdirSync(join(import.meta.dirname, "../../locales/it"), {
    recursive: true,
    encoding: "utf8",
  })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readFileSync(join(import.meta.dirname, "../../locales/it", name), "utf8"));
  const readable = fold(`${written.join("\n")}\n${JSON.stringify(demo)}`);
  const known = new Set(readable.match(/\p{L}+/gu));
  const pieces = fc.array(
    fc.constantFrom("come", "si", "vota", "Rossi", "via", "3", "zangrandi", "?", "mi chiamo"),
  );

  test("is made of words that anybody can read in our files, whatever was written", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anything,
          pieces.map((all) => all.join(" ")),
        ),
        async (text) => {
          const left = await impersonal("it", text);
          for (const word of fold(left ?? "").match(/\p{L}+/gu) ?? []) expect(known).toContain(word);
          expect(left ?? "").not.toMatch(/\d/);
        },
      ),
      { numRuns: 200 },
    ));

  test("is read from the beginning alone, so that no length makes work", () =>
    fc.assert(
      fc.asyncProperty(anything, anything, async (text, other) => {
        const beginning = "come si vota per il bilancio ".repeat(20).slice(0, 500);
        expect(await impersonal("it", `${beginning}x${text}`)).toBe(
          await impersonal("it", `${beginning}x${other}`),
        );
      }),
      { numRuns: 30 },
    ));
});
