import { property, assert as propertyHolds, record, string } from "fast-check";
import { expect, test } from "vitest";
import type { Text } from "../../core/engine/message.ts";
import { makeWords, pageLanguage } from "../../core/words.ts";

const italian = {
  "menu.greeting": "Ciao {name}, ecco l'ufficio dell'{office}.",
  "menu.count": "{n, plural, one {una proposta} other {# proposte}}",
  "menu.budget": "Il budget è di {amount, number} euro.",
  "menu.who": "{who, select, self {tu} other {{name}}}",
  "menu.tagged": "Scrivi <b>menu</b>.",
  "menu.yes": ["sì", "certo"],
};
const words = makeWords({ it: italian });
const say = (text: Text) => words.say("it", text);

test("A message is filled by strings, by numbers and by other texts", () => {
  const greeting = { key: "menu.greeting", params: { name: "Ada", office: { literal: "ente" } } };
  expect(say(greeting)).toBe("Ciao Ada, ecco l'ufficio dell'ente.");
  expect(say({ key: "menu.count", params: { n: 1 } })).toBe("una proposta");
  expect(say({ key: "menu.count", params: { n: 25000 } })).toBe("25.000 proposte");
  expect(say({ key: "menu.budget", params: { amount: 25000 } })).toBe("Il budget è di 25.000 euro.");
  expect(say({ key: "menu.who", params: { who: "other", name: "Ada" } })).toBe("Ada");
});

test("What a person wrote comes through as it is, whatever it holds", () => {
  const troubles = string({ unit: "binary", maxLength: 60 }).map((text) => `${text}{name}'{'<b>#|${text}`);
  return propertyHolds(
    property(record({ name: troubles, office: troubles }), ({ name, office }) => {
      const said = say({ key: "menu.greeting", params: { name, office } });
      return said === `Ciao ${name}, ecco l'ufficio dell'${office}.` && say({ literal: name }) === name;
    }),
  );
});

test("Tags of a message are plain text", () => {
  expect(say({ key: "menu.tagged" })).toBe("Scrivi <b>menu</b>.");
});

test("Dates and amounts are written as the language writes them, with the digits people type", () => {
  const all = makeWords({ it: {}, en: {}, ar: {} });
  expect(all.say("it", { date: "2022-10-18" })).toBe("18 ottobre 2022");
  expect(all.say("en", { date: "2022-10-01" })).toBe("1 October 2022");
  expect(all.say("it", { euros: 3000 })).toBe("3.000 €");
  expect(all.say("en", { euros: 25000 })).toBe("€25,000");
  expect(all.say("ar", { date: "2022-10-18" })).toContain("18");
  expect(all.say("ar", { euros: 3000 })).toContain("3,000");
});

test("Texts are put one under another or in a row", () => {
  const three: Text[] = [{ literal: "a" }, { literal: "b" }, { literal: "c" }];
  expect(say({ lines: three })).toBe("a\nb\nc");
  expect(say({ lines: three, gap: true })).toBe("a\n\nb\n\nc");
  expect(say({ list: three })).toBe("a, b e c");
});

test("Words of the edition are said in the person's language, else in the source language", () => {
  const both = makeWords({ it: {}, en: {} });
  expect(both.say("en", { literal: { it: "sfida", en: "challenge" } })).toBe("challenge");
  expect(both.say("en", { literal: { it: "sfida" } })).toBe("sfida");
  expect(both.say("en", { literal: { ro: "provocare" } })).toBe("provocare");
});

test("A missing key and a missing value are defects that name the key", () => {
  expect(() => say({ key: "menu.lost" })).toThrow("menu.lost");
  expect(() => say({ key: "menu.yes" })).toThrow("menu.yes");
  expect(() => say({ key: "menu.greeting", params: { name: "Ada" } })).toThrow(/menu\.greeting.*office/);
  expect(() => say({ key: "menu.count", params: { n: "tre" } })).toThrow(/menu\.count.*number/);
  expect(() => say({ key: "menu.greeting", params: {} })).toThrow("name");
  expect(() => words.list("it", "menu.greeting")).toThrow("menu.greeting");
  expect(() => say({ date: "18/10/2022" })).toThrow();
});

test("Lists of words are given as they are", () => {
  expect(words.list("it", "menu.yes")).toEqual(["sì", "certo"]);
  expect(words.has("it", "menu.yes")).toBe(true);
  expect(words.has("it", "menu.lost")).toBe(false);
});

const source = { "a.one": "uno", "a.two": "due {n}", "a.yes": ["sì"], "b.hello": "ciao {name}" };
const whole = { "a.one": "one", "a.two": "two {n}", "a.yes": ["yes", "sure"] };

test("A translation is offered only when the files that are needed are whole, and what it lacks is told", () => {
  const catalogues = {
    en: whole,
    it: source,
    ro: { "a.one": "unu", "a.two": "doi {n}" },
    sq: { ...whole, "a.two": "dy {m}", "a.three": "tre" },
    ar: { ...whole, "a.one": "{" },
    fr: { "b.hello": "bonjour {name}" },
  };
  const all = makeWords(catalogues, { needed: ["a", "not-there-yet"] });
  expect(all.languages).toEqual(["it", "en"]);
  expect(all.unfinished()).toEqual({
    ro: ["a.yes is missing"],
    sq: ["a.two is filled by (m) instead of (n)", "a.three is not in the source language"],
    ar: ["a.one is not well written, see its braces"],
    fr: ["the file a is missing"],
  });
});

test("A file that is not there, or not whole, is not covered: what it says is said in the source language, whole", () => {
  const broken = { ...whole, "b.hello": "hello {nome}" };
  const all = makeWords({ it: source, en: whole, ro: broken }, { needed: ["a"] });
  expect(all.languages).toEqual(["it", "en", "ro"]);
  for (const language of ["en", "ro"]) {
    expect([all.covers(language, "a"), all.covers(language, "b")]).toEqual([true, false]);
    expect([all.has(language, "a.one"), all.has(language, "b.hello")]).toEqual([true, false]);
    const hello = { key: "b.hello", params: { name: { key: "a.one" } } };
    expect(all.say(language, hello)).toBe("ciao uno");
  }
  expect(all.covers("it", "b")).toBe(true);
});

test("A page is in the language that was asked for where all of it is, else in the first", () => {
  const all = makeWords({ it: source, en: whole }, { needed: ["a"] });
  expect(pageLanguage(all, "en", "a")).toBe("en");
  expect(pageLanguage(all, "en", "a", "b")).toBe("it");
  expect(pageLanguage(all, "xx", "a")).toBe("it");
  expect(pageLanguage(all, undefined, "a")).toBe("it");
});

test("Who had chosen a language that is no longer offered is spoken to in the source language", () => {
  const all = makeWords({ it: { "a.one": "uno" }, ro: {} });
  expect(all.say("ro", { key: "a.one" })).toBe("uno");
  expect(all.say("xx", { key: "a.one" })).toBe("uno");
});

test("A mistake in the source language stops the start", () => {
  expect(() => makeWords({ it: { "a.one": "uno {" } })).toThrow("a.one");
  expect(() => makeWords({ it: { "a.when": "il {day, date}" } })).toThrow("a.when");
  expect(() => makeWords({ en: {} })).toThrow("it");
});
