import type { Concepts } from "./concepts.ts";
import type { Label } from "./intents.ts";

/** A linear classifier as it was trained: `npm run train` writes it, see scripts/training. */
export interface Model {
  readonly language: string;
  /** What the columns of the weights stand for. */
  readonly labels: readonly Label[];
  /** Of each row of the weights, the {@link keyOf} of the feature it belongs to. */
  readonly keys: Uint32Array;
  /** A row for each feature and a column for each label, to be multiplied by the scale. */
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: readonly number[];
  /** What scores are divided by, so that of the sentences at 0.8 eight in ten are right. */
  readonly temperature: number;
  readonly thresholds: Thresholds;
  readonly concepts: Concepts;
  /** Digest of the sentences and concepts it was trained on. */
  readonly corpus: string;
}

/** From what probability on something is done. */
export interface Thresholds {
  /** Answer as if it had been said in so many words. */
  readonly answer: number;
  /** Ask "did you mean", by what the three likeliest have together. */
  readonly confirm: number;
}

/** The number a feature is known by (FNV-1a): among a few ten thousand, two alike are not to be expected. */
export function keyOf(feature: string): number {
  let key = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) key = Math.imul(key ^ feature.charCodeAt(at), 0x01000193);
  // The last letters must reach all bits: runs differ in nothing else.
  key = Math.imul(key ^ (key >>> 15), 0x85ebca6b);
  return (key ^ (key >>> 13)) >>> 0;
}

/** What each label's probability is, given features in groups; undefined where there are none. */
export type Classify = (groups: readonly (readonly string[])[]) => readonly number[] | undefined;

export function makeClassify(
  model: Pick<Model, "keys" | "weights" | "scale" | "bias" | "temperature">,
): Classify {
  const { weights, scale, bias, temperature } = model;
  const width = bias.length;
  const rows = new Map<number, number>();
  for (const [row, key] of model.keys.entries()) rows.set(key, row * width);
  return (groups) => {
    if (groups.length === 0) return undefined;
    const scores = Float64Array.from(bias);
    for (const features of groups) {
      const share = shareOf(features) * scale;
      for (const feature of features) {
        const row = rows.get(keyOf(feature));
        if (row === undefined) continue;
        for (let column = 0; column < width; column++)
          scores[column] = (scores[column] ?? 0) + share * (weights[row + column] ?? 0);
      }
    }
    return softmax(Array.from(scores, (score) => score / temperature));
  };
}

/** What one feature of a group counts: a long group does not outvote a short one. */
export const shareOf = (features: readonly string[]): number => 1 / Math.sqrt(Math.max(1, features.length));

export function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
