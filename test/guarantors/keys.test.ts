import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { split } from "shamir-secret-sharing";
import { describe, expect, onTestFinished, test } from "vitest";
import { fingerprint, keyMark, wrapKey } from "../../core/voting/guarantors-key.ts";
import { writeShare } from "../../core/voting/shares.ts";
import { unlock } from "../../core/voting/unlock.ts";
import { demonstrationKey } from "../../guarantors/demonstration.ts";
import { makeKeys } from "../../guarantors/make.ts";

const { wrapped, shares } = await makeKeys();
const [one = "", two = "", three = ""] = shares;

describe("The guarantors' key", () => {
  test.each([
    [one, two],
    [three, one],
    [two, three],
    [one, two, three],
  ])("opens with two shares, in any order, and with all three", async (...some) => {
    expect(await unlock(wrapped, some)).toMatchObject({ ok: true });
  });

  test("does not open with one share, nor with one twice, and says so", async () => {
    expect(await unlock(wrapped, [one])).toEqual({ ok: false, mistake: { kind: "tooFew" } });
    expect(await unlock(wrapped, [])).toEqual({ ok: false, mistake: { kind: "tooFew" } });
    expect(await unlock(wrapped, [one, three, one])).toEqual({
      ok: false,
      mistake: { kind: "sameShare", shares: [1, 3] },
    });
  });

  test("does not open with a share of another key, nor with one that was mistyped", async () => {
    const other = await makeKeys();
    expect(await unlock(wrapped, [one, other.shares[1] ?? ""])).toEqual({
      ok: false,
      mistake: { kind: "otherKey", share: 2 },
    });
    const mistyped = one.replace(/^./, (first) => (first === "7" ? "8" : "7"));
    expect(await unlock(wrapped, [two, mistyped])).toMatchObject({
      ok: false,
      mistake: { kind: "unreadable", share: 2 },
    });
  });

  test("does not open when what was wrapped was altered", async () => {
    const other = await makeKeys();
    const { privateKey, nonce, tag } = other.wrapped;
    for (const altered of [{ privateKey, nonce, tag }, { privateKey }, { nonce }, { tag }, { tag: "AAAA" }]) {
      expect(await unlock({ ...wrapped, ...altered }, [one, two])).toEqual({
        ok: false,
        mistake: { kind: "damagedKey" },
      });
    }
  });

  test("does not open when it is not the one that envelopes were sealed for", async () => {
    const { publicKey } = wrapped;
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
    const under = randomBytes(32);
    const other = wrapKey(publicKey, pkcs8, under, randomBytes(12));
    const parts = await split(Uint8Array.from(under), 3, 2);
    const texts = parts.map((part) => writeShare(keyMark(publicKey), part));
    expect(await unlock(other, texts)).toEqual({ ok: false, mistake: { kind: "damagedKey" } });
  });

  test("has a fingerprint that can be compared by eye", () => {
    expect(fingerprint(wrapped.publicKey)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });
});

test("A demonstration makes its key once, though two processes ask together", async () => {
  const directory = await mkdtemp(join(tmpdir(), "guarantors-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const [first, second] = await Promise.all([demonstrationKey(directory), demonstrationKey(directory)]);
  expect(second).toBe(first);
  expect(await demonstrationKey(directory)).toBe(first);
  expect(await readdir(directory)).toEqual(["guarantors"]);
  const kept = join(directory, "guarantors");
  const texts = await Promise.all(
    ["share-1.txt", "share-3.txt"].map((file) => readFile(join(kept, file), "utf8")),
  );
  expect(texts[0]).toContain("demonstration");
  const key = JSON.parse(await readFile(join(kept, "guarantors-key.json"), "utf8"));
  expect(await unlock(key, texts)).toMatchObject({ ok: true });
});
