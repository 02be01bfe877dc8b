import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { dice } from "../test/support/dice.ts";
import { print } from "./print.ts";

const BALLOTS = 100_000;
const PROJECTS = 100;

/**
 * Time and memory of counting 100,000 approval ballots over 100 projects, in a process of its own:
 * with few choices and with many, beside just reading the same file; and how fast envelopes are opened.
 */
export async function countBench(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "count-"));
  const file = join(directory, "ballots.json");
  for (const choices of [5, 50]) {
    await writeFile(file, JSON.stringify(vote(choices)));
    for (const contender of ["read", "count"]) {
      print("count", `${contender}, ${choices} choices a ballot`, {
        ballots: BALLOTS,
        projects: PROJECTS,
        ...(await measured(contender, file)),
      });
    }
  }
  print("count", "open envelopes", await measured("open", "1000"));
  await rm(directory, { recursive: true });
}

/** Ballots that choose so many projects on average, the first ones more often. */
function vote(choices: number) {
  const chance = dice(1);
  const projects = Array.from({ length: PROJECTS }, (_, at) => ({
    id: `project-${at}`,
    cost: 3000 + Math.floor(chance() * 7000),
  }));
  const ballots = Array.from({ length: BALLOTS }, () =>
    projects.flatMap(({ id }, at) => {
      const liked = ((choices / PROJECTS) * 2 * (PROJECTS - at)) / PROJECTS;
      return chance() < liked ? [id] : [];
    }),
  );
  const rule = { atTheEdge: "skip", ties: "lot", seed: "bench" };
  return { budget: 250_000, projects, ballots, rule };
}

async function measured(...args: readonly string[]): Promise<Record<string, unknown>> {
  const program = join(import.meta.dirname, "count-once.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program, ...args]);
  return JSON.parse(stdout);
}
