import { z } from "zod";
import type { Day } from "../edition/calendar.ts";
import type { BallotRules } from "../edition/schema.ts";
import type { Ballot } from "./ports.ts";
import { result } from "./result.ts";

/** A figure of people; absent where it is so small that it would tell of persons. */
const figure = z.int().nonnegative().exactOptional();

/** How many took part, as far as it can be told without telling who. */
export const turnout = z.strictObject({
  onRoll: z.int().nonnegative(),
  voted: z.int().nonnegative(),
  /** Paper, and online by how people signed in. */
  byRoute: z.strictObject({ paper: figure, spid: figure, code: figure, station: figure }),
  /** `""`: city users. */
  byComune: z.array(z.strictObject({ comune: z.string(), onRoll: z.int().nonnegative(), voted: figure })),
});
export type Turnout = z.infer<typeof turnout>;

/** What is made public after the count. */
export const published = z.strictObject({
  /** The edition's day. */
  on: z.iso.date(),
  /** What was voted on, in the order of the ballot. */
  projects: z.array(
    z.strictObject({ code: z.string(), title: z.string(), cost: z.int(), challenge: z.string() }),
  ),
  result,
  turnout,
});
export type Published = z.infer<typeof published>;

export interface Results {
  read(): Promise<Published | undefined>;
  /**
   * Publishes a count. Of two that are published at once, one is.
   *
   * @param again also where another was published before
   * @returns what is published already, where that stays
   */
  publish(what: Published, again: boolean): Promise<Published | undefined>;
  /**
   * Destroys what the vote no longer needs once nobody can appeal: roll, marks, requests for the
   * register, stations, envelopes. Result, board and turnout stay.
   */
  destroy(): Promise<void>;
}

/** Why a result cannot be published, if so; otherwise it is of this vote. */
export type Mismatch =
  | { readonly kind: "notClosed" }
  | { readonly kind: "otherBallot" }
  /** Winners were picked by another budget, other costs or other rules. */
  | { readonly kind: "otherRules" }
  /** Other envelopes were counted than those on the board. */
  | { readonly kind: "otherEnvelopes" }
  /** Ballots are not as many as envelopes and confirmed slips. */
  | { readonly kind: "otherNumber"; readonly counted: number; readonly expected: number };

/** Compares a result with what was in urn and booths. */
export function mismatch(
  { edition, digest, root, ballots, budget, rule, steps }: z.infer<typeof result>,
  vote: {
    readonly closedOn?: Day;
    readonly ballot: Pick<Ballot, "edition" | "digest" | "projects">;
    readonly rules: Pick<BallotRules, "atTheEdge" | "ties">;
    /** Whole euros. */
    readonly budget: number;
    /** Of all envelopes, hex. */
    readonly root: string;
    readonly envelopes: number;
    readonly slips: number;
  },
): Mismatch | undefined {
  const expected = vote.envelopes + vote.slips;
  if (vote.closedOn === undefined) return { kind: "notClosed" };
  if (edition !== vote.ballot.edition || digest !== vote.ballot.digest) return { kind: "otherBallot" };
  const costs = new Map(vote.ballot.projects.map(({ code, cost }) => [code, cost]));
  const isByTheRules =
    budget === vote.budget &&
    rule.atTheEdge === vote.rules.atTheEdge &&
    rule.ties === vote.rules.ties &&
    steps.every(({ id, cost }) => costs.get(id) === cost);
  if (!isByTheRules) return { kind: "otherRules" };
  if (root !== vote.root) return { kind: "otherEnvelopes" };
  return ballots === expected ? undefined : { kind: "otherNumber", counted: ballots, expected };
}
