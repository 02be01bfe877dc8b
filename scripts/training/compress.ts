import { labels } from "../../core/understanding/intents.ts";
import { keyOf, type Model } from "../../core/understanding/model.ts";
import type { Learnt } from "./learn.ts";

/** What is shipped of a classifier: its strongest features, each weight in one byte. */
export type Compressed = Pick<Model, "labels" | "keys" | "weights" | "scale" | "bias">;

const MOST_FEATURES = 20_000;
const width = labels.length;

export function compress({ features, weights, bias }: Learnt): Compressed {
  const strength = (row: number) => Math.hypot(...weights.subarray(row * width, (row + 1) * width));
  const strongest = features
    .map((feature, row) => ({ key: keyOf(feature), row, strength: strength(row) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MOST_FEATURES)
    .sort((a, b) => a.key - b.key);
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const scale = largest / 127;
  const bytes = new Int8Array(strongest.length * width);
  for (const [at, { row }] of strongest.entries())
    for (let column = 0; column < width; column++)
      bytes[at * width + column] = Math.round((weights[row * width + column] ?? 0) / scale);
  return {
    labels,
    keys: Uint32Array.from(strongest, ({ key }) => key),
    weights: bytes,
    scale,
    bias: [...bias].map((one) => Math.round(one * 1e4) / 1e4),
  };
}
