import { createHash } from "node:crypto";
import type { Day } from "../edition/calendar.ts";

/*
 * What fixes the public list of receipts: whoever keeps one root can tell whether anything that was
 * on the list then was changed, taken away or added since. Leaves, inner nodes and the chain are
 * hashed apart (RFC 6962, 2.1), so that none of them passes for another.
 */

const hash = (...parts: readonly Uint8Array[]): Buffer => {
  const sha256 = createHash("sha256");
  for (const part of parts) sha256.update(part);
  return sha256.digest();
};
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const LINK = Uint8Array.of(2);

/**
 * The Merkle root of receipts, hex. Their order does not matter: they are sorted first. A node that
 * is left over at the end of a row rises as it is.
 *
 * @param receipts hex
 */
export function merkleRoot(receipts: readonly string[]): string {
  let row = [...receipts].sort().map((receipt) => hash(LEAF, Buffer.from(receipt, "hex")));
  while (row.length > 1) {
    row = row.flatMap((left, at) => {
      if (at % 2 === 1) return [];
      const right = row[at + 1];
      return [right ? hash(NODE, left, right) : left];
    });
  }
  return (row[0] ?? hash()).toString("hex");
}

/**
 * Ties a page of the board to all those before it.
 *
 * @param before the chain of the page before, hex; `undefined` for the first
 * @param root hex
 * @returns hex
 */
export function chain(before: string | undefined, day: Day, root: string): string {
  const earlier = before === undefined ? Buffer.alloc(32) : Buffer.from(before, "hex");
  return hash(LINK, earlier, Buffer.from(day), Buffer.from(root, "hex")).toString("hex");
}
