import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";

async function understand(input: string | Uint8Array, ...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "commands/understand.ts", ...args], {
    cwd: join(import.meta.dirname, "../.."),
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { lines: out.split("\n").filter((line) => line !== ""), errors, code };
}

it("writes a line of JSON for every line, whatever is in it, and ends with 0", async () => {
  const input = Buffer.concat([
    Buffer.from("Come si vota?\n\n"),
    Buffer.from([0xff, 0xfe, 0x20, 0xc3, 0x28, 0x0a]),
    Buffer.from(`😂\r\nuno\u2028due\n${"a".repeat(4096)}\nvorrei proporre il wifi, 4000 euro`),
  ]);
  const { lines, errors, code } = await understand(input, "--lang", "it");
  expect([code, errors]).toEqual([0, ""]);
  const read = lines.map((line): unknown => JSON.parse(line));
  expect(read).toHaveLength(7);
  expect(read[0]).toEqual({
    text: "Come si vota?",
    lang: "it",
    intent: "how_to_vote",
    score: expect.any(Number),
    top3: [expect.any(String), expect.any(String), expect.any(String)],
    decision: "answer",
  });
  expect(read.slice(1, 4)).toEqual(
    ["", "\ufffd\ufffd \ufffd(", "😂"].map((said) =>
      expect.objectContaining({ text: said, decision: "fallback" }),
    ),
  );
  expect(read[4]).toMatchObject({ text: "uno\u2028due" });
  expect(read[6]).toMatchObject({ intent: "submit_proposal", decision: "answer" });
});

it("says so where a language has no classifier", async () => {
  const { errors, code } = await understand("ciao", "--lang", "sq");
  expect([code, errors]).toEqual([2, "There is no classifier for --lang sq.\n"]);
});
