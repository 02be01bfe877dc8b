import { createHash } from "node:crypto";

/*
 * The sealed envelope. What is sealed is always as long, whatever was chosen:
 *
 *   1 byte    version, 1
 *   64 bytes  the choice: bit `p % 8` (the lowest is 0) of byte `p / 8` stands for the project at
 *             position `p` of the ballot; no bit is a blank ballot
 *   8 bytes   check code, random
 *
 * RSA-OAEP with a 3072-bit key and SHA-256, the ballot's digest as its label: an envelope is 384
 * bytes, and opens for the ballot it was made for alone. `web/voting/client/seal.js` seals.
 */

const VERSION = 1;
const CHOICE = { at: 1, bytes: 64 };
const CODE = { at: CHOICE.at + CHOICE.bytes, bytes: 8 };
const BLOCK_BYTES = CODE.at + CODE.bytes;

/** The most projects that a ballot has room for. */
export const MOST_PROJECTS = CHOICE.bytes * 8;
export const ENVELOPE_BYTES = 384;

/**
 * What binds every envelope to one ballot: its `digest`.
 *
 * @throws {RangeError} where there are more projects than {@link MOST_PROJECTS}
 */
export function ballotDigest(edition: string, publicKey: string, codes: readonly string[]): string {
  if (codes.length > MOST_PROJECTS) throw new RangeError(`A ballot has room for ${MOST_PROJECTS} projects.`);
  return createHash("sha256")
    .update(JSON.stringify(["ballot", edition, publicKey, codes]))
    .digest("hex");
}

/** The public name of an envelope, which its receipt is given for: SHA-256, hex. */
export const envelopeId = (envelope: Uint8Array): string =>
  createHash("sha256").update(envelope).digest("hex");

/** What an envelope held. */
export interface Opened {
  /** Positions of the projects chosen, in order. */
  readonly positions: readonly number[];
  /** Hex; known to who sealed it alone. */
  readonly checkCode: string;
}

/** Reads what was sealed. @returns `undefined` where no page of ours made it */
function readBlock(block: Uint8Array, projects: number): Opened | undefined {
  if (block.length !== BLOCK_BYTES || block[0] !== VERSION) return undefined;
  const chosen = block.subarray(CHOICE.at, CODE.at);
  const positions = [...chosen].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) => ((byte >> bit) & 1 ? [at * 8 + bit] : [])),
  );
  if (positions.some((position) => position >= projects)) return undefined;
  return { positions, checkCode: Buffer.from(block.subarray(CODE.at)).toString("hex") };
}

/** Opens envelopes with the guarantors' key. */
export interface Opener {
  /** @returns `undefined` where it does not open, or holds what no page of ours makes: a null ballot */
  open(envelope: Uint8Array): Promise<Opened | undefined>;
}

/**
 * @param privateKey PKCS8
 * @param ballot its digest, and how many projects it has
 */
export async function createOpener(
  privateKey: Uint8Array<ArrayBuffer>,
  ballot: { readonly digest: string; readonly projects: number },
): Promise<Opener> {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey("pkcs8", privateKey, { name: "RSA-OAEP", hash: "SHA-256" }, false, [
    "decrypt",
  ]);
  const algorithm = { name: "RSA-OAEP", label: Buffer.from(ballot.digest, "hex") };
  return {
    async open(envelope) {
      if (envelope.length !== ENVELOPE_BYTES) return undefined;
      try {
        const block = await subtle.decrypt(algorithm, key, Uint8Array.from(envelope));
        return readBlock(new Uint8Array(block), ballot.projects);
      } catch (error) {
        // What WebCrypto says of bytes that were not sealed for this key and label.
        if (error instanceof DOMException && error.name === "OperationError") return undefined;
        throw error;
      }
    },
  };
}
