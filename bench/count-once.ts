import { readFileSync } from "node:fs";
import { count } from "../core/voting/count.ts";
import { countEnvelopes } from "../core/voting/sealed-count.ts";
import { unlock } from "../core/voting/unlock.ts";
import { choicesOf, newVote } from "../test/support/sealed-vote.ts";

/* One contender of bench/count.ts: what it takes, and the most memory that its process held. */

const round = (ms: number) => Math.round(ms);

async function open(people: number): Promise<Record<string, number>> {
  const vote = await newVote();
  const sealed = await Promise.all(Array.from({ length: people }, (_, voter) => vote.seal(choicesOf(voter))));
  const file = vote.exported(sealed.map(({ envelope }) => envelope));
  const unlocked = await unlock(vote.keys.wrapped, vote.keys.shares);
  if (!unlocked.ok) throw new Error(unlocked.mistake.kind);
  const began = performance.now();
  const { ballots } = await countEnvelopes(file, [], unlocked.privateKey);
  const ms = performance.now() - began;
  return { envelopes: ballots, ms: round(ms), perSecond: round((ballots / ms) * 1000) };
}

function readAndCount(file: string, counts: boolean): Record<string, number> {
  const began = performance.now();
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  const read = performance.now();
  if (!counts) return { readMs: round(read - began) };
  const counted = count(content);
  if (!counted.ok) throw new Error("The ballots of the benchmark are wrong.");
  return {
    readMs: round(read - began),
    countMs: round(performance.now() - read),
    winners: counted.result.winners.length,
  };
}

const [what, given = ""] = process.argv.slice(2);
const figures = what === "open" ? await open(Number(given)) : readAndCount(given, what === "count");
console.log(JSON.stringify({ ...figures, memoryMb: round(process.resourceUsage().maxRSS / 1024) }));
