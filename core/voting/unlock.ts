import { createPrivateKey, createPublicKey } from "node:crypto";
import { combine } from "shamir-secret-sharing";
import { keyMark, unwrapKey, type WrappedKey } from "./guarantors-key.ts";
import { readShare, type ShareMistake } from "./shares.ts";

/** Why shares do not open the key; shares are numbered from 1, in the order in which they were given. */
export type UnlockMistake =
  | { readonly kind: "tooFew" }
  | { readonly kind: "unreadable"; readonly share: number; readonly mistake: ShareMistake }
  | { readonly kind: "otherKey"; readonly share: number }
  | { readonly kind: "sameShare"; readonly shares: readonly [number, number] }
  /** The shares are right and go together: it is the wrapped key that was altered. */
  | { readonly kind: "damagedKey" };

export type Unlocked =
  /** PKCS8, of the key that was wrapped. */
  | { readonly ok: true; readonly privateKey: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly mistake: UnlockMistake };

/** Opens the guarantors' key with two of their shares, or with all three. */
export async function unlock(wrapped: WrappedKey, texts: readonly string[]): Promise<Unlocked> {
  const mark = keyMark(wrapped.publicKey).toString("hex");
  const shares: Uint8Array[] = [];
  for (const [at, text] of texts.entries()) {
    const read = readShare(text);
    const number = at + 1;
    if (!read.ok) return refuse({ kind: "unreadable", share: number, mistake: read.mistake });
    const { key, share } = read.share;
    if (key !== mark) return refuse({ kind: "otherKey", share: number });
    // Its last byte says which one it is.
    const same = shares.findIndex((other) => other.at(-1) === share.at(-1));
    if (same >= 0) return refuse({ kind: "sameShare", shares: [same + 1, number] });
    shares.push(share);
  }
  if (shares.length < 2) return refuse({ kind: "tooFew" });
  const under = await combine(shares);
  const privateKey = unwrapKey(wrapped, under);
  under.fill(0);
  if (!privateKey || publicKeyOf(privateKey) !== wrapped.publicKey) return refuse({ kind: "damagedKey" });
  return { ok: true, privateKey };
}

/** @returns SPKI in base64 */
function publicKeyOf(privateKey: Uint8Array): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" });
  return createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64");
}

const refuse = (mistake: UnlockMistake): Unlocked => ({ ok: false, mistake });
