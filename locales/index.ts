import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { type Catalogue, makeWords, type Words } from "../core/words.ts";

/**
 * Reads `<language>/<file>.yaml`: a message `name` of it is known as `<file>.<name>`, one that
 * lies deeper as `<file>.<group>.<name>`. A name without words counts as not yet translated.
 *
 * @throws Error naming the file that is not well written
 */
export function loadWords(directory = import.meta.dirname): Words {
  const languages = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return makeWords(
    Object.fromEntries(languages.map(({ name }) => [name, readLanguage(join(directory, name))] as const)),
  );
}

function readLanguage(directory: string): Catalogue {
  const catalogue: Record<string, string | readonly string[]> = {};
  for (const file of readdirSync(directory).filter((name) => name.endsWith(".yaml"))) {
    const path = join(directory, file);
    for (const [key, words] of flatten(basename(file, ".yaml"), readYaml(path), path)) {
      if (Object.hasOwn(catalogue, key)) throw new Error(`${path}: ${key} is there twice`);
      catalogue[key] = words;
    }
  }
  return catalogue;
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not well written`, { cause: error });
  }
}

type Entry = readonly [key: string, words: string | readonly string[]];

function flatten(key: string, node: unknown, path: string): Entry[] {
  if (node === null || node === "") return [];
  if (typeof node === "string") return [[key, node.trimEnd()]];
  if (Array.isArray(node)) return [[key, node.map((item) => aString(item, key, path))]];
  if (typeof node === "object" && node !== undefined)
    return Object.entries(node).flatMap(([name, child]) => flatten(`${key}.${name}`, child, path));
  return [[key, aString(node, key, path)]];
}

function aString(node: unknown, key: string, path: string): string {
  if (typeof node === "string") return node;
  throw new Error(`${path}: ${key} is read as ${typeof node}; put it in quotes`);
}
