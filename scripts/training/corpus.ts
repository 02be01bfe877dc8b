import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import type { Concepts } from "../../core/understanding/concepts.ts";
import { type Label, labels } from "../../core/understanding/intents.ts";

/** A sentence and what is wanted with it. */
export interface Example {
  readonly text: string;
  readonly label: Label;
}

const root = join(import.meta.dirname, "../..");
const yaml = (path: string): unknown => parse(readFileSync(join(root, path), "utf8"));

/** Languages that sentences have been written for. */
export const trainedLanguages = (): readonly string[] =>
  readdirSync(join(root, "locales"))
    .filter((language) => existsSync(join(root, `locales/${language}/utterances`)))
    .sort();

/** The sentences of `locales/<language>/utterances`, one file an intent, by style. */
export function readUtterances(language: string): readonly Example[] {
  const directory = `locales/${language}/utterances`;
  return readdirSync(join(root, directory))
    .sort()
    .flatMap((file) =>
      examples(yaml(`${directory}/${file}`), basename(file, ".yaml"), `${directory}/${file}`),
    );
}

/**
 * Sentences that nobody trains on. Thresholds and concepts are tried on those for development; on those
 * held out nothing is.
 */
export function readUntrained(kind: "development" | "held-out", language: string): readonly Example[] {
  const path = `test/understanding/${kind}/${language}.yaml`;
  return Object.entries(record(yaml(path), path)).flatMap(([label, node]) => examples(node, label, path));
}

export function readConcepts(language: string): Concepts {
  const path = `locales/${language}/understanding/concepts.yaml`;
  return Object.fromEntries(
    Object.entries(record(yaml(path), path)).map(([name, words]) => [name, sentences(words, path)]),
  );
}

/** Changes with every sentence, style apart, and with every concept. */
export const digestOf = (corpus: readonly Example[], concepts: Concepts): string =>
  createHash("sha256")
    .update(JSON.stringify([corpus, concepts]))
    .digest("hex")
    .slice(0, 16);

function examples(node: unknown, name: string, path: string): readonly Example[] {
  const label = labels.find((one) => one === name);
  if (!label) throw new Error(`${path}: there is no intent ${name}`);
  return sentences(node, path).map((text) => ({ text, label }));
}

function sentences(node: unknown, path: string): readonly string[] {
  if (typeof node === "string") return [node];
  if (Array.isArray(node)) return node.flatMap((one) => sentences(one, path));
  return Object.values(record(node, path)).flatMap((one) => sentences(one, path));
}

function record(node: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof node === "object" && node !== null && !Array.isArray(node)) return { ...node };
  throw new Error(`${path}: ${JSON.stringify(node)} is no sentence; put it in quotes`);
}
