import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { split } from "shamir-secret-sharing";
import {
  keyMark,
  NONCE_BYTES,
  WRAPPING_BYTES,
  type WrappedKey,
  wrapKey,
} from "../core/voting/guarantors-key.ts";
import { writeShare } from "../core/voting/shares.ts";
import { unlock } from "../core/voting/unlock.ts";

/** Of a folder of keys, the file that holds the wrapped one. */
export const KEY_FILE = "guarantors-key.json";

const GUARANTORS = 3;
const ENOUGH = 2;
const MODULUS_BITS = 3072;

/** A key whose private half exists nowhere but wrapped. */
export interface KeySet {
  readonly wrapped: WrappedKey;
  /** One for each guarantor, as it is printed. */
  readonly shares: readonly string[];
}

/** Makes the guarantors' key, and tries every pair of shares before anybody relies on it. */
export async function makeKeys(): Promise<KeySet> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: MODULUS_BITS,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  const spki = publicKey.toString("base64");
  const under = randomBytes(WRAPPING_BYTES);
  const wrapped = wrapKey(spki, privateKey, under, randomBytes(NONCE_BYTES));
  privateKey.fill(0);
  const parts = await split(Uint8Array.from(under), GUARANTORS, ENOUGH);
  under.fill(0);
  const shares = parts.map((part) => writeShare(keyMark(spki), part));
  for (const pair of pairs(shares)) {
    const opened = await unlock(wrapped, pair);
    if (!opened.ok) throw new Error(`Two shares do not open the key: ${opened.mistake.kind}.`);
    opened.privateKey.fill(0);
  }
  return { wrapped, shares };
}

const pairs = <T>(all: readonly T[]): (readonly [T, T])[] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));
