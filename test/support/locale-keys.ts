import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

const directory = join(import.meta.dirname, "../../locales");

/** The files of a language, such as `home.yaml`. */
export const localeFiles = (language: string): readonly string[] =>
  readdirSync(join(directory, language)).filter((file) => file.endsWith(".yaml"));

/** The keys of a file's messages, such as `home.option.dates`; lists of words are no messages. */
export const messageKeys = (language: string, file: string): readonly string[] =>
  keysIn(basename(file, ".yaml"), parse(readFileSync(join(directory, language, file), "utf8")));

function keysIn(at: string, node: unknown): readonly string[] {
  if (typeof node === "string") return [at];
  if (typeof node !== "object" || node === null || Array.isArray(node)) return [];
  return Object.entries(node).flatMap(([name, child]) => keysIn(`${at}.${name}`, child));
}
