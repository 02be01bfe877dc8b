/**
 * Seals a choice for the guarantors; `core/voting/envelope.ts` says in what form, and opens it.
 * WebCrypto alone, so that browsers and Node run the same code.
 */

const VERSION = 1;
const CHOICE_BYTES = 64;
const CODE_BYTES = 8;

/**
 * @param {string} publicKey the guarantors' key, SPKI in base64
 * @param {string} digest the ballot's, hex
 * @param {readonly number[]} positions of the projects chosen, on the ballot; none is a blank ballot
 * @returns {Promise<{ envelope: Uint8Array<ArrayBuffer>, id: string, checkCode: string }>}
 *   what is sent; its SHA-256, hex; and the code that is sealed with the choice, hex
 */
export async function seal(publicKey, digest, positions) {
  const block = new Uint8Array(1 + CHOICE_BYTES + CODE_BYTES);
  block[0] = VERSION;
  const choice = block.subarray(1, 1 + CHOICE_BYTES);
  for (const position of positions) {
    if (!Number.isInteger(position) || position < 0 || position >= CHOICE_BYTES * 8) {
      throw new RangeError(`No ballot has a project at ${position}.`);
    }
    const byte = position >> 3;
    choice[byte] = (choice[byte] ?? 0) | (1 << (position & 7));
  }
  const code = crypto.getRandomValues(block.subarray(1 + CHOICE_BYTES));

  const key = await crypto.subtle.importKey(
    "spki",
    fromBase64(publicKey),
    { name: "RSA-OAEP", hash: "SHA-256" },
    false,
    ["encrypt"],
  );
  const sealed = await crypto.subtle.encrypt({ name: "RSA-OAEP", label: fromHex(digest) }, key, block);
  return {
    envelope: new Uint8Array(sealed),
    id: hex(new Uint8Array(await crypto.subtle.digest("SHA-256", sealed))),
    checkCode: hex(code),
  };
}

/** @param {string} text */
const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** @param {string} text */
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
