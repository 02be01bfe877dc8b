import type { Context } from "../context.ts";
import { isOpen } from "../edition/calendar.ts";
import { decide, takesRequests, type Verdict } from "../edition/eligibility.ts";
import { choice } from "../engine/field.ts";
import { type Door, type Finished, flow } from "../engine/flow.ts";
import { question, wishDoor } from "../reminders/proof.ts";
import { phaseDoors } from "../topics/dates.ts";
import { birth, birthDate, citizenship, link, residence } from "./fields.ts";
import { saidOfSelf } from "./said.ts";
import { about, explain, type Facts, facts, needs } from "./verdict.ts";

/**
 * Whether somebody may take part: only the questions that decide, then the rule, its source and
 * what to do next. `eligibility-someone` asks about another person.
 */
export const eligibility = flow<Context>("eligibility")
  .ask("who", choice("self", "someone"), { settle: () => "self", unseen: true })
  .ask("birth", birth, { about })
  .askWhen(needs("birthDate"), "birthDate", birthDate, { about })
  .askWhen(needs("residence"), "residence", residence, { about })
  .askWhen(needs("link"), "link", link, { about })
  .askWhen(needs("citizenship"), "citizenship", citizenship, { about })
  .finish(
    (answers, context): Finished => {
      const decision = decide(context.edition, facts(answers), context.today);
      // The questions above are those that decide, so there is always a verdict; else only a person can tell.
      const verdict: Verdict = decision.decided ? decision.verdict : { kind: "office" };
      return { say: explain(verdict, answers, context), doors: next(verdict, answers, context) };
    },
    { known: (about) => (about === "someone" ? { who: "someone" } : {}), suggest: saidOfSelf },
  );

/** What can be done now with that verdict. */
function next(verdict: Verdict, { who }: Facts, context: Context): Door[] {
  const another: Door = { opens: "eligibility-someone", label: { key: "eligibility.another" } };
  const entitled = verdict.kind === "resident" || verdict.kind === "cityUser";
  const register = who === "self" && mayAsk(verdict, context) ? [askDoor(verdict.link)] : [];
  const doors = entitled
    ? phaseDoors(context).map((door) =>
        // Who has just been told that they may propose is not asked again.
        door.opens === "proposal" && who === "self" ? { ...door, opens: "proposal-entitled" } : door,
      )
    : [{ opens: "operator", label: { key: "engine.option.operator" } }];
  const later = entitled && who === "self" ? laterDoors(context) : [];
  return [...register, ...doors, ...later, another, { opens: "menu", label: { key: "engine.option.menu" } }];
}

const LATER = question("option.later");

/** To be told before it is over, for who may take part and does not now. */
function laterDoors(context: Context): Door[] {
  const { edition, today } = context;
  const of = isOpen(edition, "proposals", today)
    ? "phase_closes"
    : isOpen(edition, "vote", today)
      ? "unfinished_vote"
      : undefined;
  return of ? [wishDoor(context, "wish", of, LATER, LATER)] : [];
}

type CityUser = Extract<Verdict, { kind: "cityUser" }>;

const mayAsk = (verdict: Verdict, { edition, today }: Context): verdict is CityUser =>
  verdict.kind === "cityUser" && takesRequests(edition, today);

/** Asks for the register, with the link that was just told. */
const askDoor = (link: string): Door => ({
  opens: `cityuser-${link}`,
  label: { key: "cityuser.option.ask" },
});
