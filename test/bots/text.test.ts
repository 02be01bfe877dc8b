import fc from "fast-check";
import { expect, test } from "vitest";
import { shorten, splitText } from "../../bots/text.ts";

test("a text is cut between paragraphs where it can be, and the question stays last", () => {
  const story = "Prima frase. Seconda frase.\n\nTerza frase, un poco più lunga delle altre.\n\nVa bene?";
  expect(splitText(story, 78)).toEqual([story.slice(0, story.lastIndexOf("\n\n")), "Va bene?"]);
  expect(splitText(story, 50)).toEqual([
    "Prima frase. Seconda frase.",
    "Terza frase, un poco più lunga delle altre.",
    "Va bene?",
  ]);
});

test("a long paragraph is cut after a sentence, a long sentence between words", () => {
  expect(splitText("Una frase intera. Un'altra frase intera.", 24)).toEqual([
    "Una frase intera.",
    "Un'altra frase intera.",
  ]);
  expect(splitText("parole senza fine e senza punti", 14)).toEqual(["parole senza", "fine e senza", "punti"]);
});

test("the last part keeps to its own limit", () => {
  const parts = splitText("Una frase di prova. ".repeat(100), 500, 100);
  expect(parts.at(-1)?.length).toBeLessThanOrEqual(100);
  expect(Math.max(...parts.map(({ length }) => length))).toBeGreaterThan(400);
});

test("parts are within the limit, lose nothing but spaces, and cut no character", () => {
  const text = fc.array(
    fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("\n\n", ". ", " ", "👩‍👩‍👧‍👦", "à")),
  );
  const limits = fc.record({
    limit: fc.integer({ min: 20, max: 80 }),
    last: fc.integer({ min: 10, max: 20 }),
  });
  fc.assert(
    fc.property(text, limits, (pieces, { limit, last }) => {
      const whole = pieces.join("");
      const parts = splitText(whole, limit, last);
      expect(parts.length).toBeGreaterThan(0);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
      expect(parts.at(-1)?.length).toBeLessThanOrEqual(last);
      const letters = (it: string) => it.replace(/\s/g, "");
      expect(letters(parts.join(""))).toBe(letters(whole));
      for (const part of parts) expect(part).not.toMatch(/\p{Cs}/u);
    }),
    { numRuns: 500 },
  );
});

test("families and flags are not torn apart", () => {
  for (const character of ["👩‍👩‍👧‍👦", "🇮🇹", "👍🏽", "e\u0301"])
    for (const part of splitText(character.repeat(60), 40))
      expect([...part.replaceAll(character, "")]).toEqual([]);
});

test("a label is shortened between words, and says that it is", () => {
  expect(shorten("Cultura e patrimonio", 24)).toBe("Cultura e patrimonio");
  expect(shorten("Cultura e patrimonio del territorio", 24)).toBe("Cultura e patrimonio…");
  expect(shorten("Precipitevolissimevolmente", 10)).toBe("Precipite…");
  expect(shorten("  due\n righe ", 24)).toBe("due righe");
});
