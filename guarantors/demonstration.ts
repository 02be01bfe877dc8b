import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wrappedKey } from "../core/voting/guarantors-key.ts";
import { KEY_FILE, type KeySet, makeKeys } from "./make.ts";

const REMARK = `# A demonstration's. In a real vote each of three guarantors keeps one of these on paper,
# and no server ever has it.`;

/**
 * The key of a demonstration: made when it is first asked for, and kept with its three shares in
 * `DATA_DIR/guarantors`, so that one person can play all three guarantors.
 *
 * @returns the public key, SPKI in base64
 */
export async function demonstrationKey(dataDirectory: string): Promise<string> {
  const directory = join(dataDirectory, "guarantors");
  const saved = await savedKey(directory);
  if (saved !== undefined) return saved;
  const made = await makeKeys();
  const aside = `${directory}.${randomUUID()}`;
  await save(aside, made);
  try {
    // Whole or not at all; of two processes that make one, the second finds the first one's.
    await rename(aside, directory);
    return made.wrapped.publicKey;
  } catch (error) {
    await rm(aside, { recursive: true });
    const other = await savedKey(directory);
    if (other === undefined) throw error;
    return other;
  }
}

async function save(directory: string, { wrapped, shares }: KeySet): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, KEY_FILE), `${JSON.stringify(wrapped, null, 2)}\n`, { flush: true });
  for (const [at, share] of shares.entries()) {
    const file = join(directory, `share-${at + 1}.txt`);
    await writeFile(file, `${REMARK}\n${share}\n`, { mode: 0o600, flush: true });
  }
}

async function savedKey(directory: string): Promise<string | undefined> {
  const saved = await readFile(join(directory, KEY_FILE), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return saved === undefined ? undefined : wrappedKey.parse(JSON.parse(saved)).publicKey;
}
