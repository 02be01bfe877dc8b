import type { Context } from "../context.ts";
import { findPhase } from "../edition/calendar.ts";
import type { Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Outgoing, Proponent, ProposalText } from "../ports.ts";
import { span } from "../topics/dates.ts";
import { CODE_LETTERS } from "../topics/mine.ts";
import { form } from "./proposal-form.ts";

/** What the questions have gathered. */
export interface Draft extends Omit<ProposalText, "conflicts"> {
  readonly association?: string | undefined;
  readonly name: string;
  readonly surname: string;
  readonly email: string;
  readonly conflicts: string | null;
}

const CODE_LENGTH = 6;

/** Sent: a code, the form, and what happens next; a copy goes to the address that was confirmed. */
export function sent(draft: Draft, context: Context): Finished {
  const code = context.draw(CODE_LETTERS, CODE_LENGTH);
  const by = proponent(draft);
  const document = form(draft, context, code);
  const copy: Outgoing = {
    channel: "mail",
    address: by.email,
    kind: "notice",
    message: {
      text: context.say({
        key: "proposal.mail",
        params: { title: { literal: draft.title }, code, next: evaluation(context) },
      }),
      choices: [],
      document,
    },
  };
  return {
    say: {
      key: "proposal.sent",
      params: { title: { literal: draft.title }, code, email: by.email, next: evaluation(context) },
    },
    effects: [{ kind: "submitProposal", code, text: proposalText(draft), by }],
    sends: [copy],
    document,
    doors: [
      { opens: `mine-${code}`, label: { key: "home.option.mine" } },
      { opens: "menu", label: { key: "engine.option.menu" } },
    ],
  };
}

/**
 * The same form, to be signed and handed in: where there is no e-mail that could be confirmed, or
 * where the assistant is not a way by which proposals count.
 */
export function onPaper(draft: Draft, context: Context): Finished {
  const { assistant, site, paper } = context.edition.channels.proposals;
  const phase = findPhase(context.edition, "proposals");
  const where: Text = { list: (paper?.where ?? []).map((place) => ({ literal: place })) };
  return {
    say: {
      key: assistant ? "proposal.paper" : "proposal.paper_or_site",
      params: { where, site: site ?? context.edition.union.site, to: { date: phase?.to ?? context.today } },
    },
    document: form(draft, context),
  };
}

/** Joins the people who work out a proposal that is already in; one's own draft ends here. */
export function joined(draft: Draft, code: string, context: Context): Finished {
  return {
    say: { key: "proposal.joined", params: { code, next: evaluation(context) } },
    effects: [{ kind: "joinCoDesign", code, by: proponent(draft) }],
  };
}

function evaluation({ edition }: Context): Text {
  const phase = findPhase(edition, "evaluation");
  const says: Text = { literal: edition.proposals.after.text };
  return phase ? { lines: [says, { key: "proposal.next", params: span(phase) }] } : says;
}

function proponent({ name, surname, email, association }: Draft): Proponent {
  return { name, surname, email, ...(association && { association }) };
}

function proposalText(draft: Draft): ProposalText {
  const { challenge, title, need, solution, reach, involved, place, cost } = draft;
  return { challenge, title, need, solution, reach, involved, place, cost, conflicts: draft.conflicts ?? "" };
}
