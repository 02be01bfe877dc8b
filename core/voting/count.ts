import { z } from "zod";
import type { Mistake } from "../edition/checks.ts";
import { isMapping } from "../edition/merge.ts";
import { otherwise } from "../edition/values.ts";
import { mistakesIn } from "./mistakes.ts";
import {
  addUp,
  paperMistakes,
  paperTotals,
  type Totals,
  tallyBallots,
  totalsOnPaper,
  wholeNumber,
} from "./totals.ts";
import { pickWinners, type Winners, type WinningRule } from "./winners.ts";

const project = z.object({
  id: z
    .string(otherwise("write the id of the project"))
    .min(1, "must not be empty")
    // A key that JavaScript's objects do not keep.
    .refine((id) => id !== "__proto__", "choose another id"),
  /** Whole euros. */
  cost: wholeNumber,
});

const rule = z
  .strictObject(
    {
      atTheEdge: z.enum(["skip", "stop"], otherwise("use skip or stop")),
      ties: z.enum(["cheaper", "dearer", "lot"], otherwise("use cheaper, dearer or lot")),
      seed: z.string(otherwise("write a text")).optional(),
    },
    otherwise("write how winners are picked"),
  )
  .refine(({ ties, seed }) => ties !== "lot" || seed !== undefined, {
    path: ["seed"],
    error: "is missing: a lot is drawn with it",
  });

/** Misspelt parts are refused, so that no paper is left out for its name; more may be told of a project. */
const countInput = z.strictObject({
  /** Whole euros. */
  budget: wholeNumber,
  projects: z.array(project, otherwise("write a list of projects")),
  /** Read by {@link tallyBallots}. */
  ballots: z.array(z.unknown(), otherwise("write a list of ballots")),
  paper: paperTotals.default([]),
  rule,
});

export type Counted =
  | { readonly ok: true; readonly result: Count }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** What a count comes to. */
export interface Count extends Omit<Totals, "votes">, Winners {
  /** By project, the most voted first. */
  readonly votes: Readonly<Record<string, number>>;
}

/**
 * Adds up ballots and paper, and picks the winners. What is wrong is listed all at once; paths are
 * positions in what was given, from 0: `ballots.3.1` is the second choice of the fourth ballot.
 */
export function count(content: unknown): Counted {
  const read = countInput.safeParse(content);
  const given = isMapping(content) ? content : {};
  const ids = listed(given["projects"]).map((one) => (isMapping(one) ? one["id"] : undefined));
  const known = ids.filter((id) => typeof id === "string");
  const { totals, mistakes } = tallyBallots(known, listed(given["ballots"]));
  const all = [
    ...mistakesIn(read.error),
    ...repeated(ids),
    // Without projects every choice would be one that is not among them.
    ...(Array.isArray(given["projects"])
      ? [...at("ballots", mistakes), ...at("paper", paperMistakes(new Set(known), listed(given["paper"])))]
      : []),
  ];
  if (!read.success || all.length > 0) return { ok: false, mistakes: all };
  const { projects, paper, budget } = read.data;
  return {
    ok: true,
    result: outcome(projects, budget, read.data.rule, addUp(known, [totals, ...totalsOnPaper(paper)])),
  };
}

/** Who wins by some totals. */
export function outcome(
  projects: readonly { readonly id: string; readonly cost: number }[],
  budget: number,
  by: WinningRule,
  { ballots, blank, null: nulls, votes }: Totals,
): Count {
  const candidates = projects.map(({ id, cost }) => ({ id, cost, votes: votes.get(id) ?? 0 }));
  const winners = pickWinners(candidates, budget, by);
  const ranked = Object.fromEntries(winners.steps.map((step) => [step.id, step.votes]));
  return { ballots, blank, null: nulls, votes: ranked, ...winners };
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const at = (part: string, mistakes: readonly Mistake[]): Mistake[] =>
  mistakes.map(({ path, message }) => ({ path: `${part}.${path}`, message }));

function repeated(ids: readonly unknown[]): Mistake[] {
  const seen = new Set<unknown>();
  return ids.flatMap((id, index) => {
    const mistake = { path: `projects.${index}.id`, message: `${String(id)} is there already` };
    const again = id !== undefined && seen.has(id);
    seen.add(id);
    return again ? [mistake] : [];
  });
}
