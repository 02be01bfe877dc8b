import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { createConsole, runConsole } from "../../../bots/console/index.ts";
import type { Message } from "../../../core/engine/message.ts";

const directory = mkdtempSync(join(tmpdir(), "console-"));
afterAll(() => rmSync(directory, { recursive: true }));

function paper() {
  let written = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  return { output, written: () => written };
}

/** Runs a script of lines against an answer. */
async function run(input: Readable, answer: (words: string) => Message) {
  const { output, written } = paper();
  const channel = createConsole({
    output,
    directory: join(directory, "documents"),
    makeDocument: async ({ fileName }) => ({
      name: fileName,
      type: "text/plain",
      bytes: Buffer.from("modulo"),
    }),
  });
  const ids: string[] = [];
  await runConsole({
    input,
    output,
    channel,
    person: "nonna",
    async deliver(arrivals) {
      for (const { id, address, incoming } of arrivals) {
        ids.push(id);
        expect(address).toBe("nonna");
        const words = incoming.kind === "text" ? incoming.text : JSON.stringify(incoming);
        for (const payload of channel.render(answer(words))) await channel.send(address, payload);
      }
    },
  });
  return { written: written(), ids };
}

test("a script is answered line by line, with numbered choices and links, until it ends", async () => {
  const { written, ids } = await run(Readable.from(["ciao\n\n", "2"]), (words) => ({
    text: `Hai scritto ${words}.`,
    choices: [
      { data: "a", label: "Prima" },
      { data: "b", label: "Seconda" },
    ],
    link: { url: "https://example.org/x", label: "Sito" },
  }));
  const answer = (words: string) =>
    `> ${words}\n\nHai scritto ${words}.\n  1. Prima\n  2. Seconda\n  Sito: https://example.org/x\n\n`;
  expect(written).toBe(answer("ciao") + answer("2"));
  expect(new Set(ids).size).toBe(2);
});

test("a line waits until the one before it is answered", async () => {
  const input = new PassThrough();
  input.end("uno\ndue\ntre\n");
  const { output, written } = paper();
  const channel = createConsole({ output, directory, makeDocument: () => Promise.reject(new Error("none")) });
  let busy = 0;
  await runConsole({
    input,
    output,
    channel,
    person: "nonna",
    async deliver() {
      busy += 1;
      expect(busy).toBe(1);
      await new Promise(setImmediate);
      busy -= 1;
    },
  });
  expect(written()).toBe("> uno\n\n> due\n\n> tre\n\n");
});

test("a start with a payload is a start", async () => {
  const { written } = await run(Readable.from(["/start proposta\n"]), (words) => ({
    text: words,
    choices: [],
  }));
  expect(written).toContain('{"kind":"start","payload":"proposta"}');
});

test("a document is written to a file, and its path is printed", async () => {
  const document = { fileName: "../a/b.pdf", language: "it", title: "", intro: [], rows: [], notes: [] };
  const { written } = await run(Readable.from(["x\n"]), () => ({ text: "Ecco", choices: [], document }));
  const path = join(directory, "documents", "..-a-b.pdf");
  expect(written).toContain(`[${path}]`);
  expect(readFileSync(path, "utf8")).toBe("modulo");
});
