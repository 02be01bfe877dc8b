import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { count } from "../core/voting/count.ts";

const usage = `npm run count -- FILE.json

Counts ballots and picks the winners; prints the result as JSON.

  {"budget": 25000,
   "projects": [{"id": "a", "cost": 9000}, …],
   "ballots": [["a", "b"], [], …],
   "paper": [{"station": "library", "ballots": 9, "blank": 1, "null": 0, "votes": {"a": 4}}, …],
   "rule": {"atTheEdge": "skip"|"stop", "ties": "cheaper"|"dearer"|"lot", "seed": "…"}}

The most voted are funded until the budget runs out. What costs more than is left is skipped, or ends
the list. Of two with as many votes the cheaper comes first, or the dearer, or it is a lot: the lowest
SHA-256 of the seed followed by the id comes first (printf %s "$SEED$ID" | sha256sum). Those that cost
as much too are always drawn.

Ends with 0; with 1 where something is wrong, each mistake told by its position, counted from 0; with
2 when the command is not understood.`;

const { values, positionals } = parseArgs({
  options: { help: { type: "boolean", short: "h" } },
  allowPositionals: true,
});

async function main(file: string): Promise<number> {
  const counted = count(JSON.parse(await readFile(file, "utf8")));
  if (!counted.ok) {
    for (const { path, message } of counted.mistakes) console.error(`${path}: ${message}`);
    return 1;
  }
  console.log(JSON.stringify(counted.result, null, 2));
  return 0;
}

const [file] = positionals;
if (values.help || file === undefined) console.log(usage);
else process.exitCode = await main(file);
