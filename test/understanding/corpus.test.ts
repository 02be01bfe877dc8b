import { describe, expect, test } from "vitest";
import { intents, OUT_OF_SCOPE } from "../../core/understanding/intents.ts";
import { normal } from "../../core/understanding/normal.ts";
import {
  type Example,
  readUntrained,
  readUtterances,
  trainedLanguages,
} from "../../scripts/training/corpus.ts";

/** Sentences for each intent, and out of scope, that a language has at least. */
const quotas: Readonly<Record<string, readonly [each: number, outside: number]>> = {
  it: [80, 300],
  en: [40, 150],
};

const count = (examples: readonly Example[], label: string) =>
  examples.filter((example) => example.label === label).length;

test("Every language with sentences has a quota", () => {
  expect(trainedLanguages()).toEqual(Object.keys(quotas).sort());
});

describe.each(Object.entries(quotas))("The sentences of %s", (language, [each, outside]) => {
  const corpus = readUtterances(language);
  const untrained = [...readUntrained("development", language), ...readUntrained("held-out", language)];

  test("are enough for every intent, to train on and to measure on", () => {
    for (const intent of intents) {
      expect(count(corpus, intent), intent).toBeGreaterThanOrEqual(each);
      expect(count(untrained, intent), intent).toBeGreaterThanOrEqual(12);
    }
    expect(count(corpus, OUT_OF_SCOPE)).toBeGreaterThanOrEqual(outside);
    expect(count(untrained, OUT_OF_SCOPE)).toBeGreaterThanOrEqual(100);
  });

  test("that are measured on were not trained on", () => {
    const trained = new Set(corpus.map(({ text }) => normal(text)).filter((text) => text !== ""));
    expect(untrained.filter(({ text }) => trained.has(normal(text))).map(({ text }) => text)).toEqual([]);
  });

  test("mean one thing each", () => {
    const labels = new Map<string, Set<string>>();
    for (const { text, label } of [...corpus, ...untrained]) {
      const said = normal(text);
      if (said !== "") labels.set(said, (labels.get(said) ?? new Set()).add(label));
    }
    expect([...labels].filter(([, meant]) => meant.size > 1)).toEqual([]);
  });
});
