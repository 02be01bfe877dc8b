import { describe, expect, test } from "vitest";
import { OUT_OF_SCOPE } from "../../core/understanding/intents.ts";
import { askedServices } from "../../core/understanding/services.ts";
import { makeUnderstanding } from "../../core/understanding/understand.ts";
import { loadModel } from "../../locales/understanding.ts";
import { type Example, readUntrained } from "../../scripts/training/corpus.ts";
import { load } from "../edition/samples.ts";
import { ANCHOR } from "../support/house.ts";

const edition = load("editions/demo.yaml", ANCHOR);
const asked = (text: string, language = "it") => askedServices(text, edition, language).map(({ id }) => id);

describe("a service that a sentence asks for", () => {
  test.each<[string, string]>([
    ["devo pagare una multa", "multe"],
    ["MI SONO ARRIVATE DUE MULTE!!", "multe"],
    ["ho trovato una contravenzione sul parabrezza", "multe"],
    ["mensa scolastica", "scuola"],
    ["c'è un lampione rotto in via Dante", "segnalazioni"],
    ["i lampioni di via Dante non vanno", "segnalazioni"],
    ["chi ripara le buche nelle strade", "segnalazioni"],
    ["mi calcolate l'imu", "imposte"],
    ["l'applicazione dell'unione non si apre", "app"],
    ["per aprire un bar che carte servono", "accesso-unitario"],
  ])("%s → %s", (text, service) => {
    expect(asked(text)).toEqual([service]);
  });

  test.each([
    "non me ne importa niente",
    "alla fine chi vince",
    "le sue proposte mi piacciono",
    "che app devo usare per SPID",
    "abito in una strada di campagna",
    "",
  ])("is none in «%s»", (text) => {
    expect(asked(text)).toEqual([]);
  });

  test("is looked for in the person's language alone: a word may mean something else in another", () => {
    const fines = {
      id: "multe",
      name: "Multe",
      what: "Per le multe.",
      asked: { it: ["multa"], en: ["fine"] },
    };
    const services = { items: [fines], sources: ["agenda"] };
    const found = (text: string, language: string) => askedServices(text, { ...edition, services }, language);
    expect(found("I have to pay a fine", "en")).toEqual([fines]);
    expect(found("alla fine chi vince?", "it")).toEqual([]);
    // Who reads a language that the edition gives no words in writes in the edition's own.
    expect(found("o multa, te rog", "ro")).toEqual([fines]);
  });

  test("may be one of several", () => {
    expect(asked("devo pagare la mensa e una multa")).toEqual(["multe", "scuola"]);
  });

  test("is found at the beginning of a message, however long", () => {
    expect(asked(`una multa ${"x ".repeat(2000)}`)).toEqual(["multe"]);
    expect(asked(`${"x ".repeat(2000)}una multa`)).toEqual([]);
  });
});

describe.each(["it", "en"])("in sentences of others (%s)", (language) => {
  test("no service is heard where something else is meant, when it was not understood", async () => {
    const understand = makeUnderstanding(loadModel);
    const heard: Example[] = [];
    for (const example of readUntrained("development", language)) {
      const understood = await understand(language, example.text);
      if (understood?.decision === "fallback" && asked(example.text, language).length > 0)
        heard.push(example);
    }
    expect(heard.filter(({ label }) => label !== OUT_OF_SCOPE)).toEqual([]);
    expect(heard).not.toEqual([]);
  });
});
