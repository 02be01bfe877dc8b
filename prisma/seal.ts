import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Secrets } from "./secrets.ts";

/**
 * Where a sealed value stands. It is bound to the value: bytes moved to another row or column, or
 * written by someone without the key, do not open.
 */
export interface Place {
  readonly table: string;
  readonly column: string;
  /** What tells the row apart and is known before it is written: an id, or a digest. */
  readonly row: string;
}

/** Bytes as Prisma takes and gives them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Seals personal data on its way to the database, and opens it on its way back. */
export interface Sealer {
  seal(place: Place, value: unknown): Bytes;
  /** @throws {UnreadableError} for bytes that were not sealed for this place with a known key. */
  open<T>(place: Place, sealed: Uint8Array, schema: z.ZodType<T>): T;
  /**
   * A keyed digest by which a value is found without being stored. The same parts of the same
   * `purpose` always give the same digest, and without the pepper nobody can try values out.
   */
  lookup(purpose: string, ...parts: readonly string[]): Bytes;
}

/** Sealed bytes that cannot be read: the key is missing, they were tampered with, or their shape is unknown. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
}

const CIPHER = "aes-256-gcm";
const FORMAT = 1;
const NONCE_BYTES = 12; // what NIST SP 800-38D recommends for GCM
const TAG_BYTES = 16;

/**
 * AES-256-GCM under the current key. The bytes say which key it was, so that older keys, kept in
 * `SECRET_KEYS` after the current one, go on opening what they sealed:
 * `format (1) · length of key id (1) · key id · nonce (12) · tag (16) · ciphertext`.
 */
export function createSealer(secrets: Secrets): Sealer {
  const { keys, currentKey, pepper } = secrets;
  const current = keys.get(currentKey);
  if (current === undefined) throw new Error(`There is no key ${currentKey}.`);
  const id = Buffer.from(currentKey);
  const header = Buffer.concat([Buffer.from([FORMAT, id.length]), id]);
  const newNonce = drawNonces();

  return {
    seal(place, value) {
      const nonce = newNonce();
      const cipher = createCipheriv(CIPHER, current, nonce);
      cipher.setAAD(associate(place, header));
      const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), body]);
    },

    open(place, sealed, schema) {
      const at = `${place.table}.${place.column}`;
      const parts = take(sealed);
      if (parts === undefined) throw new UnreadableError(`${at} holds bytes that were not sealed.`);
      const key = keys.get(parts.keyId);
      if (key === undefined) {
        throw new UnreadableError(`${at} was sealed with the key "${parts.keyId}", which SECRET_KEYS lacks.`);
      }
      const decipher = createDecipheriv(CIPHER, key, parts.nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(associate(place, parts.header));
      decipher.setAuthTag(parts.tag);
      let text: string;
      try {
        text = Buffer.concat([decipher.update(parts.body), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new UnreadableError(`${at} was changed, or moved here, by someone without the key.`, { cause });
      }
      const parsed = schema.safeParse(JSON.parse(text));
      if (!parsed.success)
        throw new UnreadableError(`${at} holds an unknown shape.`, { cause: parsed.error });
      return parsed.data;
    },

    lookup(purpose, ...parts) {
      return Buffer.from(
        createHmac("sha256", pepper)
          .update(JSON.stringify([purpose, ...parts]))
          .digest(),
      );
    },
  };
}

/** Random nonces, drawn many at a time: asking the system for each costs more than the cipher. */
function drawNonces(): () => Uint8Array {
  let drawn = randomBytes(0);
  return () => {
    if (drawn.length === 0) drawn = randomBytes(NONCE_BYTES * 256);
    const nonce = drawn.subarray(0, NONCE_BYTES);
    drawn = drawn.subarray(NONCE_BYTES);
    return nonce;
  };
}

function associate(place: Place, header: Uint8Array): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([place.table, place.column, place.row]))]);
}

function take(sealed: Uint8Array) {
  const [format, idLength = 0] = sealed;
  const nonceAt = 2 + idLength;
  const tagAt = nonceAt + NONCE_BYTES;
  const bodyAt = tagAt + TAG_BYTES;
  if (format !== FORMAT || sealed.length < bodyAt) return undefined;
  const header = sealed.subarray(0, nonceAt);
  return {
    header,
    keyId: Buffer.from(header.subarray(2)).toString("utf8"),
    nonce: sealed.subarray(nonceAt, tagAt),
    tag: sealed.subarray(tagAt, bodyAt),
    body: sealed.subarray(bodyAt),
  };
}
