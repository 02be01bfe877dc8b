import {
  addDays,
  bornOnOrBefore,
  type CityUserDays,
  cityUserDays,
  type Day,
  dayOfTurning,
  latestBirth,
} from "./calendar.ts";
import type { Edition } from "./schema.ts";

/** What is known of somebody's age. A year or an age leaves open when the birthday is. */
export type Birth =
  | { readonly kind: "date"; readonly date: Day }
  | { readonly kind: "year"; readonly year: number }
  /** Age in whole years, today. */
  | { readonly kind: "age"; readonly age: number };

/** What has been answered so far. */
export interface EligibilityFacts {
  readonly birth?: Birth;
  /** The id of a Comune of the edition, or `elsewhere`. */
  readonly residence?: string;
  /** The id of one of the edition's links with the territory, or `none`. */
  readonly link?: string;
  /** `unknown`: somebody who cannot say, or would rather not. */
  readonly citizenship?: "has" | "stateless" | "unknown";
}

/** What has still to be asked: `birthDate` where an age or a year was given and does not decide. */
export type Needed = "age" | "birthDate" | "residence" | "link" | "citizenship";

export type Verdict =
  /** `turns` is the day they reach the minimum age, where it is known and yet to come. */
  | { readonly kind: "resident"; readonly comune: string; readonly turns?: Day }
  /**
   * Lives elsewhere and has a link. `days` where there is a register to ask for; `tooLate`: a
   * request made today would be in vain for the online vote.
   */
  | {
      readonly kind: "cityUser";
      readonly link: string;
      readonly days?: CityUserDays;
      readonly tooLate: boolean;
      readonly turns?: Day;
    }
  /** `turns` as above: too late for this edition. */
  | { readonly kind: "tooYoung"; readonly bornOnOrBefore: Day; readonly turns?: Day }
  /** Lives elsewhere, and has nothing to do with the territory or only residents take part. */
  | { readonly kind: "noLink" }
  /** No source says: only the office can decide. */
  | { readonly kind: "office" };

export type Decision =
  | { readonly decided: true; readonly verdict: Verdict }
  | { readonly decided: false; readonly needed: Needed };

/**
 * Whether somebody may take part, or the one fact to ask for next. Asks in the order that decides
 * with the fewest questions, and decides nothing that the facts leave open.
 *
 * @param today the day it is, on which ages are meant
 */
export function decide(edition: Edition, facts: EligibilityFacts, today: Day): Decision {
  const age = decideAge(edition, facts.birth, today);
  if (age.kind === "open") return ask(age.needed);
  if (age.kind === "tooYoung") return verdict({ ...age, bornOnOrBefore: bornOnOrBefore(edition) });
  const { kind: _, ...turns } = age;

  if (edition.comuni.some(({ id }) => id === facts.residence)) {
    return verdict({ kind: "resident", comune: String(facts.residence), ...turns });
  }
  if (facts.residence !== "elsewhere") return ask("residence");

  const { link } = facts;
  const { elsewhere } = edition.eligibility;
  if (elsewhere === undefined || link === "none") return verdict({ kind: "noLink" });
  if (link === undefined || !elsewhere.links.some(({ id }) => id === link)) return ask("link");

  if (elsewhere.stateless === "office") {
    if (facts.citizenship === undefined) return ask("citizenship");
    if (facts.citizenship !== "has") return verdict({ kind: "office" });
  }
  const days = cityUserDays(edition, today);
  const tooLate = days !== undefined && days.lastDay < today;
  return verdict({ kind: "cityUser", link, ...(days && { days }), tooLate, ...turns });
}

/** Whether asking for the register of city users, here and on that day, helps to vote. */
export function takesRequests(edition: Edition, today: Day): boolean {
  const days = cityUserDays(edition, today);
  return edition.vote?.ballot !== undefined && days !== undefined && today <= days.lastDay;
}

/** The fact to ask for next; `undefined` once the facts decide. */
export function nextQuestion(edition: Edition, facts: EligibilityFacts, today: Day): Needed | undefined {
  const decision = decide(edition, facts, today);
  return decision.decided ? undefined : decision.needed;
}

function ask(needed: Needed): Decision {
  return { decided: false, needed };
}

function verdict(verdict: Verdict): Decision {
  return { decided: true, verdict };
}

type AgeDecision =
  | { readonly kind: "oldEnough"; readonly turns?: Day }
  | { readonly kind: "tooYoung"; readonly turns?: Day }
  | { readonly kind: "open"; readonly needed: "age" | "birthDate" };

function decideAge(edition: Edition, birth: Birth | undefined, today: Day): AgeDecision {
  if (birth === undefined) return { kind: "open", needed: "age" };
  const limit = bornOnOrBefore(edition);
  const { earliest, latest } = possibleBirths(birth, today);
  const turning = dayOfTurning(latest, edition.eligibility.minimumAge);
  const turns = birth.kind === "date" && turning > today ? { turns: turning } : {};
  if (latest <= limit) return { kind: "oldEnough", ...turns };
  if (earliest > limit) return { kind: "tooYoung", ...turns };
  return { kind: "open", needed: "birthDate" };
}

/** The days on which somebody may have been born. */
function possibleBirths(birth: Birth, today: Day): { readonly earliest: Day; readonly latest: Day } {
  switch (birth.kind) {
    case "date":
      return { earliest: birth.date, latest: birth.date };
    case "year": {
      const year = String(birth.year).padStart(4, "0");
      return { earliest: `${year}-01-01`, latest: `${year}-12-31` };
    }
    case "age":
      return {
        earliest: addDays(latestBirth(birth.age + 1, today), 1),
        latest: latestBirth(birth.age, today),
      };
  }
}
