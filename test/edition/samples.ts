import { parseEdition } from "../../core/edition/parse.ts";
import type { Edition } from "../../core/edition/schema.ts";
import { loadEdition } from "../../editions/load.ts";

export const file2022 = "editions/digitale-bene-comune-2022.yaml";
export const fileDemo = "editions/demo.yaml";

/** An edition that has to be right. */
export function load(file: string, anchor?: string): Edition {
  const parsed = loadEdition(file, anchor);
  if (!parsed.ok)
    throw new Error(parsed.mistakes.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return parsed.edition;
}

export const edition2022 = load(file2022);
export const vote2022 = wholeVote(edition2022);

/** Both ways to vote, of an edition that must have both. */
export function wholeVote({ vote }: Edition) {
  if (!vote?.paper || !vote.online) throw new Error("The edition has not both a paper and an online vote.");
  return { paper: vote.paper, online: vote.online };
}

/** The mistakes of a patch laid over the 2022 file, as `path: message`. */
export function mistakesOf(patch: object, base: object = {}): string[] {
  const text = JSON.stringify({ extends: "base", archive: null, ...served, ...patch });
  const parsed = parseEdition(text, { read: () => JSON.stringify({ ...edition2022, ...base }) });
  return parsed.ok ? [] : parsed.mistakes.map(({ path, message }) => `${path}: ${message}`);
}

const served = {
  privacy: { controller: "Ente", dpo: "dpo@ente.example", notice: "https://ente.example/privacy" },
};
