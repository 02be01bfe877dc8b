import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { whyLocked } from "../../commands/offline.ts";
import { fingerprint } from "../../core/voting/guarantors-key.ts";
import { readSquare } from "../support/pdf-square.ts";
import { command, commands } from "./type.ts";

const folder = await mkdtemp(join(tmpdir(), "keys-"));
afterAll(() => rm(folder, { recursive: true }));

test("npm run keys makes a wrapped key and a sheet for each guarantor; two of the sheets open it", async () => {
  const made = join(folder, "made");
  const keyFile = join(made, "guarantors-key.json");
  const { code, out } = await command({}, "keys", "make", "--out", made, "--for", "Bilancio di prova");
  const { publicKey } = JSON.parse(await readFile(keyFile, "utf8"));
  expect(code).toBe(0);
  expect(out).toContain(fingerprint(publicKey));
  expect(out).toContain(`publicKey: ${publicKey}`);
  const sheets = ["guarantor-1.pdf", "guarantor-2.pdf", "guarantor-3.pdf"];
  expect((await readdir(made)).sort()).toEqual([...sheets, "guarantors-key.json"]);

  const shares = await Promise.all(
    sheets.map(async (sheet) => readSquare(await readFile(join(made, sheet))) ?? ""),
  );
  expect(new Set(shares).size).toBe(3);
  const [one = "", , three = ""] = shares;
  const file = join(folder, "three.txt");
  await writeFile(file, `${three.toLowerCase().replaceAll(" ", "\n")}\n`);
  const recover = ["recover", "--key", keyFile, "--share", one];
  const [both, alone, again, unclear] = await commands(
    {},
    ["keys", ...recover, "--share", file],
    ["keys", ...recover],
    ["keys", "make", "--out", made],
    ["keys", "melt"],
  );
  expect(both).toMatchObject({ code: 0, out: expect.stringContaining(fingerprint(publicKey)) });
  expect(alone).toMatchObject({ code: 1, out: "", errors: expect.stringContaining("Two shares are needed") });
  expect(again).toMatchObject({ code: 1, errors: expect.stringContaining("is there already") });
  expect(unclear).toMatchObject({ code: 2, errors: expect.stringContaining("npm run keys") });
}, 60_000);

test("What is wrong with a share is told to its guarantor", () => {
  const unreadable = (mistake: Parameters<typeof whyLocked>[0] & { kind: "unreadable" }) =>
    whyLocked(mistake);
  expect(unreadable({ kind: "unreadable", share: 2, mistake: { kind: "mistyped", groups: [7] } })).toBe(
    "Share 2 is mistyped. Look at group 7 again.",
  );
  expect(
    unreadable({ kind: "unreadable", share: 1, mistake: { kind: "groups", found: 3, expected: 17 } }),
  ).toContain("does not have 17 groups of 5 characters, but 3");
  expect(whyLocked({ kind: "sameShare", shares: [1, 2] })).toContain("are the same one");
  expect(whyLocked({ kind: "otherKey", share: 2 })).toContain("Share 2 belongs to another key");
});
