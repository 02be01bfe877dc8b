import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Edition } from "../core/edition/schema.ts";
import { type Impersonal, makeImpersonal } from "../core/understanding/impersonal.ts";
import { makePublicWords } from "../core/understanding/public-words.ts";

/** Takes everything of a person out of a sentence in a language; `undefined` where too little is left. */
export type ImpersonalIn = (language: string, text: string) => Promise<string | undefined>;

/** The words that may stay are gathered once for each language, when its first sentence comes. */
export function makeImpersonalIn(edition: Edition): ImpersonalIn {
  const ready = new Map<string, Promise<Impersonal>>();
  return async (language, text) => {
    let gathering = ready.get(language);
    if (!gathering) {
      gathering = gather(language, edition);
      ready.set(language, gathering);
      // What could not be read may be there the next time; who asked now is told below.
      gathering.catch(() => ready.delete(language));
    }
    return (await gathering)(text);
  };
}

async function gather(language: string, edition: Edition): Promise<Impersonal> {
  const directory = join(import.meta.dirname, language);
  const words = makePublicWords({
    sentences: await readTexts(join(directory, "utterances")),
    messages: await readTexts(directory),
    edition: textsIn(edition),
  });
  return makeImpersonal(words);
}

/** @throws Error where a file is not well written */
async function readTexts(directory: string): Promise<readonly string[]> {
  if (!existsSync(directory)) return [];
  const files = (await readdir(directory)).filter((name) => name.endsWith(".yaml"));
  const texts: string[] = [];
  for (const file of files) texts.push(...textsIn(parse(await readFile(join(directory, file), "utf8"))));
  return texts;
}

function textsIn(node: unknown): readonly string[] {
  if (typeof node === "string") return [node];
  if (typeof node !== "object" || node === null) return [];
  return Object.values(node).flatMap(textsIn);
}
