import { CODE_LENGTH, CODE_LETTERS } from "../codes.ts";
import type { Context } from "../context.ts";
import { findPhase } from "../edition/calendar.ts";
import type { Effect } from "../effects.ts";
import type { Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Outgoing } from "../ports.ts";
import type { Proponent, ProposalText } from "../proposals.ts";
import { question, wishDoor, wordsOf } from "../reminders/proof.ts";
import { phoneOf } from "../topics/contacts.ts";
import { span } from "../topics/dates.ts";
import { type Draft, form } from "./proposal-form.ts";

/**
 * Sent: a code, the form, and what happens next; a copy goes to the address that was confirmed.
 *
 * @param news whether what becomes of it is told in this chat; `undefined` where nothing can be
 */
export function sent(draft: Draft, news: boolean | undefined, context: Context): Finished {
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
      gap: true,
      lines: [
        {
          key: "proposal.sent",
          params: { title: { literal: draft.title }, code, email: by.email, next: evaluation(context) },
        },
        ...(news === undefined ? [] : [news ? NEWS : NO_NEWS]),
      ],
    },
    effects: [
      { kind: "submitProposal", code, text: proposalText(draft), by },
      ...(news ? [tellNews(context)] : []),
    ],
    sends: [copy],
    document,
    doors: [
      ...(news === false ? [wishDoor(context, "wish", "news", NO_NEWS, { key: "remind.option.news" })] : []),
      { opens: `mine-${code}`, label: { key: "home.option.mine" } },
      { opens: "menu", label: { key: "engine.option.menu" } },
    ],
  };
}

const NEWS = question("news.yes");
const NO_NEWS = question("news.no");

function tellNews(context: Context): Effect {
  const { channel, address, by } = context;
  return { kind: "remind", of: "news", channel, address, said: { by, words: wordsOf(context, NEWS) } };
}

/**
 * The same form, to be signed and handed in: where there is no e-mail that could be confirmed, or
 * where the assistant is not a way by which proposals count.
 */
export function onPaper(draft: Draft, context: Context): Finished {
  const { edition, today } = context;
  const { assistant, site, paper } = edition.channels.proposals;
  const to: Text = { date: findPhase(edition, "proposals")?.to ?? today };
  const where: Text = { list: (paper?.where ?? []).map((place) => ({ literal: place })) };
  // Where the assistant counts, the site is not named: who came here would begin again there.
  const ways = [...(paper ? ["paper"] : []), ...(site && !assistant ? ["site"] : [])].join("_or_");
  return {
    say: {
      key: `proposal.${ways || "no_way"}`,
      params: { where, site: site ?? "", to, phone: phoneOf(edition) },
    },
    document: form(draft, context),
  };
}

/** Joins the people who work out a proposal that is already in; one's own draft ends here. */
export function joined(draft: Draft, code: string, context: Context): Finished {
  return {
    say: {
      key: draft.email === "" ? "proposal.joined_unreachable" : "proposal.joined",
      params: { code, next: evaluation(context) },
    },
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
  const { challenge, title, need, solution, reach = "", involved = "", place = "", cost } = draft;
  return { challenge, title, need, solution, reach, involved, place, cost, conflicts: draft.conflicts ?? "" };
}
