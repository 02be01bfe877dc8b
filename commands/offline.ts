import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { z } from "zod";
import type { Mistake } from "../core/edition/checks.ts";
import { mistakesIn } from "../core/voting/mistakes.ts";
import type { ShareMistake } from "../core/voting/shares.ts";
import type { UnlockMistake } from "../core/voting/unlock.ts";
import { Refusal } from "./command.ts";

/* What the commands have in common that work without any store, on a machine that is offline. */

/** @throws {Refusal} naming every mistake by its position */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Refusal(`${file} cannot be read.`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws {Refusal} naming every mistake by its position */
export async function readAs<T>(schema: z.ZodType<T>, file: string): Promise<T> {
  const read = schema.safeParse(await readJson(file));
  if (!read.success) throw refusal(file, mistakesIn(read.error));
  return read.data;
}

export function refusal(file: string, mistakes: readonly Mistake[]): Refusal {
  const lines = mistakes.map(({ path, message }) => `  ${path === "" ? "" : `${path}: `}${message}`);
  return new Refusal(
    `${file}: ${mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`}\n${lines.join("\n")}`,
  );
}

/** Shares as they were given: their text, or the file that it is in. */
export const readShares = (given: readonly string[]): Promise<string[]> =>
  Promise.all(given.map(async (one) => (existsSync(one) ? readFile(one, "utf8") : one)));

/** What to say to who holds the shares. */
export function whyLocked(mistake: UnlockMistake): string {
  switch (mistake.kind) {
    case "tooFew":
      return "Two shares are needed, and one alone opens nothing: give --share twice.";
    case "unreadable":
      return `Share ${mistake.share} ${whyUnreadable(mistake.mistake)}`;
    case "otherKey":
      return `Share ${mistake.share} belongs to another key. Compare the fingerprint on its sheet with this key's.`;
    case "sameShare":
      return `Shares ${mistake.shares.join(" and ")} are the same one. Ask another guarantor for theirs.`;
    case "damagedKey":
      return "Both shares are right, but the file of the wrapped key was altered. Use another copy of it.";
  }
}

function whyUnreadable(mistake: ShareMistake): string {
  switch (mistake.kind) {
    case "groups":
      return `does not have ${mistake.expected} groups of 5 characters, but ${mistake.found}. Is it whole, or a file's name wrong?`;
    case "mistyped":
      return `is mistyped. Look at ${mistake.groups.length === 1 ? "group" : "groups"} ${mistake.groups.join(", ")} again.`;
    case "checksum":
      return "is mistyped in more than one place. Compare every group with the sheet.";
  }
}
