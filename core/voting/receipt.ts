import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Receipt } from "./ports.ts";

/** What is signed: edition and envelope, so that a receipt of one vote is worth nothing in another. */
const signed = (edition: string, id: string): Buffer => Buffer.from(JSON.stringify(["receipt", edition, id]));

/**
 * The server's word that an envelope was taken, to be given only once that is committed.
 *
 * @param key Ed25519
 * @param id SHA-256 of the envelope, hex
 */
export const signReceipt = (key: KeyObject, edition: string, id: string): Receipt => ({
  id,
  signature: sign(null, signed(edition, id), key).toString("base64url"),
});

/** @param key as {@link Casting.receiptKey} gives it: SPKI in base64 */
export function isReceipt(key: string, edition: string, { id, signature }: Receipt): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
  return verify(null, signed(edition, id), publicKey, Buffer.from(signature, "base64url"));
}
