import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StoreRefusal } from "./refusal.ts";

/** The keys under which personal data is kept. */
export interface Secrets {
  /** Every key that may have sealed something, by its id. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** The id of the key that seals from now on. */
  readonly currentKey: string;
  /** Fixed for the life of a database: another pepper finds nobody again. */
  readonly pepper: KeyObject;
}

const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const REMEDY = `Make one with: node -p "crypto.randomBytes(${KEY_BYTES}).toString('base64')"`;

/**
 * Reads the two settings of the environment.
 *
 * @param secretKeys `SECRET_KEYS`: `id:base64(32 bytes)[,older…]`, the current key first
 * @param lookupPepper `LOOKUP_PEPPER`: base64(32 bytes)
 * @throws {StoreRefusal} naming the variable and the remedy
 */
export function readSecrets(secretKeys: string, lookupPepper: string): Secrets {
  const keys = new Map<string, KeyObject>();
  for (const entry of secretKeys.split(",")) {
    const [id = "", encoded = ""] = entry.trim().split(":");
    if (!KEY_ID.test(id)) {
      throw new StoreRefusal(
        "SECRET_KEYS must be id:base64(32 bytes), each id of letters, digits, '-' or '_', older keys after a comma.",
      );
    }
    if (keys.has(id))
      throw new StoreRefusal(`SECRET_KEYS names the key "${id}" twice. Give each its own id.`);
    keys.set(id, readKey(`SECRET_KEYS, key "${id}",`, encoded));
  }
  const [currentKey = ""] = keys.keys();
  return { keys, currentKey, pepper: readKey("LOOKUP_PEPPER", lookupPepper.trim()) };
}

function readKey(what: string, encoded: string): KeyObject {
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== KEY_BYTES || bytes.toString("base64") !== encoded) {
    throw new StoreRefusal(`${what} must be ${KEY_BYTES} bytes in base64. ${REMEDY}`);
  }
  return createSecretKey(bytes);
}

const savedSecrets = z.object({ SECRET_KEYS: z.string(), LOOKUP_PEPPER: z.string() });

/**
 * The secrets of an installation that was given none, such as the demo: made once and saved beside
 * its embedded database, readable by its user alone.
 */
export async function savedOrNewSecrets(dataDirectory: string): Promise<Secrets> {
  const path = join(dataDirectory, "secrets.json");
  const saved = await readFile(path, "utf8").catch(() => undefined);
  if (saved !== undefined) {
    const { SECRET_KEYS, LOOKUP_PEPPER } = savedSecrets.parse(JSON.parse(saved));
    return readSecrets(SECRET_KEYS, LOOKUP_PEPPER);
  }
  const made = {
    SECRET_KEYS: `local:${randomBytes(KEY_BYTES).toString("base64")}`,
    LOOKUP_PEPPER: randomBytes(KEY_BYTES).toString("base64"),
  };
  await mkdir(dataDirectory, { recursive: true });
  // Whole or not at all: half a file of secrets would lock everything up.
  await writeFile(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return readSecrets(made.SECRET_KEYS, made.LOOKUP_PEPPER);
}
