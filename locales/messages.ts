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
export const messageKeys = (language: string, file: string): readonly string[] =>
  keysIn(file, parse(readFileSync(join(import.meta.dirname, language, `${file}.yaml`), "utf8")));

function keysIn(at: string, node: unknown): readonly string[] {
  if (typeof node === "string") return [at];
  if (typeof node !== "object" || node === null || Array.isArray(node)) return [];
  return Object.entries(node).flatMap(([name, child]) => keysIn(`${at}.${name}`, child));
}

/** Whether a message is the label of a button or of a row: a few words, no sentence. */
export const isLabel = (key: string): boolean => /\.(name|another|option\.[^.]+)$/.test(key);
