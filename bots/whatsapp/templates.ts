import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTemplateFile, type TemplateFile } from "./template-file.ts";

/** Where the product's templates lie. */
const DIRECTORY = join(import.meta.dirname, "templates");

/** Templates by their names. */
export type TemplateFiles = ReadonlyMap<string, TemplateFile>;

/**
 * Reads every `<name>.yaml` of a directory.
 *
 * @throws Error naming each file that cannot be used, and why
 */
export function loadTemplates(directory = DIRECTORY): TemplateFiles {
  const files = new Map<string, TemplateFile>();
  const mistakes: string[] = [];
  for (const entry of readdirSync(directory).sort()) {
    const [name, ending] = entry.split(".");
    if (name === undefined || ending !== "yaml") continue;
    const read = readTemplateFile(readFileSync(join(directory, entry), "utf8"), name);
    if ("file" in read) files.set(name, read.file);
    else mistakes.push(...read.mistakes.map(({ path, message }) => `${entry}: ${path} ${message}`));
  }
  if (mistakes.length > 0) throw new Error(`Templates cannot be used:\n${mistakes.join("\n")}`);
  return files;
}

let own: TemplateFiles | undefined;

/** Those of the product, read once. */
export function ownTemplates(): TemplateFiles {
  own ??= loadTemplates();
  return own;
}
