import { describe, expect, test } from "vitest";
import { directionOf, isRightToLeft } from "../../core/direction.ts";
import type { Params } from "../../core/engine/message.ts";
import { makeWords } from "../../core/words.ts";

const words = makeWords({
  it: {
    "a.place": "Vai in {where}.",
    "a.plural": "{where, select, here {Qui} other {Là}}",
    "a.latin": "• SPID è gratis\nè gratis\nhttps://example.org",
    "a.quoted": "{where}: SPID è gratis",
  },
  ar: {
    "a.place": "اذهب إلى {where}.",
    "a.plural": "{where, select, here {هنا} other {هناك}}",
    "a.latin": "• SPID مجاني\nمجاني\nhttps://example.org",
    "a.quoted": "{where}: SPID مجاني",
  },
});
const said = (where: Params[string], key = "a.place") => words.say("ar", { key, params: { where } });

describe("a sentence that is written from the right", () => {
  test.each([
    ["a name of several words", "Ponte dell'Olio", "اذهب إلى \u2068Ponte dell'Olio\u2069."],
    ["a telephone number", "0523 874 301", "اذهب إلى \u20680523 874 301\u2069."],
    [
      "lines, each by itself",
      "via Roma, 1\nvia Po, 2",
      "اذهب إلى \u2068via Roma, 1\u2069\n\u2068via Po, 2\u2069.",
    ],
  ])("keeps %s together", (_, where, expected) => {
    expect(said(where)).toBe(expected);
  });

  test("keeps apart the items of a list, which goes as the sentence does", () => {
    const items = ["San Giorgio", "Ponte dell'Olio"].map((literal) => ({ literal }));
    expect(said({ list: items })).toBe("اذهب إلى \u2068San Giorgio\u2069 و\u2068Ponte dell'Olio\u2069.");
  });

  test("leaves its own words as they are, and dates", () => {
    expect(said({ date: "2026-09-07" })).toBe("اذهب إلى 7 سبتمبر 2026.");
    expect(said({ key: "a.place", params: { where: "Po, 2" } })).toBe(
      "اذهب إلى اذهب إلى \u2068Po, 2\u2069..",
    );
    expect(said({ literal: "المكتبة العامة" })).toBe("اذهب إلى المكتبة العامة.");
  });

  test.each([
    ["a link", "https://example.org/voto?c=12#a"],
    ["an e-mail address", "maria.rossi-2@posta.example"],
    ["a code", "7KQM4X"],
    ["a place to be filled later", "{count}"],
    ["nothing", ""],
  ])("puts no invisible character into %s, which is copied or pressed", (_, where) => {
    expect(said(where)).toBe(`اذهب إلى ${where}.`);
  });

  test("begins at the right where its first word does not, line by line", () => {
    expect(words.say("ar", { key: "a.latin" })).toBe("\u200f• SPID مجاني\nمجاني\nhttps://example.org");
    expect(said("Po, 2", "a.quoted")).toBe("\u200f\u2068Po, 2\u2069: SPID مجاني");
  });

  test("still chooses among wordings", () => {
    expect(said("here", "a.plural")).toBe("هنا");
  });
});

test("a sentence that is written from the left has no invisible character", () => {
  const where = { list: [{ literal: "San Giorgio" }, { literal: "via Po, 2" }] };
  expect(words.say("it", { key: "a.place", params: { where } })).not.toMatch(/\p{Cf}/u);
});

test.each([
  ["it", "ltr"],
  ["ar", "rtl"],
  ["ar-MA", "rtl"],
])("%s is written %s", (language, direction) => {
  expect(directionOf(language)).toBe(direction);
  expect(isRightToLeft(language)).toBe(direction === "rtl");
});
