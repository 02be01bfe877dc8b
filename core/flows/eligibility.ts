import type { Context } from "../context.ts";
import {
  type Birth,
  decide,
  type EligibilityFacts,
  type Needed,
  nextQuestion,
  type Verdict,
} from "../edition/eligibility.ts";
import { choice, choiceFrom } from "../engine/field.ts";
import { type Door, type Finished, flow } from "../engine/flow.ts";
import type { Params, Text } from "../engine/message.ts";
import { phoneOf } from "../topics/contacts.ts";
import { phaseDoors, standing } from "../topics/dates.ts";
import { source } from "../topics/sources.ts";
import { birth, birthDate, elsewhereOf } from "./fields.ts";

/**
 * Whether somebody may take part: only the questions that decide, then the rule, its source and
 * what to do next. `eligibility-someone` asks about another person.
 */
export const eligibility = flow<Context>("eligibility")
  .ask("who", choice("self", "someone"), { settle: () => "self", unseen: true })
  .ask("birth", birth, { about })
  .askWhen(needs("birthDate"), "birthDate", birthDate, { about })
  .askWhen(
    needs("residence"),
    "residence",
    choiceFrom(({ edition }) => [
      ...edition.comuni.map(({ id, name }) => ({ id, label: { literal: name } })),
      { id: "elsewhere" },
    ]),
    { about },
  )
  .askWhen(
    needs("link"),
    "link",
    choiceFrom(({ edition }) => [
      ...(edition.eligibility.elsewhere?.links ?? []).map(({ id, name }) => ({
        id,
        label: { literal: name },
      })),
      { id: "none" },
    ]),
    { about },
  )
  .askWhen(needs("citizenship"), "citizenship", choice("has", "stateless", "unknown"), { about })
  .finish(
    (answers, context): Finished => {
      const decision = decide(context.edition, facts(answers), context.today);
      // The questions above are those that decide, so there is always a verdict; else only a person can tell.
      const verdict: Verdict = decision.decided ? decision.verdict : { kind: "office" };
      return { say: explain(verdict, answers, context), doors: next(verdict, answers, context) };
    },
    { known: (about) => (about === "someone" ? { who: "someone" } : {}) },
  );

interface Facts {
  readonly who?: string;
  readonly birth?: Birth;
  readonly birthDate?: Birth | undefined;
  readonly residence?: string | undefined;
  readonly link?: string | undefined;
  readonly citizenship?: EligibilityFacts["citizenship"] | undefined;
}

function facts({ birth, birthDate, residence, link, citizenship }: Facts): EligibilityFacts {
  const born = birthDate ?? birth;
  return {
    ...(born && { birth: born }),
    ...(residence && { residence }),
    ...(link && { link }),
    ...(citizenship && { citizenship }),
  };
}

/** Whether a fact has to be asked for, given the ones before it. */
function needs(needed: Needed) {
  return (answers: Facts, { edition, today }: Context): boolean =>
    nextQuestion(edition, facts(answers), today) === needed;
}

function about({ who = "self" }: { readonly who?: string }, { edition }: Context): Params {
  return { who, comuni: { list: edition.comuni.map(({ name }) => ({ literal: name })) } };
}

/** The verdict, the rule it rests on, and its source. */
function explain(verdict: Verdict, answers: Facts, context: Context): Text {
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

interface Sourced {
  readonly say: Text;
  readonly sources: readonly string[];
}

/** What somebody who lives elsewhere does in order to vote, as far as the edition says. */
function howToVote(verdict: Verdict, { edition, today }: Context): Sourced[] {
  if (verdict.kind !== "cityUser") return [];
  const { tooLate, days } = verdict;
  const register = edition.eligibility.elsewhere?.register;
  const { paper, cityUserAtBooth: atBooth } = edition.vote ?? {};
  const ways: Sourced[] = [];
  if (register && days) {
    const params = {
      how: { literal: register.how },
      wait: register.waitDays,
      // Nobody is advised to ask on a day that is past, as long as asking still helps.
      askBy: { date: !tooLate && days.askBy < today ? today : days.askBy },
      phone: phoneOf(edition),
    };
    const key = tooLate ? "eligibility.register_late" : "eligibility.register";
    ways.push({ say: { key, params }, sources: register.sources });
  }
  if (paper && atBooth && today <= paper.to) {
    const how = { literal: atBooth.text };
    ways.push({ say: { key: "eligibility.paper", params: { how } }, sources: atBooth.sources });
  }
  return ways;
}

/** What can be done now with that verdict. */
function next(verdict: Verdict, { who }: Facts, context: Context): Door[] {
  const another: Door = { opens: "eligibility-someone", label: { key: "eligibility.another" } };
  const entitled = verdict.kind === "resident" || verdict.kind === "cityUser";
  const doors = entitled
    ? phaseDoors(context).map((door) =>
        // Who has just been told that they may propose is not asked again.
        door.opens === "proposal" && who === "self" ? { ...door, opens: "proposal-entitled" } : door,
      )
    : [{ opens: "operator", label: { key: "engine.option.operator" } }];
  return [...doors, another, { opens: "menu", label: { key: "engine.option.menu" } }];
}
