import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Edition } from "../core/edition/schema.ts";
import { type Impersonal, makeImpersonal } from "../core/understanding/impersonal.ts";
import { makePublicWords, type PublicTexts } from "../core/understanding/public-words.ts";

/** Takes everything of a person out of a sentence in a language; `undefined` where too little is left. */
type ImpersonalIn = (language: string, text: string) => Promise<string | undefined>;

/** The words that may stay are gathered once for each language, when its first sentence comes. */
export function makeImpersonalIn(edition: Edition): ImpersonalIn {
  const ready = new Map<string, Promise<Impersonal>>();
  const gather = async (language: string): Promise<Impersonal> =>
    makeImpersonal(
      makePublicWords({ ...(await once(read, language, readLanguage)), edition: textsIn(edition) }),
    );
  return async (language, text) => (await once(ready, language, gather))(text);
}

type Texts = Omit<PublicTexts, "edition">;

/** What is public of a language, whichever edition is served. */
const read = new Map<string, Promise<Texts>>();

async function readLanguage(language: string): Promise<Texts> {
  const directory = join(import.meta.dirname, language);
  return {
    sentences: await readTexts(join(directory, "utterances")),
    messages: await readTexts(directory),
  };
}

/** Makes something the first time that it is asked for; what failed is tried again the next time. */
function once<T>(
  made: Map<string, Promise<T>>,
  name: string,
  make: (name: string) => Promise<T>,
): Promise<T> {
  const known = made.get(name);
  if (known !== undefined) return known;
  const making = make(name);
  made.set(name, making);
  making.catch(() => made.delete(name));
  return making;
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
