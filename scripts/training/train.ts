import { makeConcepts } from "../../core/understanding/concepts.ts";
import { grammarOf, makeEngine } from "../../core/understanding/engine.ts";
import { featuresOf, tidy } from "../../core/understanding/features.ts";
import { type Model, makeClassify } from "../../core/understanding/model.ts";
import { dice } from "../../test/support/dice.ts";
import { compress } from "./compress.ts";
import { digestOf, type Example, readConcepts, readUtterances } from "./corpus.ts";
import { type Groups, learn } from "./learn.ts";
import { fitTemperature, fitThresholds, measure, outcomeOf, type Row, type Scores } from "./measure.ts";

const SEED = 20_221_018;
const FOLDS = 5;

/** A model and how its kind does on sentences that were held out. */
export interface Trained {
  readonly model: Model;
  readonly crossValidated: Scores;
}

/** Trains a language's classifier on its sentences. The same sentences give the same weights. */
export function train(language: string): Trained {
  const corpus = readUtterances(language);
  const concepts = readConcepts(language);
  const grammar = grammarOf(makeEngine().container, language);
  const find = makeConcepts(concepts, (word) => tidy(grammar, word));
  const lessons = corpus.map(({ text, label }) => ({ label, groups: featuresOf(text, grammar, find) }));
  const shared = { language, concepts, corpus: digestOf(corpus, concepts) };
  const rows = crossValidate(
    corpus,
    lessons.map(({ groups }) => groups),
  );
  const temperature = fitTemperature(rows);
  const thresholds = fitThresholds(rows, temperature);
  return {
    model: { ...shared, ...compress(learn(lessons, SEED)), temperature, thresholds },
    crossValidated: measure(rows.map((row) => outcomeOf(row, temperature, thresholds))),
  };
}

/** Each sentence as it is seen by weights that were trained without it. */
function crossValidate(corpus: readonly Example[], groups: readonly Groups[]): readonly Row[] {
  const folds = foldsOf(corpus);
  const lessons = corpus.map(({ label }, at) => ({ label, groups: groups[at] ?? [] }));
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const learnt = compress(
      learn(
        lessons.filter((_, at) => folds[at] !== fold),
        SEED,
      ),
    );
    const classify = makeClassify({ ...learnt, temperature: 1 });
    return lessons
      .filter((_, at) => folds[at] === fold)
      .map((lesson) => ({ label: lesson.label, probabilities: classify(lesson.groups) ?? [] }));
  });
}

/** Which fold each example is held out in; every label is spread over all of them. */
export function foldsOf(corpus: readonly Example[], count = FOLDS): readonly number[] {
  const random = dice(SEED);
  const place = corpus.map((example, at) => ({ at, label: example.label, chance: random() }));
  place.sort((a, b) => (a.label === b.label ? a.chance - b.chance : a.label < b.label ? -1 : 1));
  const folds: number[] = [];
  for (const [rank, { at }] of place.entries()) folds[at] = rank % count;
  return folds;
}
