import type { Campaign } from "./campaign.ts";
import {
  type Candidate,
  type Excluded,
  fateOf,
  type Send,
  type SendingRules,
  type Templates,
  type Wait,
} from "./fate.ts";

/** How it ends for somebody, and when, as far as can be told now. */
export interface Foreseen {
  readonly fate: Send | Excluded;
  readonly at: Date;
  /** What is waited for before, in its order. */
  readonly waits: readonly Wait[];
}

/**
 * Asks the function that the sending asks, at every moment to which it puts somebody off. Each is later than
 * the one before, and the end of the campaign is the last.
 *
 * Whether the platform has a place for a template depends on all the others: that is `previewOf`'s.
 */
export function foresee(
  campaign: Campaign,
  candidate: Candidate,
  rules: SendingRules,
  approved: Templates["approved"],
  from: Date,
): Foreseen {
  const waits: Wait[] = [];
  for (let at = from; ; ) {
    const fate = fateOf(campaign, candidate, rules, { approved, left: 1, freesAt: at }, at);
    if (fate.kind !== "wait") return { fate, at, waits };
    waits.push(fate);
    at = fate.until;
  }
}
