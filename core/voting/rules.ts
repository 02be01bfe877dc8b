import type { BallotRules } from "../edition/schema.ts";

/** Why a choice may not be cast. */
export type ChoiceMistake =
  /** Nothing is chosen, and the edition wants something. */
  | { readonly kind: "blank" }
  | { readonly kind: "tooMany"; readonly most: number }
  /** Together they cost more than the budget, in whole euros. */
  | { readonly kind: "overBudget"; readonly cost: number };

/**
 * Whether some projects may be chosen together. On the page it keeps people from casting what would
 * not count; at the count it makes null what a page that was tampered with cast all the same.
 *
 * @param chosen no project twice
 * @param budget in whole euros
 */
export function choiceMistake(
  { choices, blank }: Pick<BallotRules, "choices" | "blank">,
  chosen: readonly { readonly cost: number }[],
  budget: number,
): ChoiceMistake | undefined {
  if (chosen.length === 0) return blank ? undefined : { kind: "blank" };
  switch (choices.rule) {
    case "one":
      return chosen.length > 1 ? { kind: "tooMany", most: 1 } : undefined;
    case "upTo":
      return chosen.length > choices.most ? { kind: "tooMany", most: choices.most } : undefined;
    case "withinBudget": {
      const cost = chosen.reduce((sum, project) => sum + project.cost, 0);
      return cost > budget ? { kind: "overBudget", cost } : undefined;
    }
  }
}
