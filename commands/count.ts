import { writeFile } from "node:fs/promises";
import { count } from "../core/voting/count.ts";
import { type ExportFile, exportFile } from "../core/voting/export.ts";
import { fingerprint, type WrappedKey, wrappedKey } from "../core/voting/guarantors-key.ts";
import { countEnvelopes } from "../core/voting/sealed-count.ts";
import { type PaperTotals, readPaper } from "../core/voting/totals.ts";
import { unlock } from "../core/voting/unlock.ts";
import { Misuse, Refusal, runCommand } from "./command.ts";
import { summary } from "./count-summary.ts";
import { readAs, readJson, readShares, refusal, whyLocked } from "./offline.ts";

const usage = `npm run count -- FILE.json
npm run count -- --envelopes FILE (--paper FILE | --no-paper) --share A --share B [--key FILE] [--seed TEXT]

Counts ballots and picks the winners, without any store and offline. Prints the result as JSON, or
writes it with --out FILE.

FILE.json holds ballots that are open:

  {"budget": 25000,
   "projects": [{"id": "a", "cost": 9000}, …],
   "ballots": [["a", "b"], [], …],
   "paper": [{"station": "library", "ballots": 9, "blank": 1, "null": 0, "votes": {"a": 4}}, …],
   "rule": {"atTheEdge": "skip"|"stop", "ties": "cheaper"|"dearer"|"lot", "seed": "…"}}

At the close of a vote the envelopes that left the server are opened instead, before the guarantors:

  --envelopes  the file that left the server
  --paper      the slips of every booth, as "paper" above; --no-paper where nobody voted on paper
  --share      a guarantor's share, as text or as the file that it is in; two of the three are needed
  --key        the wrapped key, where the file of the envelopes does not have it
  --seed       what lots are drawn with, where the edition draws lots

The most voted are funded until the budget runs out. What costs more than is left is skipped, or ends
the list. Of two with as many votes the cheaper comes first, or the dearer, or it is a lot: the lowest
SHA-256 of the seed followed by the id comes first (printf %s "$SEED$ID" | sha256sum). Those that cost
as much too are always drawn.

Ends with 0; with 1 where something is wrong, each mistake told by its position, counted from 0; with
2 when the command is not understood.`;

async function countOpen(file: string): Promise<object> {
  const counted = count(await readJson(file));
  if (!counted.ok) throw refusal(file, counted.mistakes);
  return counted.result;
}

interface Sealed {
  readonly envelopes: string;
  /** Absent where nobody voted on paper. */
  readonly paper: string | undefined;
  readonly key: string | undefined;
  readonly shares: readonly string[];
  readonly seed: string | undefined;
}

async function countSealed({ envelopes, paper, key, shares, seed }: Sealed): Promise<object> {
  const file = await readAs(exportFile, envelopes);
  const { ballot } = file;
  if (ballot.rules.ties === "lot" && seed === undefined) {
    throw new Refusal(
      "This edition settles ties by lot: draw a seed before everybody and give it with --seed.",
    );
  }
  const slips = paper === undefined ? [] : await paperIn(ballot, paper);
  const wrapped = await keyOf(file, key);
  console.error(`The key's fingerprint: ${fingerprint(wrapped.publicKey)}`);
  const unlocked = await unlock(wrapped, await readShares(shares));
  if (!unlocked.ok) throw new Refusal(whyLocked(unlocked.mistake));
  console.error(`Opening ${file.envelopes.length} envelopes…`);
  const result = await countEnvelopes(file, slips, unlocked.privateKey, seed);
  unlocked.privateKey.fill(0);
  console.error(`\n${summary(ballot, result)}\n`);
  return result;
}

async function paperIn({ projects }: ExportFile["ballot"], file: string): Promise<PaperTotals> {
  const read = readPaper(
    projects.map(({ code }) => code),
    await readJson(file),
  );
  if (!read.ok) throw refusal(file, read.mistakes);
  return read.paper;
}

async function keyOf({ ballot, key }: ExportFile, file: string | undefined): Promise<WrappedKey> {
  const wrapped = file === undefined ? key : await readAs(wrappedKey, file);
  if (!wrapped) throw new Refusal("The file of the envelopes has no wrapped key: give it with --key.");
  if (wrapped.publicKey !== ballot.publicKey) {
    throw new Refusal(
      `${file} is the key of another vote: its fingerprint is ${fingerprint(wrapped.publicKey)}.`,
    );
  }
  return wrapped;
}

await runCommand({
  usage,
  options: {
    envelopes: { type: "string" },
    paper: { type: "string" },
    "no-paper": { type: "boolean", default: false },
    key: { type: "string" },
    share: { type: "string", multiple: true, default: [] },
    seed: { type: "string" },
    out: { type: "string" },
  },
  async run([file, ...rest], { envelopes, paper, key, share, seed, out, ...options }) {
    if (rest.length > 0 || (file === undefined) === (envelopes === undefined)) {
      throw new Misuse("Give one file: of open ballots, or of --envelopes.");
    }
    if (envelopes !== undefined && (paper !== undefined) === options["no-paper"]) {
      throw new Misuse("Give --paper FILE, or --no-paper where nobody voted on paper.");
    }
    const result =
      envelopes === undefined
        ? await countOpen(file ?? "")
        : await countSealed({ envelopes, paper, key, shares: share, seed });
    const json = JSON.stringify(result, null, 2);
    if (out === undefined) return json;
    await writeFile(out, `${json}\n`);
    return `Written to ${out}.`;
  },
});
