import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FIRST_CONTACT } from "../../locales/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "words-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a language of one message in each file of first contact, and a file `vote` of its own. */
function write(language: string, vote: string): void {
  mkdirSync(join(folder, language));
  for (const file of FIRST_CONTACT) writeFileSync(join(folder, language, `${file}.yaml`), "one: Ciao.\n");
  writeFileSync(join(folder, language, "vote.yaml"), vote);
}

const report = (...args: string[]) =>
  new Promise<{ code: unknown; lines: readonly string[] }>((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", "commands/words.ts", "--in", folder, ...args],
      { cwd: join(import.meta.dirname, "../..") },
      (error, out) => resolve({ code: error?.code ?? 0, lines: out.split("\n").map((line) => line.trim()) }),
    );
  });

it("tells of every file what is there, who made it and how easily it is read, and ends with 1 where one is broken", async () => {
  write("it", "open: Si vota.\nwhen: Si vota domani, se vuoi.\n");
  write("ro", "open: Se votează.\n");
  const origin = "made: machine\nconfirmed: { home: { by: Ana Popescu, on: 2026-12-01 } }\n";
  writeFileSync(join(folder, "ro", "translation.yaml"), origin);
  const { code, lines } = await report();
  expect(code).toBe(1);
  for (const line of [
    /^vote +2\/2 {2}Gulpease 100, hardest 100 vote\.open$/,
    /^home +1\/1 {2}confirmed by Ana Popescu, 2026-12-01$/,
    /^engine +1\/1 {2}machine-made$/,
    /^vote +1\/2 {2}not covered: offered in another language$/,
    /^! vote\.when is missing$/,
  ])
    expect([line, lines.filter((one) => line.test(one))]).toEqual([line, [expect.any(String)]]);
});

it("ends with 0 where every file that is there is whole, and tells of one language alone", async () => {
  write("it", "open: Si vota.\n");
  write("sq", "open: Votohet.\n");
  rmSync(join(folder, "sq", "vote.yaml"));
  const { code, lines } = await report("--lang", "sq");
  expect(code).toBe(0);
  expect(lines.filter((line) => /^\w\w$/.test(line))).toEqual(["sq"]);
});
