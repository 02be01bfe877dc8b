import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readShare, writeShare } from "../../../core/voting/shares.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const shares = fc.record({ mark: bytes(4), share: bytes(33) });
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

describe("A share that is printed and typed in again", () => {
  test("is what it was, however it is typed", () =>
    fc.assert(
      fc.property(shares, fc.constantFrom("", " ", "\n", "-", "  \r\n"), ({ mark, share }, space) => {
        const text = writeShare(mark, share);
        expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{5} ){16}[0-9A-HJKMNP-TV-Z]{5}$/);
        const typed = text.toLowerCase().replaceAll(" ", space).replaceAll("0", "o").replaceAll("1", "l");
        expect(readShare(`# a remark\n${typed}\n`)).toEqual({
          ok: true,
          share: { key: Buffer.from(mark).toString("hex"), share },
        });
      }),
    ));

  test("with one character wrong is refused, nearly always naming its group", () => {
    let named = 0;
    const runs = 1000;
    fc.assert(
      fc.property(shares, fc.nat(84), fc.constantFrom(...ALPHABET), ({ mark, share }, at, character) => {
        const text = writeShare(mark, share).replaceAll(" ", "");
        fc.pre(text[at] !== character);
        const read = readShare(text.slice(0, at) + character + text.slice(at + 1));
        if (read.ok) throw new Error("It was taken.");
        const { mistake } = read;
        if (mistake.kind === "mistyped") {
          expect(mistake.groups).toEqual([Math.floor(at / 5) + 1]);
          named += 1;
        }
      }),
      { numRuns: runs, seed: 1 },
    );
    expect(named / runs).toBeGreaterThan(0.9);
  });

  test("with two groups swapped, one missing or one too many, or something else altogether", () => {
    const groups = writeShare(Buffer.from("00112233", "hex"), new Uint8Array(33).fill(7)).split(" ");
    const swapped = [groups[1], groups[0], ...groups.slice(2)].join(" ");
    expect(readShare(swapped)).toMatchObject({ ok: false, mistake: { kind: "mistyped" } });
    expect(readShare(groups.slice(1).join(" "))).toEqual({
      ok: false,
      mistake: { kind: "groups", found: 16, expected: 17 },
    });
    for (const text of [`${groups.join(" ")} 0`, "", "una quota", "🙂".repeat(50), "U".repeat(85)]) {
      expect(readShare(text)).toMatchObject({ ok: false });
    }
  });
});
