import { z } from "zod";
import type { Mistake } from "../edition/checks.ts";
import { otherwise } from "../edition/values.ts";
import { mistakesIn } from "./mistakes.ts";

/** Ballots added up, from wherever they come. */
export interface Totals {
  /** All of them, blank and null ones included. */
  readonly ballots: number;
  readonly blank: number;
  readonly null: number;
  /** By project. */
  readonly votes: ReadonlyMap<string, number>;
}

/** The sum, for every project that there is. */
export function addUp(projects: readonly string[], parts: readonly Totals[]): Totals {
  const sum = (of: (part: Totals) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    ballots: sum(({ ballots }) => ballots),
    blank: sum(({ blank }) => blank),
    null: sum((part) => part.null),
    votes: new Map(projects.map((id) => [id, sum(({ votes }) => votes.get(id) ?? 0)])),
  };
}

/**
 * Adds up ballots in one go over them, and finds what is wrong with each.
 *
 * @param ballots each a list of projects' ids; an empty one is blank
 * @returns paths of mistakes are positions: `3.1` is the second choice of the fourth ballot
 */
export function tallyBallots(
  projects: readonly string[],
  ballots: readonly unknown[],
): { readonly totals: Totals; readonly mistakes: readonly Mistake[] } {
  const counters = new Map<unknown, Counter>(projects.map((id) => [id, { id, votes: 0, last: -1 }]));
  const mistakes: Mistake[] = [];
  let blank = 0;
  for (const [at, ballot] of ballots.entries()) {
    if (!Array.isArray(ballot)) {
      mistakes.push({ path: `${at}`, message: "write a list of projects' ids" });
      continue;
    }
    const choices: readonly unknown[] = ballot;
    if (choices.length === 0) blank += 1;
    for (const [place, id] of choices.entries()) {
      const counter = counters.get(id);
      if (counter === undefined) {
        mistakes.push({ path: `${at}.${place}`, message: `${JSON.stringify(id)} is not among the projects` });
      } else if (counter.last === at) {
        mistakes.push({ path: `${at}.${place}`, message: `${JSON.stringify(id)} is there already` });
      } else {
        counter.votes += 1;
        counter.last = at;
      }
    }
  }
  const votes = new Map([...counters.values()].map((counter) => [counter.id, counter.votes]));
  return { totals: { ballots: ballots.length, blank, null: 0, votes }, mistakes };
}

interface Counter {
  readonly id: string;
  votes: number;
  /** The last ballot that chose it. */
  last: number;
}

export const wholeNumber = z
  .int(otherwise("write a whole number"))
  .nonnegative("write a whole number that is not negative");

/** What was counted in the slips of a booth. */
const paperTotal = z.strictObject({
  station: z.string(otherwise("write the name of the booth")).min(1, "must not be empty"),
  /** Slips, blank and null ones included. */
  ballots: wholeNumber,
  blank: wholeNumber,
  null: wholeNumber,
  /** By project; one that is missing has none. */
  votes: z.record(z.string(), wholeNumber, otherwise("write the votes of each project: {id: number}")),
});

/** The slips of all booths, as `npm run count -- --paper` takes them. */
export const paperTotals = z.array(paperTotal, otherwise("write a list of booths"));
export type PaperTotals = z.infer<typeof paperTotals>;

export const totalsOnPaper = (booths: PaperTotals): readonly Totals[] =>
  booths.map(({ votes, ...rest }) => ({ ...rest, votes: new Map(Object.entries(votes)) }));

/**
 * What cannot be in the slips of booths. Those that cannot be read are passed over: they are told of
 * where they are read.
 *
 * @returns paths are positions: `0.votes.x`
 */
export function paperMistakes(projects: ReadonlySet<string>, booths: readonly unknown[]): Mistake[] {
  const seen = new Set<string>();
  return booths.flatMap((booth, at) => {
    const read = paperTotal.safeParse(booth);
    if (!read.success) return [];
    const { station, ballots, blank, null: nulls, votes } = read.data;
    const mistakes: Mistake[] = [];
    if (seen.has(station)) mistakes.push({ path: `${at}.station`, message: `${station} is there already` });
    seen.add(station);
    const valid = ballots - blank - nulls;
    if (valid < 0) {
      mistakes.push({ path: `${at}.ballots`, message: "is less than the blank and null ones together" });
    }
    for (const [id, number] of Object.entries(votes)) {
      const path = `${at}.votes.${id}`;
      if (!projects.has(id)) mistakes.push({ path, message: "is not among the projects" });
      else if (number > Math.max(valid, 0)) mistakes.push({ path, message: "is more than the valid slips" });
    }
    return mistakes;
  });
}

/** Reads the slips of all booths; what is wrong is listed all at once, by position. */
export function readPaper(
  projects: readonly string[],
  content: unknown,
):
  | { readonly ok: true; readonly paper: PaperTotals }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] } {
  const read = paperTotals.safeParse(content);
  const booths: readonly unknown[] = Array.isArray(content) ? content : [];
  const mistakes = [...mistakesIn(read.error), ...paperMistakes(new Set(projects), booths)];
  return read.success && mistakes.length === 0 ? { ok: true, paper: read.data } : { ok: false, mistakes };
}
