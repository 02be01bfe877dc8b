import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

/** Holds no messages: who made a translation, and which of its files a person has read and confirmed. */
export const ORIGIN = "translation";

/** The files of a language that hold messages, by name. */
export const localeFiles = (language: string, directory = import.meta.dirname): readonly string[] =>
  readdirSync(join(directory, language))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => basename(name, ".yaml"))
    .filter((name) => name !== ORIGIN)
    .sort();

/** The keys of a file's messages, such as `home.option.dates`; lists of words are no messages. */
export const messageKeys = (language: string, file: string, directory?: string): readonly string[] =>
  entriesOf(language, file, directory).flatMap(([key, words]) => (typeof words === "string" ? [key] : []));

/** The keys of all that a file holds, lists of words too. */
export const localeKeys = (language: string, file: string, directory?: string): readonly string[] =>
  entriesOf(language, file, directory).map(([key]) => key);

const entriesOf = (language: string, file: string, directory = import.meta.dirname) =>
  entries(file, parse(readFileSync(join(directory, language, `${file}.yaml`), "utf8")));

function entries(at: string, node: unknown): readonly (readonly [key: string, words: unknown])[] {
  if (typeof node === "string" || Array.isArray(node)) return [[at, node]];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) => entries(`${at}.${name}`, child));
}

/** Whether a message is the label of a button or of a row: a few words, no sentence. */
export const isLabel = (key: string): boolean => /\.(name|another|option\.[^.]+)$/.test(key);
