import type { Context } from "../context.ts";
import {
  type Birth,
  type EligibilityFacts,
  type Needed,
  nextQuestion,
  type Verdict,
} from "../edition/eligibility.ts";
import type { Params, Text } from "../engine/message.ts";
import { phoneOf } from "../topics/contacts.ts";
import { standing } from "../topics/dates.ts";
import { registerRule } from "../topics/register.ts";
import { type Sourced, source } from "../topics/sources.ts";
import { elsewhereOf } from "./fields.ts";

/* Whether somebody may take part, for the flows that ask: what they need to know, and what it comes to. */

/** Answers of a flow that asks for them by these names. */
export interface Facts {
  readonly who?: string;
  readonly birth?: Birth;
  readonly birthDate?: Birth | undefined;
  readonly residence?: string | undefined;
  readonly link?: string | undefined;
  readonly citizenship?: EligibilityFacts["citizenship"] | undefined;
}

export function facts({ birth, birthDate, residence, link, citizenship }: Facts): EligibilityFacts {
  const born = birthDate ?? birth;
  return {
    ...(born && { birth: born }),
    ...(residence && { residence }),
    ...(link && { link }),
    ...(citizenship && { citizenship }),
  };
}

/** Whether a fact has to be asked for, given the ones before it. */
export function needs(needed: Needed) {
  return (answers: Facts, { edition, today }: Context): boolean =>
    nextQuestion(edition, facts(answers), today) === needed;
}

export function about({ who = "self" }: { readonly who?: string }, { edition }: Context): Params {
  return { who, comuni: { list: edition.comuni.map(({ name }) => ({ literal: name })) } };
}

/** The verdict, the rule it rests on, and its source. */
export function explain(verdict: Verdict, answers: Facts, context: Context): Text {
  const { edition } = context;
  const rules = edition.eligibility;
  const key = verdict.kind === "cityUser" && verdict.tooLate ? "cityUserLate" : verdict.kind;
  const shared: Params = {
    ...about(answers, context),
    age: rules.minimumAge,
    by: { date: rules.reachedBy },
    may: { literal: rules.entitledTo },
    elsewhere: elsewhereOf(edition),
    phone: phoneOf(edition),
  };
  const says: Text = {
    key: `eligibility.verdict.${key}`,
    params: { ...shared, ...particulars(verdict, edition) },
  };
  const voting = howToVote(verdict, context);
  const turning: Text[] =
    "turns" in verdict && verdict.turns
      ? [{ key: "eligibility.turns", params: { ...shared, day: { date: verdict.turns } } }]
      : [];
  const rule = verdict.kind === "cityUser" && rules.elsewhere ? rules.elsewhere : rules;
  const sources = [rule, ...voting].flatMap((one) => one.sources);
  const how = voting.map(({ say }) => say);
  return { lines: [says, ...how, ...turning, standing(context), source(edition, sources)], gap: true };
}

function particulars(verdict: Verdict, edition: Context["edition"]): Params {
  switch (verdict.kind) {
    case "resident": {
      const comune = edition.comuni.find(({ id }) => id === verdict.comune);
      return { comune: { literal: comune?.name ?? verdict.comune } };
    }
    case "tooYoung":
      return { born: { date: verdict.bornOnOrBefore } };
    default:
      return {};
  }
}

/** What somebody who lives elsewhere does in order to vote, as far as the edition says. */
function howToVote(verdict: Verdict, { edition, today }: Context): Sourced[] {
  if (verdict.kind !== "cityUser") return [];
  const { tooLate, days } = verdict;
  const register = edition.eligibility.elsewhere?.register;
  const { paper, cityUserAtBooth: atBooth } = edition.vote ?? {};
  const ways: Sourced[] = [];
  if (register && days && tooLate) {
    const params = { wait: register.waitDays, askBy: { date: days.askBy }, phone: phoneOf(edition) };
    ways.push({ say: { key: "eligibility.register_late", params }, sources: register.sources });
  }
  const rule = registerRule({ edition, today });
  if (rule) ways.push(rule);
  if (paper && atBooth && today <= paper.to) {
    const how = { literal: atBooth.text };
    ways.push({ say: { key: "eligibility.paper", params: { how } }, sources: atBooth.sources });
  }
  return ways;
}
