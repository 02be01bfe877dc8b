import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Label, labels } from "../core/understanding/intents.ts";
import { normal } from "../core/understanding/normal.ts";
import { Refusal } from "./command.ts";

/** The style under which sentences stand that came from people. */
const STYLE = "misses";

export const labelOf = (name: string): Label | undefined => labels.find((one) => one === name);

/**
 * Writes a sentence into `locales/<language>/utterances/<label>.yaml`, under its own style, at the end. One that
 * is there already, in whatever style, is left as it is. Other lines stay as they were written.
 *
 * @param root where `locales` is
 * @returns the file, from there
 * @throws {Refusal} where there is no such file to write in
 */
export function addUtterance(root: string, language: string, label: Label, text: string): string {
  const file = join("locales", language, "utterances", `${label}.yaml`);
  const path = join(root, file);
  if (!existsSync(path)) throw new Refusal(`There is no ${file}: sentences are labelled in the repository.`);
  const written = readFileSync(path, "utf8");
  if (!isIn(parse(written), normal(text))) writeFileSync(path, withSentence(written, text));
  return file;
}

function withSentence(written: string, text: string): string {
  // A string of JSON is one of YAML, whatever is in it.
  const line = `  - ${JSON.stringify(text)}`;
  const lines = written.trimEnd().split("\n");
  const head = lines.indexOf(`${STYLE}:`);
  if (head === -1) return `${[...lines, `${STYLE}:`, line].join("\n")}\n`;
  const after = lines.findIndex((one, at) => at > head && /^\S/.test(one));
  return `${lines.toSpliced(after === -1 ? lines.length : after, 0, line).join("\n")}\n`;
}

function isIn(node: unknown, said: string): boolean {
  if (typeof node === "string") return normal(node) === said;
  return typeof node === "object" && node !== null && Object.values(node).some((one) => isIn(one, said));
}
