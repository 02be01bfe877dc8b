import type { BallotRules } from "../edition/schema.ts";
import type { UrnStatus } from "./ports.ts";
import type { Turnout } from "./published.ts";

/**
 * What may be told of who took part. Where few voted, or all but few, the number would tell of
 * persons: it is left out, and so are others, until it cannot be worked out from the rest.
 *
 * @param onPaper whether there were booths
 */
export function turnoutOf(
  { onRoll, markedOnline, markedPaper, byRoute, byComune }: UrnStatus,
  { routes, smallNumbers }: Pick<BallotRules, "routes" | "smallNumbers">,
  onPaper: boolean,
): Turnout {
  const comuni = byComune.map((one) => ({
    comune: one.comune,
    onRoll: one.onRoll,
    voted: one.online + one.paper,
  }));
  const hidden = leftOut(comuni, smallNumbers);
  const ways = [
    // As if each were used by all who may: those that are used least come first.
    { way: "station", voted: byRoute.station, onRoll: routes.station ? onRoll : 0 },
    { way: "code", voted: byRoute.code, onRoll: routes.code === "off" ? 0 : onRoll },
    { way: "spid", voted: byRoute.spid, onRoll: routes.spid ? onRoll : 0 },
    { way: "paper", voted: markedPaper, onRoll: onPaper ? onRoll : 0 },
  ] as const;
  const hiddenWays = leftOut(ways, smallNumbers);
  return {
    onRoll,
    voted: markedOnline + markedPaper,
    byRoute: Object.fromEntries(ways.flatMap((one) => (hiddenWays.has(one) ? [] : [[one.way, one.voted]]))),
    byComune: comuni.map((one) => (hidden.has(one) ? { comune: one.comune, onRoll: one.onRoll } : one)),
  };
}

/** Some people, and those of them who voted. */
interface Group {
  readonly onRoll: number;
  readonly voted: number;
}

/**
 * The groups whose numbers are left out: from the smallest roll to the last that is of few, and on
 * until those left out are not of few together. Leaving out just those of few, and then the fewest
 * needed, could be undone by who knows the rule: which ones they are would tell how many they are.
 */
function leftOut<T extends Group>(groups: readonly T[], few: number): ReadonlySet<T> {
  // Nobody could vote where nobody is: everybody knows that number.
  const bySize = groups.filter(({ onRoll }) => onRoll > 0).sort((a, b) => a.onRoll - b.onRoll);
  const lastOfFew = bySize.findLastIndex((group) => isOfFew(group, few));
  let count = lastOfFew + 1;
  while (count > 0 && count < bySize.length && isOfFew(together(bySize.slice(0, count)), few)) count += 1;
  return new Set(bySize.slice(0, count));
}

const isOfFew = ({ onRoll, voted }: Group, few: number): boolean => voted < few || onRoll - voted < few;

const together = (groups: readonly Group[]): Group => ({
  onRoll: groups.reduce((sum, { onRoll }) => sum + onRoll, 0),
  voted: groups.reduce((sum, { voted }) => sum + voted, 0),
});
