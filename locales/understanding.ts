import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { labels } from "../core/understanding/intents.ts";
import type { Model } from "../core/understanding/model.ts";

const pathOf = (language: string): string =>
  join(import.meta.dirname, language, "understanding", "model.json");

/** A model as `npm run train` writes it: numbers in bytes, bytes in base64. */
const written = z.object({
  language: z.string(),
  corpus: z.string(),
  labels: z.array(z.enum(labels)),
  temperature: z.number(),
  thresholds: z.object({ answer: z.number(), confirm: z.number() }),
  concepts: z.record(z.string(), z.array(z.string())),
  scale: z.number(),
  bias: z.array(z.number()),
  keys: z.base64(),
  weights: z.base64(),
});

/**
 * Reads what was trained for a language; `undefined` where nothing was.
 *
 * @throws Error where the file is not as it was written
 */
export async function loadModel(language: string): Promise<Model | undefined> {
  // A language comes from a person's app: it is a name of ours or nothing.
  if (!/^[a-z]{2,3}$/.test(language) || !existsSync(pathOf(language))) return undefined;
  const { keys, weights, ...rest } = written.parse(JSON.parse(await readFile(pathOf(language), "utf8")));
  const model: Model = {
    ...rest,
    keys: new Uint32Array(bytesOf(keys)),
    weights: new Int8Array(bytesOf(weights)),
  };
  if (model.weights.length !== model.keys.length * model.labels.length)
    throw new Error(`${pathOf(language)} is damaged: run npm run train.`);
  return model;
}

/** A model as it is kept in a file. */
export function writeModel({ keys, weights, ...rest }: Model): string {
  const base64 = ({ buffer, byteOffset, byteLength }: Uint32Array | Int8Array) =>
    Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  return `${JSON.stringify({ ...rest, keys: base64(keys), weights: base64(weights) })}\n`;
}

/** In a buffer of their own: numbers of four bytes cannot begin anywhere. */
function bytesOf(base64: string): ArrayBuffer {
  const bytes = Buffer.from(base64, "base64");
  return new Uint8Array(bytes).buffer;
}
