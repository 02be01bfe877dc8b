import type { Context } from "../context.ts";
import { findPhase } from "../edition/calendar.ts";
import type { CriterionAsked } from "../edition/schema.ts";
import { choice, choiceFrom, text } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import { wishesQuery } from "../reminders/wishes.ts";
import { phaseDoors, span } from "../topics/dates.ts";
import { admits, cost as costRule } from "../topics/rules.ts";
import { codeOf, confirmation } from "./confirmation.ts";
import { eligible, elsewhereOf, email, isContested, money, personName } from "./fields.ts";
import { joined, onPaper, sent } from "./proposal-end.ts";
import { saidOfProposal } from "./said.ts";
import { alike, similarity } from "./similar.ts";

/**
 * Writes a proposal, one question at a time, and sends it.
 *
 * Lengths: a title fits a line of the list, and what a person types on a phone fits the largest
 * message of every channel (4,096 characters).
 */
export const proposal = flow<Context>("proposal")
  .ask("eligible", eligible, {
    unseen: true,
    about: (_answers, { edition, guest }) => ({
      guest: guest ? "yes" : "no",
      age: edition.eligibility.minimumAge,
      by: { date: edition.eligibility.reachedBy },
      comuni: { list: edition.comuni.map(({ name }) => ({ literal: name })) },
      elsewhere: elsewhereOf(edition),
    }),
  })
  .ask("proposer", choice("person", "association"))
  .askWhen(({ proposer }) => proposer === "association", "association", text({ min: 2, max: 120 }))
  .ask("name", personName)
  .ask("surname", personName)
  .ask("email", email)
  .askWhen(
    ({ email }, { mail, edition }) => email !== "" && mail && edition.channels.proposals.assistant,
    "emailCode",
    confirmation("email"),
    {
      unseen: true,
      holds: (confirmed, { email }) => confirmed === email,
      begin: ({ email }, context, memo) => codeOf(email, context, memo),
      about: ({ email }) => ({ email }),
    },
  )
  .ask(
    "challenge",
    choiceFrom(({ edition }) =>
      edition.proposals.challenges.map(({ id, name }) => ({ id, label: { literal: name } })),
    ),
    {
      echo: (id, _answers, { edition }) => {
        const chosen = edition.proposals.challenges.find((one) => one.id === id);
        return chosen && admits(chosen);
      },
    },
  )
  .ask("title", text({ min: 10, max: 120 }))
  .ask("need", text({ min: 40, max: 1500 }))
  .ask("solution", text({ min: 40, max: 3000 }))
  .askWhen(judgedBy("reach"), "reach", text({ min: 10, max: 1000 }), {
    about: (_answers, { edition }) => ({
      comuni: { list: edition.comuni.map(({ name }) => ({ literal: name })) },
    }),
  })
  .askWhen(judgedBy("involvement"), "involved", text({ min: 3, max: 1000 }))
  .askWhen(judgedBy("public-interest"), "place", text({ min: 3, max: 500 }))
  .ask("cost", money, {
    about: (_answers, { edition: { proposals } }) => ({
      limits: proposals.cost ? "some" : "none",
      min: proposals.cost ? { euros: proposals.cost.min } : "",
      max: proposals.cost ? { euros: proposals.cost.max } : "",
    }),
    echo: (euros, _answers, { edition }) =>
      isContested(edition, euros)
        ? { key: "proposal.cost.contested", params: { euros: { euros }, rule: costRule(edition) } }
        : { key: "proposal.cost.understood", params: { euros: { euros } } },
  })
  .askOptional("conflicts", text({ min: 3, max: 1000 }), { when: judgedBy("no-conflict") })
  .ask("similar", alike, {
    unseen: true,
    lookup: () => ({ kind: "proposals" }),
    settle: (answers, context) => (similarity(answers, context).length === 0 ? "none" : undefined),
    about: (answers, context) => ({
      titles: {
        lines: similarity(answers, context).map(({ title }) => ({
          key: "rules.bullet",
          params: { text: { literal: title } },
        })),
      },
    }),
  })
  .askWhen(
    ({ similar, emailCode }, context) =>
      similar === "none" && isSentHere(emailCode, context) && !context.guest,
    "news",
    choice("yes", "no"),
    {
      unseen: true,
      lookup: () => wishesQuery,
      settle: (_answers, context) => wantsNews(context),
      holds: (news, _answers, context) => news === wantsNews(context),
    },
  )
  .finish(
    (answers, context): Finished => {
      if (answers.similar !== "none") return joined(answers, answers.similar, context);
      return isSentHere(answers.emailCode, context)
        ? sent(answers, answers.news && answers.news === "yes", context)
        : onPaper(answers, context);
    },
    {
      draft: true,
      closed,
      known: (about) => (about === "entitled" ? { eligible: "yes" } : {}),
      suggest: saidOfProposal,
      whose: ({ name }) => (typeof name === "string" ? name : undefined),
      unreviewed: ({ similar }) => similar !== "none",
    },
  );

/** Whether proposals are judged by a criterion: what nobody judges is not asked. */
function judgedBy(criterion: CriterionAsked) {
  return (_answers: unknown, { edition }: Context): boolean =>
    edition.proposals.criteria.some(({ id }) => id === criterion);
}

/** Whether it is sent from here: where the assistant counts, with an address that was confirmed. */
const isSentHere = (confirmed: string | undefined, { edition }: Context): boolean =>
  edition.channels.proposals.assistant && confirmed !== undefined;

/** Whoever sends something is told what becomes of it, unless they want no messages. */
function wantsNews({ found }: Context): "yes" | "no" | undefined {
  const wishes = found(wishesQuery);
  return wishes && (wishes.withdrawn ? "no" : "yes");
}

/** Outside the phase it explains, and offers a reminder where there is something to wait for. */
function closed(context: Context): Finished | undefined {
  const phase = findPhase(context.edition, "proposals");
  if (!phase) return { say: { key: "proposal.never" } };
  if (context.today < phase.from) {
    return { say: { key: "proposal.too_early", params: span(phase) }, doors: phaseDoors(context) };
  }
  if (context.today > phase.to) {
    return { say: { key: "proposal.too_late", params: span(phase) }, doors: phaseDoors(context) };
  }
  return undefined;
}
