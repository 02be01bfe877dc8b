import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commands } from "../commands/type.ts";
import { file2022 } from "./samples.ts";

const directory = mkdtempSync(join(tmpdir(), "edition-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("npm run edition sums up a right file, and refuses a wrong one with every mistake's path", async () => {
  const file = join(directory, "wrong.yaml");
  writeFileSync(file, `extends: ${resolve(file2022)}\narchive: false\nnmae: x\nbudget: { amount: none }\n`);
  const [right, wrong, nowhere, ...unclear] = await commands(
    {},
    ["edition", "check", file2022],
    ["edition", "check", file],
    ["edition", "check", join(directory, "nowhere.yaml")],
    ["edition", "check"],
    ["edition", "--help"],
  );
  expect(right).toMatchObject({
    code: 0,
    out: expect.stringMatching(/proposals {2}2022-04-13 to 2022-05-31.*privacy\.controller/s),
  });
  expect(wrong?.code).toBe(1);
  for (const path of ["nmae", "budget.amount", "privacy.controller", "privacy.dpo", "privacy.notice"])
    expect(wrong?.errors).toContain(`  ${path}: `);
  expect(nowhere?.code).toBe(1);
  expect(unclear.map(({ code }) => code)).toEqual([2, 0]);
});
