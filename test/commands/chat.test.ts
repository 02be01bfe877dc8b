import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { putEmbeddedDatabase } from "../support/database.ts";

async function chat(lines: readonly string[], ...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "commands/chat.ts", ...args], {
    cwd: join(import.meta.dirname, "../.."),
    // Nothing of this machine's own settings.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
  });
  child.stdin.end(lines.join("\n"));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, errors, code };
}

it("takes a script of lines through eligibility and a whole proposal, and ends with 0", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bene-comune-"));
  await putEmbeddedDatabase(folder);
  const { out, errors, code } = await chat(
    [
      "partecipare",
      "ho 83 anni",
      "Vigolzone",
      "proposta",
      "1",
      "1",
      "Maria",
      "Rossi",
      "maria@posta.it",
      "{code}",
      "3",
      "Nonni in rete per tutti",
      "Molti anziani non sanno usare il telefono e restano soli in casa.",
      "Due pomeriggi a settimana in biblioteca, con ragazzi che insegnano.",
      "Ogni settimana in un Comune diverso.",
      "I volontari della biblioteca.",
      "Le biblioteche comunali.",
      "quattromila euro",
      "salta",
      "invia",
    ],
    "--at",
    "2026-09-07T10:00",
    "--data",
    folder,
  );
  await rm(folder, { recursive: true });
  expect(errors).toBe("");
  expect(code).toBe(0);
  expect(out).toContain("puoi partecipare");
  expect(out).toMatch(/Il tuo codice è [A-Z0-9]{6}/);
  expect(out).toMatch(/\[\/.*proposta-[A-Z0-9]{6}\.pdf\]/);
  expect(out.match(/^> /gm)).toHaveLength(20);
}, 60_000);

it("says what is wrong with its options, and ends with 1", async () => {
  const { errors, code } = await chat([], "--at", "ieri");
  expect([code, errors]).toEqual([1, expect.stringContaining("--at")]);
});
