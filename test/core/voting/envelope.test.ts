import { generateKeyPairSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ballotDigest, createOpener, ENVELOPE_BYTES, envelopeId } from "../../../core/voting/envelope.ts";
import { seal } from "../../../web/voting/client/seal.js";

const keyPair = () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  return {
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    privateKey: Uint8Array.from(privateKey.export({ type: "pkcs8", format: "der" })),
  };
};
const { publicKey, privateKey } = keyPair();
const codes = Array.from({ length: 12 }, (_, at) => `P${at}`);
const digest = ballotDigest("demo", publicKey, codes);
const opener = await createOpener(privateKey, { digest, projects: codes.length });

describe("An envelope", () => {
  test("opens to what was sealed, and is always as long", () =>
    fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(11)), async (positions) => {
        const { envelope, id, checkCode } = await seal(publicKey, digest, positions);
        expect(envelope).toHaveLength(ENVELOPE_BYTES);
        expect(id).toBe(envelopeId(envelope));
        expect(await opener.open(envelope)).toEqual({
          positions: positions.toSorted((a, b) => a - b),
          checkCode,
        });
      }),
      { numRuns: 30 },
    ));

  test("has room for 512 projects", async () => {
    const many = Array.from({ length: 512 }, (_, at) => `P${at}`);
    const full = ballotDigest("demo", publicKey, many);
    const { envelope } = await seal(publicKey, full, [0, 255, 511]);
    const opened = await (await createOpener(privateKey, { digest: full, projects: 512 })).open(envelope);
    expect(opened?.positions).toEqual([0, 255, 511]);
    await expect(seal(publicKey, full, [512])).rejects.toThrow(RangeError);
    expect(() => ballotDigest("demo", publicKey, [...many, "one more"])).toThrow(RangeError);
  });

  test("never comes out the same twice", async () => {
    const [one, other] = [await seal(publicKey, digest, [1]), await seal(publicKey, digest, [1])];
    expect(one.id).not.toBe(other.id);
    expect(one.checkCode).not.toBe(other.checkCode);
  });

  test("does not open when it is junk, too short, too long, altered, or made for another ballot or key", async () => {
    const { envelope } = await seal(publicKey, digest, [1]);
    const altered = Uint8Array.from(envelope, (byte, at) => (at === 200 ? byte ^ 1 : byte));
    const forAnotherKey = await seal(keyPair().publicKey, digest, [1]);
    const forAnotherBallot = await seal(publicKey, ballotDigest("demo", publicKey, codes.toReversed()), [1]);
    for (const wrong of [
      randomBytes(ENVELOPE_BYTES),
      new Uint8Array(ENVELOPE_BYTES),
      new Uint8Array(),
      envelope.subarray(1),
      Buffer.concat([envelope, Uint8Array.of(0)]),
      altered,
      forAnotherKey.envelope,
      forAnotherBallot.envelope,
    ]) {
      expect(await opener.open(wrong)).toBeUndefined();
    }
  });

  test("is worth nothing with a choice that is not on the ballot", async () => {
    const { envelope } = await seal(publicKey, digest, [1, 12]);
    expect(await opener.open(envelope)).toBeUndefined();
  });
});
