import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { z } from "zod";
import { otherwise } from "../edition/values.ts";

/*
 * The guarantors' key opens the envelopes. It is kept wrapped with AES-256-GCM under 32 random bytes,
 * and those are split among three guarantors, two of whom are enough. What is wrapped is harmless
 * without two of them, and is bound to the public key that it belongs to.
 */

const base64 = z
  .string(otherwise("write what npm run keys wrote"))
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, "write what npm run keys wrote");

/** The file that `npm run keys -- make` writes. */
export const wrappedKey = z.strictObject({
  /** SPKI. */
  publicKey: base64,
  /** PKCS8, sealed. */
  privateKey: base64,
  nonce: base64,
  tag: base64,
});
export type WrappedKey = z.infer<typeof wrappedKey>;

const CIPHER = "aes-256-gcm";
export const WRAPPING_BYTES = 32;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const bytes = (text: string): Buffer => Buffer.from(text, "base64");

/**
 * @param publicKey SPKI in base64
 * @param privateKey PKCS8
 * @param under {@link WRAPPING_BYTES} random ones
 * @param nonce {@link NONCE_BYTES} random ones
 */
export function wrapKey(
  publicKey: string,
  privateKey: Uint8Array,
  under: Uint8Array,
  nonce: Uint8Array,
): WrappedKey {
  const cipher = createCipheriv(CIPHER, under, nonce).setAAD(bytes(publicKey));
  const sealed = Buffer.concat([cipher.update(privateKey), cipher.final()]);
  return {
    publicKey,
    privateKey: sealed.toString("base64"),
    nonce: Buffer.from(nonce).toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
  };
}

/** @returns PKCS8; `undefined` where it was wrapped under other bytes, or was altered since */
export function unwrapKey(
  { publicKey, privateKey, nonce, tag }: WrappedKey,
  under: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  try {
    const cipher = createDecipheriv(CIPHER, under, bytes(nonce), { authTagLength: TAG_BYTES })
      .setAAD(bytes(publicKey))
      .setAuthTag(bytes(tag));
    return Uint8Array.from(Buffer.concat([cipher.update(bytes(privateKey)), cipher.final()]));
  } catch {
    // A wrong key, and a nonce or tag of another length: it is not what was wrapped under these bytes.
    return undefined;
  }
}

const digestOf = (publicKey: string): string => createHash("sha256").update(bytes(publicKey)).digest("hex");

/**
 * What people compare a key by, on paper and on screen: SHA-256 of its SPKI, in groups of four.
 *
 * @param publicKey SPKI in base64
 */
export const fingerprint = (publicKey: string): string => digestOf(publicKey).match(/.{4}/g)?.join(" ") ?? "";

/** The first bytes of the fingerprint, by which shares tell whose they are. */
export const keyMark = (publicKey: string): Buffer => Buffer.from(digestOf(publicKey).slice(0, 8), "hex");
