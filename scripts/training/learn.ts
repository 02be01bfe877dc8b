import { type Label, labels } from "../../core/understanding/intents.ts";
import { shareOf } from "../../core/understanding/model.ts";
import { dice } from "../../test/support/dice.ts";

/** Features of one sentence, in groups. */
export type Groups = readonly (readonly string[])[];

export interface Lesson {
  readonly groups: Groups;
  readonly label: Label;
}

/** A linear classifier in full precision. */
export interface Learnt {
  /** The feature that each row of the weights belongs to. */
  readonly features: readonly string[];
  /** A row for each feature, a column for each of {@link labels}. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

const width = labels.length;
const EPOCHS = 14;
/** The weights of these last rounds are averaged: what one round learns by chance the next forgets. */
const AVERAGED = 7;
const RATE = 0.3;
/** Of the features of a sentence so many are left out at random, so that none is relied upon alone. */
const LEFT_OUT = 0.2;
/** A feature that only one sentence has teaches nothing of others. */
const LEAST_SENTENCES = 2;

/**
 * Multinomial logistic regression by stochastic gradient descent with a rate of its own for each
 * weight (AdaGrad). Rare features count more than common ones.
 *
 * @param seed the same one gives the same weights
 */
export function learn(lessons: readonly Lesson[], seed: number): Learnt {
  const { features, importance, rows } = index(lessons);
  const sentences = lessons.map(({ groups, label }) => vectorOf(groups, label, rows, importance));
  const state = new State(features.length);
  const average = new Average(features.length);
  const random = dice(seed);
  const order = sentences.map((_, at) => at);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const sentence = sentences[at];
      if (sentence) state.step(sentence, random);
    }
    if (epoch >= EPOCHS - AVERAGED) average.add(state);
  }
  const { weights, bias } = average.value();
  // What a feature counts goes into its weights: nothing else has to be known of it later.
  for (const [row, counts] of importance.entries())
    for (let column = 0; column < width; column++)
      weights[row * width + column] = (weights[row * width + column] ?? 0) * counts;
  return { features, weights, bias };
}

function index(lessons: readonly Lesson[]) {
  const seen = new Map<string, number>();
  for (const { groups } of lessons)
    for (const feature of groups.flat()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const kept = [...seen].filter(([, sentences]) => sentences >= LEAST_SENTENCES);
  const features = kept.map(([feature]) => feature);
  const importance = Float32Array.from(kept, ([, sentences]) => Math.log(1 + lessons.length / sentences) / 5);
  return { features, importance, rows: new Map(features.map((feature, row) => [feature, row])) };
}

interface Sentence {
  readonly label: number;
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

function vectorOf(
  groups: Groups,
  label: Label,
  rows: ReadonlyMap<string, number>,
  importance: Float32Array,
): Sentence {
  const known = groups.flatMap((features) =>
    features.flatMap((feature) => {
      const row = rows.get(feature);
      return row === undefined ? [] : [{ row, value: shareOf(features) * (importance[row] ?? 0) }];
    }),
  );
  return {
    label: labels.indexOf(label),
    rows: Int32Array.from(known, ({ row }) => row),
    values: Float32Array.from(known, ({ value }) => value),
  };
}

/** The weights while they are being learnt. */
class State {
  readonly weights: Float32Array;
  readonly bias = new Float32Array(width);
  /** Sums of squared gradients, by which each rate shrinks. */
  readonly #squares: Float32Array;
  readonly #biasSquares = new Float32Array(width).fill(1e-4);
  readonly #gradient = new Float64Array(width);

  constructor(features: number) {
    this.weights = new Float32Array(features * width);
    this.#squares = new Float32Array(features * width).fill(1e-4);
  }

  step({ label, rows, values }: Sentence, random: () => number): void {
    const { weights, bias } = this;
    const squares = this.#squares;
    const gradient = this.#gradient;
    gradient.set(bias);
    const kept = rows.map((row) => (random() < LEFT_OUT ? -1 : row * width));
    for (let at = 0; at < kept.length; at++) {
      const row = kept[at] ?? -1;
      if (row < 0) continue;
      const value = values[at] ?? 0;
      for (let column = 0; column < width; column++)
        gradient[column] = (gradient[column] ?? 0) + value * (weights[row + column] ?? 0);
    }
    toGradient(gradient, label);
    for (let at = 0; at < kept.length; at++) {
      const row = kept[at] ?? -1;
      if (row < 0) continue;
      const value = values[at] ?? 0;
      for (let column = 0; column < width; column++) {
        const slope = (gradient[column] ?? 0) * value;
        const square = (squares[row + column] ?? 0) + slope * slope;
        squares[row + column] = square;
        weights[row + column] = (weights[row + column] ?? 0) - (RATE * slope) / Math.sqrt(square);
      }
    }
    for (let column = 0; column < width; column++) {
      const slope = gradient[column] ?? 0;
      const square = (this.#biasSquares[column] ?? 0) + slope * slope;
      this.#biasSquares[column] = square;
      bias[column] = (bias[column] ?? 0) - (0.1 * RATE * slope) / Math.sqrt(square);
    }
  }
}

/** Turns scores into how far each label's probability is from what it should be. */
function toGradient(scores: Float64Array, label: number): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) highest = Math.max(highest, score);
  let sum = 0;
  for (const [column, score] of scores.entries()) {
    const power = Math.exp(score - highest);
    scores[column] = power;
    sum += power;
  }
  for (const [column, power] of scores.entries()) scores[column] = power / sum - (column === label ? 1 : 0);
}

class Average {
  readonly #weights: Float32Array;
  readonly #bias = new Float32Array(width);
  #count = 0;

  constructor(features: number) {
    this.#weights = new Float32Array(features * width);
  }

  add({ weights, bias }: State): void {
    for (const [at, weight] of weights.entries()) this.#weights[at] = (this.#weights[at] ?? 0) + weight;
    for (const [at, weight] of bias.entries()) this.#bias[at] = (this.#bias[at] ?? 0) + weight;
    this.#count++;
  }

  value(): { readonly weights: Float32Array; readonly bias: Float32Array } {
    const mean = (sums: Float32Array) => sums.map((sum) => sum / this.#count);
    return { weights: mean(this.#weights), bias: mean(this.#bias) };
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const moved = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = moved;
  }
}
