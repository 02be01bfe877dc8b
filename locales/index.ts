import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Catalogue, Library } from "../core/shelf.ts";
import { makeWords, type Words } from "../core/words.ts";
import { localeFiles, ORIGIN } from "./messages.ts";

/** What is said before anybody has asked for anything in particular: without it no language is offered. */
export const FIRST_CONTACT: readonly string[] = [
  ...["engine", "field", "words", "meaning", "home", "dates", "remind", "about", "rules", "results"],
  ...["contacts", "sources", "operator", "privacy", "channel", "secret", "manner", "voice"],
];

/** Who made a translation, and which of its files a person has read and confirmed. */
const origin = z.strictObject({
  made: z.enum(["machine", "person"]),
  confirmed: z.record(z.string(), z.strictObject({ by: z.string(), on: z.iso.date() })),
});
export type Origin = z.infer<typeof origin>;

/**
 * Reads `<language>/<file>.yaml`: a message `name` of it is known as `<file>.<name>`, one that
 * lies deeper as `<file>.<group>.<name>`. A name without words counts as not yet translated.
 *
 * @throws Error naming the file that is not well written
 */
export function loadWords(directory = import.meta.dirname): Words {
  const languages = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const catalogues = languages.map(({ name }) => [name, libraryIn(directory, name)] as const);
  const machineMade = catalogues.flatMap(([language, { files }]) => {
    const { made, confirmed } = originOf(language, directory);
    const isConfirmed = files.every((file) => Object.hasOwn(confirmed, file));
    return made === "machine" && !isConfirmed ? [language] : [];
  });
  return makeWords(Object.fromEntries(catalogues), { needed: FIRST_CONTACT, machineMade });
}

/**
 * Who made the words of a language: people, unless `<language>/translation.yaml` says otherwise.
 *
 * @throws Error naming the file that is not well written
 */
export function originOf(language: string, directory = import.meta.dirname): Origin {
  const path = join(directory, language, `${ORIGIN}.yaml`);
  if (!existsSync(path)) return { made: "person", confirmed: {} };
  const read = origin.safeParse(readYaml(path));
  if (!read.success) throw new Error(`${path} is not well written`, { cause: read.error });
  return read.data;
}

function libraryIn(directory: string, language: string): Library {
  return {
    files: localeFiles(language, directory),
    read(file) {
      const path = join(directory, language, `${file}.yaml`);
      const catalogue: Record<string, Catalogue[string]> = {};
      for (const [key, words] of flatten(file, readYaml(path), path)) {
        if (Object.hasOwn(catalogue, key)) throw new Error(`${path}: ${key} is there twice`);
        catalogue[key] = words;
      }
      return catalogue;
    },
  };
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not well written`, { cause: error });
  }
}

type Entry = readonly [key: string, words: Catalogue[string]];

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
