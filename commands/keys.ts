import { createPublicKey } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawGuarantorSheet } from "../bots/documents/guarantor-sheet.ts";
import { fingerprint, wrappedKey } from "../core/voting/guarantors-key.ts";
import { unlock } from "../core/voting/unlock.ts";
import type { Words } from "../core/words.ts";
import { KEY_FILE, makeKeys } from "../guarantors/make.ts";
import { loadWords } from "../locales/index.ts";
import { Misuse, Refusal, runCommand } from "./command.ts";
import { readAs, readShares, whyLocked } from "./offline.ts";

const usage = `npm run keys -- make --out DIR [--for TEXT] [--lang it]
npm run keys -- recover --key FILE --share A --share B
npm run keys -- fingerprint KEY

The key that opens the envelopes of a vote. No server ever has it: it is split among three guarantors,
and two of them open it. None of them should administer the server.

  make         makes it, on a machine that is offline, before the three guarantors: a file with the
               wrapped key, harmless by itself, and a sheet to print for each guarantor; --for names the
               vote on the sheets. Nothing else is written. Print the sheets, hand them over, then erase
               them: all three files together are the key
  recover      proves that two shares open it; a share is given as text, or as the file that it is in
  fingerprint  that of a public key, or of the file of a wrapped one

Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

async function make(directory: string, vote: string | undefined, language: string): Promise<string> {
  const words = loadWords();
  if (!words.languages.includes(language)) {
    throw new Refusal(`There are no words in "${language}": use one of ${words.languages.join(", ")}.`);
  }
  const keyFile = join(directory, KEY_FILE);
  if (existsSync(keyFile)) throw new Refusal(`${keyFile} is there already: name another folder.`);
  const { wrapped, shares } = await makeKeys();
  const mark = fingerprint(wrapped.publicKey);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(keyFile, `${JSON.stringify(wrapped, null, 2)}\n`, { flag: "wx" });
  for (const [at, share] of shares.entries()) {
    const sheet = sheetOf(words, language, { number: at + 1, share, fingerprint: mark, vote });
    const file = join(directory, `guarantor-${at + 1}.pdf`);
    await writeFile(file, await drawGuarantorSheet(sheet), { flag: "wx", mode: 0o600 });
  }
  return `Every pair of shares was tried, and opens the key.

Fingerprint, to be read aloud and compared with the sheets and with the voting page:
  ${mark}

For the edition's file, under vote.ballot:
  publicKey: ${wrapped.publicKey}

Written to ${directory}:
  ${KEY_FILE}   keep copies: without it no vote can be counted
  guarantor-1.pdf …    one sheet for each guarantor: print them, hand them over, then erase them`;
}

interface Sheet {
  readonly number: number;
  readonly share: string;
  readonly fingerprint: string;
  readonly vote: string | undefined;
}

function sheetOf(words: Words, language: string, { number, share, fingerprint: mark, vote }: Sheet) {
  const say = (name: string, params = {}) => words.say(language, { key: `guarantors.${name}`, params });
  return {
    language,
    title: say("title", { number }),
    intro: [
      ...(vote === undefined ? [] : [say("of", { text: vote })]),
      ...["what", "keep", "bring", "lost"].map((name) => say(name)),
    ],
    share,
    shareLabel: say("share"),
    shareNote: say("type"),
    squareLabel: say("square"),
    fingerprint: mark,
    fingerprintLabel: say("fingerprint"),
    lines: [say("holder"), say("signed")],
  };
}

async function recover(keyFile: string, given: readonly string[]): Promise<string> {
  const wrapped = await readAs(wrappedKey, keyFile);
  const unlocked = await unlock(wrapped, await readShares(given));
  if (!unlocked.ok) throw new Refusal(whyLocked(unlocked.mistake));
  unlocked.privateKey.fill(0);
  return `These shares open the key with the fingerprint\n  ${fingerprint(wrapped.publicKey)}`;
}

async function fingerprintOf(key: string): Promise<string> {
  const spki = existsSync(key) ? (await readAs(wrappedKey, key)).publicKey : key;
  try {
    createPublicKey({ key: Buffer.from(spki, "base64"), format: "der", type: "spki" });
  } catch {
    throw new Refusal("That is neither a public key nor the file of a wrapped one.");
  }
  return fingerprint(spki);
}

await runCommand({
  usage,
  options: {
    out: { type: "string" },
    for: { type: "string" },
    lang: { type: "string", default: "it" },
    key: { type: "string" },
    share: { type: "string", multiple: true, default: [] },
  },
  async run([command, key, ...rest], options) {
    const { out, lang, share } = options;
    if (rest.length > 0 || (command !== "fingerprint" && key !== undefined)) {
      throw new Misuse("That is none of these commands.");
    }
    switch (command) {
      case "make":
        if (out === undefined) throw new Misuse("Where to? Give --out DIR.");
        return make(out, options.for, lang);
      case "recover":
        if (options.key === undefined) throw new Misuse("Which key? Give its file with --key.");
        return recover(options.key, share);
      case "fingerprint":
        if (key === undefined) throw new Misuse("Of which key? Give it, or its file.");
        return fingerprintOf(key);
      default:
        throw new Misuse("That is none of these commands.");
    }
  },
});
