import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { FIRST_CONTACT } from "../../locales/index.ts";
import { commands, type Typed } from "./type.ts";

const folder = mkdtempSync(join(tmpdir(), "words-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a language of one message in each file of first contact, and a file `vote` of its own. */
function write(at: string, language: string, vote?: string): void {
  const to = join(folder, at, language);
  mkdirSync(to, { recursive: true });
  for (const file of FIRST_CONTACT) writeFileSync(join(to, `${file}.yaml`), "one: Ciao.\n");
  if (vote !== undefined) writeFileSync(join(to, "vote.yaml"), vote);
}

const linesOf = (told: Typed | undefined) => (told?.out ?? "").split("\n").map((line) => line.trim());

it("tells of every file what is there, who made it and how easily it is read, and ends with 1 where one is broken", async () => {
  write("broken", "it", "open: Si vota.\nwhen: Si vota domani, se vuoi.\n");
  write("broken", "ro", "open: Se votează.\n");
  const origin = "made: machine\nconfirmed: { home: { by: Ana Popescu, on: 2026-12-01 } }\n";
  writeFileSync(join(folder, "broken", "ro", "translation.yaml"), origin);
  write("whole", "it", "open: Si vota.\n");
  write("whole", "sq");
  const [broken, whole] = await commands(
    {},
    ["words", "--in", join(folder, "broken")],
    ["words", "--in", join(folder, "whole"), "--lang", "sq"],
  );
  expect(broken?.code).toBe(1);
  const lines = linesOf(broken);
  for (const line of [
    /^vote +2\/2 {2}Gulpease 100, hardest 100 vote\.open$/,
    /^home +1\/1 {2}confirmed by Ana Popescu, 2026-12-01$/,
    /^engine +1\/1 {2}machine-made$/,
    /^vote +1\/2 {2}not covered: offered in another language$/,
    /^! vote\.when is missing$/,
  ])
    expect([line, lines.filter((one) => line.test(one))]).toEqual([line, [expect.any(String)]]);
  expect(whole?.code).toBe(0);
  expect(linesOf(whole).filter((line) => /^\w\w$/.test(line))).toEqual(["sq"]);
});
