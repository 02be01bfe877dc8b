import type { Day } from "../edition/calendar.ts";
import type { BallotRules } from "../edition/schema.ts";
import type { BallotProject } from "./ports.ts";

/** What was counted in the slips of a booth. */
export interface PaperCount {
  /** Slips, blank and null ones included. */
  readonly ballots: number;
  readonly blank: number;
  readonly null: number;
  /** By the code of the project; one that is missing has none. */
  readonly votes: Readonly<Record<string, number>>;
}

/** A booth's slips over all its days, as `npm run count` takes them. */
export interface PaperTotal extends PaperCount {
  readonly station: string;
}

/** What is known of the slips of a booth on a day. They count when two people counted the same. */
export interface Tally {
  readonly station: string;
  readonly day: Day;
  /** By the two who counted; one or none so far. */
  readonly entries: readonly { readonly by: string; readonly count: PaperCount }[];
  /** Where both counted the same. */
  readonly confirmed?: PaperCount;
}

export interface Tallies {
  /**
   * Enters what one of two people counted.
   *
   * @param again corrects what the same person entered before
   */
  enter(tally: {
    readonly station: string;
    readonly day: Day;
    readonly by: string;
    readonly count: PaperCount;
    readonly again: boolean;
  }): Promise<
    | { readonly kind: "entered"; readonly tally: Tally }
    /** No station of that name was open that day. */
    | { readonly kind: "unknown" }
    /** That person entered it before: somebody else has to count. */
    | { readonly kind: "same"; readonly by: string }
    /** Two others did. */
    | { readonly kind: "full"; readonly by: readonly string[] }
  >;
  /** Of every booth and day on which people were marked or slips were counted. */
  list(): Promise<readonly Tally[]>;
  /** What counts, by booth, for the export; and what does not yet. */
  paperTotals(): Promise<{
    readonly totals: readonly PaperTotal[];
    readonly unconfirmed: readonly { readonly station: string; readonly day: Day }[];
  }>;
}

/** Something about a count that cannot be, by the rules of the ballot. */
export type Misfit =
  /** Not one of the projects on the ballot. */
  | { readonly kind: "unknownProject"; readonly code: string }
  /** The rules know no blank slips. */
  | { readonly kind: "noBlank" }
  /** More blank and null slips than slips. */
  | { readonly kind: "moreThanBallots" }
  /** A project has more votes than there are valid slips. */
  | { readonly kind: "tooMany"; readonly code: string; readonly most: number }
  /** All votes together are fewer or more than the valid slips can bear. */
  | { readonly kind: "sum"; readonly votes: number; readonly least: number; readonly most: number };

/** What cannot be in a count; nothing where it adds up. */
export function misfits(
  { ballots, blank, null: nulls, votes }: PaperCount,
  rules: BallotRules,
  projects: readonly Pick<BallotProject, "code" | "cost">[],
  budget: number | undefined,
): readonly Misfit[] {
  const found: Misfit[] = [];
  const known = new Set(projects.map(({ code }) => code));
  const valid = ballots - blank - nulls;
  if (!rules.blank && blank > 0) found.push({ kind: "noBlank" });
  if (valid < 0) return [...found, { kind: "moreThanBallots" }];
  for (const [code, count] of Object.entries(votes)) {
    if (!known.has(code)) found.push({ kind: "unknownProject", code });
    else if (count > valid) found.push({ kind: "tooMany", code, most: valid });
  }
  const sum = Object.values(votes).reduce((total, count) => total + count, 0);
  const most = valid * mostChoices(rules, projects, budget);
  // A valid slip chooses at least one project: without any it is blank.
  if (sum < valid || sum > most) found.push({ kind: "sum", votes: sum, least: valid, most });
  return found;
}

/** How many projects a slip can choose at most. */
function mostChoices(
  { choices }: BallotRules,
  projects: readonly Pick<BallotProject, "cost">[],
  budget = Number.POSITIVE_INFINITY,
): number {
  if (choices.rule === "one") return Math.min(1, projects.length);
  if (choices.rule === "upTo") return Math.min(choices.most, projects.length);
  let left = budget;
  let most = 0;
  for (const cost of projects.map((project) => project.cost).sort((a, b) => a - b)) {
    left -= cost;
    if (left >= 0) most += 1;
  }
  return most;
}

/** Where two counts of the same slips differ: `ballots`, `blank`, `null` or a project's code. */
export function differences(one: PaperCount, other: PaperCount): readonly string[] {
  const figures = ["ballots", "blank", "null"] as const;
  const codes = new Set([...Object.keys(one.votes), ...Object.keys(other.votes)]);
  return [
    ...figures.filter((figure) => one[figure] !== other[figure]),
    ...[...codes].filter((code) => (one.votes[code] ?? 0) !== (other.votes[code] ?? 0)).sort(),
  ];
}

/** The booths' totals over their days. */
export function addUp(counts: readonly { readonly station: string; readonly count: PaperCount }[]) {
  const totals = new Map<string, PaperTotal>();
  for (const { station, count } of counts) {
    const so = totals.get(station) ?? { station, ballots: 0, blank: 0, null: 0, votes: {} };
    const votes = { ...so.votes };
    for (const [code, more] of Object.entries(count.votes)) votes[code] = (votes[code] ?? 0) + more;
    totals.set(station, {
      station,
      ballots: so.ballots + count.ballots,
      blank: so.blank + count.blank,
      null: so.null + count.null,
      votes,
    });
  }
  return [...totals.values()];
}
