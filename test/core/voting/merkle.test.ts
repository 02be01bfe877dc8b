import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chain, merkleRoot } from "../../../core/voting/merkle.ts";

/** The examples of Certificate Transparency, whose tree it is (RFC 6962): each with the root of all so far. */
const examples = [
  ["", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
  ["00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
  ["10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
  ["2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
  ["3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
  ["40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
  ["5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
  ["606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
] as const;

const receipts = fc.uniqueArray(
  fc.nat().map((n) => createHash("sha256").update(String(n)).digest("hex")),
  { minLength: 1, maxLength: 20 },
);

describe("The root of the receipts", () => {
  test.each(examples.map(([, root], at) => [at + 1, root] as const))("of %i of them", (count, root) => {
    expect(merkleRoot(examples.slice(0, count).map(([receipt]) => receipt))).toBe(root);
  });

  test("of none is the hash of nothing", () => {
    expect(merkleRoot([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  test("does not depend on their order, and changes with any of them", () =>
    fc.assert(
      fc.property(
        receipts.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        fc.nat(),
        ([all, shuffled], pick) => {
          expect(merkleRoot(shuffled)).toBe(merkleRoot(all));
          const without = all.toSpliced(pick % all.length, 1);
          const root = merkleRoot(all);
          expect(merkleRoot(without)).not.toBe(root);
          expect(merkleRoot([...without, "00".repeat(32)])).not.toBe(root);
        },
      ),
    ));
});

test("Every page of the board depends on all before it", () => {
  const [a, b] = [merkleRoot(["01"]), merkleRoot(["02"])];
  const first = chain(undefined, "2026-09-19", a);
  const all = [
    first,
    chain(undefined, "2026-09-20", a),
    chain(undefined, "2026-09-19", b),
    chain(first, "2026-09-20", b),
    chain(chain(undefined, "2026-09-18", a), "2026-09-20", b),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(chain(undefined, "2026-09-19", a)).toBe(first);
});
