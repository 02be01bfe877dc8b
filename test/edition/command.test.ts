import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { file2022 } from "./samples.ts";

const directory = mkdtempSync(join(tmpdir(), "edition-"));
afterAll(() => rmSync(directory, { recursive: true }));

function check(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "commands/edition.ts", ...args],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

test("a right file is summed up, and what keeps it from serving is said", () => {
  const { status, stdout } = check("check", file2022);
  expect(status).toBe(0);
  expect(stdout).toContain("proposals  2022-04-13 to 2022-05-31");
  expect(stdout).toContain("privacy.controller");
});

test("a wrong one is refused with every mistake's path", () => {
  const file = join(directory, "wrong.yaml");
  writeFileSync(file, `extends: ${resolve(file2022)}\narchive: false\nnmae: x\nbudget: { amount: none }\n`);
  const { status, stderr } = check("check", file);
  expect(status).toBe(1);
  for (const path of ["nmae", "budget.amount", "privacy.controller", "privacy.dpo", "privacy.notice"]) {
    expect(stderr).toContain(`  ${path}: `);
  }
});

test("a file that is not there, or none at all", () => {
  expect(check("check", join(directory, "nowhere.yaml"))).toMatchObject({ status: 1 });
  expect(check("check")).toMatchObject({ status: 2 });
  expect(check("--help")).toMatchObject({ status: 0 });
});
