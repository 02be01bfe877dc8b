import { describe, expect, test } from "vitest";
import { makeConcepts } from "../../core/understanding/concepts.ts";
import { decide } from "../../core/understanding/decision.ts";
import { grammarOf, makeEngine } from "../../core/understanding/engine.ts";
import { featuresOf, tidy } from "../../core/understanding/features.ts";
import { type Label, labels } from "../../core/understanding/intents.ts";
import { makeClassify } from "../../core/understanding/model.ts";
import { compress } from "../../scripts/training/compress.ts";
import { readUtterances } from "../../scripts/training/corpus.ts";
import { type Lesson, learn } from "../../scripts/training/learn.ts";

const grammar = grammarOf(makeEngine().container, "it");
const concepts = makeConcepts({ remind: ["ricord*", "promemoria", "fammi sapere"], vote: ["vot*"] }, (word) =>
  tidy(grammar, word),
);
const groupsOf = (text: string) => featuresOf(text, grammar, concepts);

const few: readonly Label[] = ["how_to_vote", "thanks", "set_reminder"];
const lessons: readonly Lesson[] = readUtterances("it")
  .filter(({ label }) => few.includes(label))
  .filter((_, at) => at % 4 === 0)
  .map(({ text, label }) => ({ label, groups: groupsOf(text) }));

describe("Learning", () => {
  const learnt = learn(lessons, 1);
  const compressed = compress(learnt);
  const classify = makeClassify({ ...compressed, temperature: 1 });

  test("gives the same weights for the same seed, and others for another", () => {
    expect(compress(learn(lessons, 1))).toEqual(compressed);
    expect(compress(learn(lessons, 2)).weights).not.toEqual(compressed.weights);
  });

  test.each([
    ["come posso esprimere il mio voto", "how_to_vote"],
    ["ti ringrazio tantissimo", "thanks"],
    ["mi ricordi per favore la scadenza", "set_reminder"],
  ])("tells %s apart", (text, label) => {
    const probabilities = classify(groupsOf(text)) ?? [];
    expect(labels[probabilities.indexOf(Math.max(...probabilities))]).toBe(label);
    expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  });

  test("ignores features that it never met, and makes nothing of none", () => {
    expect(classify(groupsOf("???"))).toBeUndefined();
    const [nothing = []] = [classify([["never", "met"]])];
    expect(Math.max(...nothing)).toBeLessThan(0.9);
  });
});

describe("A sentence", () => {
  test("is seen without case, accents, punctuation and pictures, with apostrophes of every kind", () => {
    for (const text of ["L'età minima?", "l’eta   minima", "L`ETÀ minima 😀", "l´étà-minima"])
      expect(grammar.words(text)).toEqual(["l", "eta", "minima"]);
  });

  test("speaks of concepts by whole words, beginnings and phrases", () => {
    expect(concepts(tidy(grammar, "Ricordamelo quando si vota!"))).toEqual(["remind", "vote"]);
    expect(concepts(tidy(grammar, "Fammi sapere"))).toEqual(["remind"]);
    expect(concepts(tidy(grammar, "devoto, promemorie"))).toEqual([]);
  });
});

test("What is done with a sentence depends on the likeliest, or on the three likeliest together", () => {
  const thresholds = { answer: 0.8, confirm: 0.5 };
  const of = (first: number, second: number, outside: number) =>
    decide(
      [
        ["out_of_scope", outside],
        ["help", second],
        ["thanks", first],
      ],
      thresholds,
    );
  expect(of(0.85, 0.1, 0.05)).toEqual({
    intent: "thanks",
    score: 0.85,
    top3: ["thanks", "help"],
    decision: "answer",
  });
  expect(of(0.5, 0.3, 0.2).decision).toBe("confirm");
  expect(of(0.2, 0.1, 0.7)).toMatchObject({ intent: "thanks", decision: "fallback" });
});
