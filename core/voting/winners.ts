import { createHash } from "node:crypto";
import { z } from "zod";
import type { BallotRules } from "../edition/schema.ts";

/** How winners are picked. */
export interface WinningRule extends Pick<BallotRules, "atTheEdge" | "ties"> {
  /** What lots are drawn with: the same seed draws the same. */
  readonly seed?: string | undefined;
}

/** A project with what it costs, in whole euros, and the ballots that chose it. */
export interface Candidate {
  readonly id: string;
  readonly cost: number;
  readonly votes: number;
}

/** What was decided of a project when its turn came. */
export const step = z.strictObject({
  id: z.string(),
  votes: z.int(),
  /** Whole euros. */
  cost: z.int(),
  decision: z.enum(["funded", "notFunded"]),
  why: z.enum([
    /** It costs no more than what is left. */
    "fits",
    /** The next one is looked at. */
    "costsMoreThanIsLeft",
    /** It costs more than what is left, and the rule is to stop there. */
    "endsTheList",
    "afterTheEnd",
    "noVotes",
  ]),
  /** What was left when its turn came, in whole euros. */
  left: z.int(),
  /** Others had as many votes: who, and what settled the order; where they cost as much too, it is a lot. */
  tie: z.strictObject({ with: z.array(z.string()), by: z.enum(["cheaper", "dearer", "lot"]) }).optional(),
});
export type Step = z.infer<typeof step>;

export interface Winners {
  /** In the order in which they were funded. */
  readonly winners: readonly string[];
  readonly spent: number;
  readonly left: number;
  /** Every project, by votes. */
  readonly steps: readonly Step[];
}

/**
 * Gives the budget to the most voted, one after the other. The order in which projects are given
 * makes no difference.
 */
export function pickWinners(candidates: readonly Candidate[], budget: number, rule: WinningRule): Winners {
  const steps: Step[] = [];
  let left = budget;
  let ended = false;
  const reason = ({ cost, votes }: Candidate): Step["why"] => {
    if (votes === 0) return "noVotes";
    if (ended) return "afterTheEnd";
    if (cost <= left) return "fits";
    return rule.atTheEdge === "skip" ? "costsMoreThanIsLeft" : "endsTheList";
  };
  for (const candidate of rank(candidates, rule)) {
    const { id, votes, cost } = candidate;
    const why = reason(candidate);
    const tie = tieOf(candidate, candidates, rule);
    steps.push({
      id,
      votes,
      cost,
      decision: why === "fits" ? "funded" : "notFunded",
      why,
      left,
      ...(tie && { tie }),
    });
    if (why === "fits") left -= cost;
    if (why === "endsTheList") ended = true;
  }
  const winners = steps.flatMap(({ id, decision }) => (decision === "funded" ? [id] : []));
  return { winners, spent: budget - left, left, steps };
}

/** By votes, then as ties are settled; those that cost as much too, by lot. */
function rank(candidates: readonly Candidate[], { ties, seed = "" }: WinningRule): readonly Candidate[] {
  const byCost = { cheaper: 1, dearer: -1, lot: 0 }[ties];
  return candidates
    .map((candidate) => ({ candidate, lot: lotOf(candidate.id, seed) }))
    .sort((one, other) => {
      const votes = other.candidate.votes - one.candidate.votes;
      const cost = (one.candidate.cost - other.candidate.cost) * byCost;
      return votes || cost || (one.lot < other.lot ? -1 : 1);
    })
    .map(({ candidate }) => candidate);
}

/**
 * A lot that anybody can draw again: SHA-256 of the seed followed by the id, in hex; the lowest
 * comes first. `printf %s "$SEED$ID" | sha256sum`
 */
function lotOf(id: string, seed: string): string {
  return createHash("sha256").update(seed).update(id).digest("hex");
}

function tieOf({ id, cost, votes }: Candidate, candidates: readonly Candidate[], { ties }: WinningRule) {
  const equals = candidates.filter((other) => other.id !== id && other.votes === votes);
  if (equals.length === 0 || votes === 0) return undefined;
  const byLot = equals.some((other) => other.cost === cost);
  return { with: equals.map((other) => other.id).sort(), by: byLot ? "lot" : ties };
}
