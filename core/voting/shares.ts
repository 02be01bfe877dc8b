import { createHash } from "node:crypto";
import { WRAPPING_BYTES } from "./guarantors-key.ts";

/*
 * A guarantor's share, as it is printed and typed in again: 17 groups of 5 characters, of Crockford's
 * base 32, which has no I, L, O and U. The last character of a group checks the other four, so that
 * a slip of the finger is found where it was made. Read together, the groups are:
 *
 *   1 byte    version, 1
 *   4 bytes   the beginning of the key's fingerprint
 *   33 bytes  the share
 *   4 bytes   the beginning of SHA-256 of all that
 */

/** What a share says. */
export interface Share {
  /** The beginning of the fingerprint of the key that it belongs to, hex. */
  readonly key: string;
  readonly share: Uint8Array<ArrayBuffer>;
}

/** Why a text is no share. */
export type ShareMistake =
  | { readonly kind: "groups"; readonly found: number; readonly expected: number }
  /** Numbers of groups, from 1, with a character that is wrong. */
  | { readonly kind: "mistyped"; readonly groups: readonly number[] }
  /** Every group is right by itself, and together they are not: two are swapped, or more than one is wrong. */
  | { readonly kind: "checksum" };

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const VERSION = 1;
const MARK_BYTES = 4;
/** A byte more than what is split: which share it is. */
const SHARE_BYTES = WRAPPING_BYTES + 1;
const CHECK_BYTES = 4;
const BODY_BYTES = 1 + MARK_BYTES + SHARE_BYTES;
const DATA = 4;
const GROUP = DATA + 1;
const GROUPS = Math.ceil(((BODY_BYTES + CHECK_BYTES) * 8) / (DATA * 5));

/** @param mark of the key, as {@link keyMark} gives it */
export function writeShare(mark: Uint8Array, share: Uint8Array): string {
  const body = Buffer.concat([Uint8Array.of(VERSION), mark, share]);
  const digits = [...BigInt(`0x${Buffer.concat([body, check(body)]).toString("hex")}`).toString(32)];
  const text = digits
    .map((digit) => ALPHABET[Number.parseInt(digit, 32)])
    .join("")
    .padStart(GROUPS * DATA, "0");
  return Array.from({ length: GROUPS }, (_, at) => {
    const data = text.slice(at * DATA, (at + 1) * DATA);
    return data + checkCharacter(at, data);
  }).join(" ");
}

/** Reads what somebody typed or scanned; lines that begin with # are remarks. */
export function readShare(
  text: string,
): { readonly ok: true; readonly share: Share } | { readonly ok: false; readonly mistake: ShareMistake } {
  const typed = characters(text);
  const groups = typed.match(new RegExp(`.{1,${GROUP}}`, "g")) ?? [];
  if (typed.length !== GROUPS * GROUP) {
    return { ok: false, mistake: { kind: "groups", found: groups.length, expected: GROUPS } };
  }
  const mistyped = groups.flatMap((group, at) =>
    group[DATA] === checkCharacter(at, group.slice(0, DATA)) && isWritten(group) ? [] : [at + 1],
  );
  if (mistyped.length > 0) return { ok: false, mistake: { kind: "mistyped", groups: mistyped } };
  const number = [...groups.map((group) => group.slice(0, DATA)).join("")].reduce(
    (sum, character) => sum * 32n + BigInt(ALPHABET.indexOf(character)),
    0n,
  );
  const bytes = Buffer.from(number.toString(16).padStart((BODY_BYTES + CHECK_BYTES) * 2, "0"), "hex");
  const body = bytes.subarray(0, BODY_BYTES);
  if (bytes[0] !== VERSION || !bytes.subarray(BODY_BYTES).equals(check(body))) {
    return { ok: false, mistake: { kind: "checksum" } };
  }
  return {
    ok: true,
    share: {
      key: body.subarray(1, 1 + MARK_BYTES).toString("hex"),
      share: Uint8Array.from(body.subarray(1 + MARK_BYTES)),
    },
  };
}

/** What counts of a text: capitals or not, however it is spaced, and what looks like a digit is one. */
function characters(text: string): string {
  return text
    .replace(/^\s*#.*$/gm, "")
    .replace(/[\s-]/g, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
}

const isWritten = (group: string): boolean => [...group].every((character) => ALPHABET.includes(character));

/** Of a group at its place: one in its stead would have another. */
function checkCharacter(at: number, data: string): string | undefined {
  const [byte = 0] = createHash("sha256").update(`${at}:${data}`).digest();
  return ALPHABET[byte & 31];
}

const check = (body: Uint8Array): Buffer =>
  createHash("sha256").update(body).digest().subarray(0, CHECK_BYTES);
