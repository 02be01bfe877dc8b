import type { Context } from "../context.ts";
import { findPhase } from "../edition/calendar.ts";
import type { DocumentRequest, Text } from "../engine/message.ts";
import type { ProposalText } from "../proposals.ts";

/** What the questions have gathered. */
export interface Draft extends Omit<ProposalText, "reach" | "involved" | "place" | "conflicts"> {
  readonly reach?: string | undefined;
  readonly involved?: string | undefined;
  readonly place?: string | undefined;
  readonly association?: string | undefined;
  readonly name: string;
  readonly surname: string;
  readonly email: string;
  readonly conflicts?: string | null | undefined;
}

/** The proposal as a form: with its code once it is in, else to be signed and handed in. */
export function form(draft: Draft, context: Context, code?: string): DocumentRequest {
  const { edition, say, language, today } = context;
  const label = (step: string) => say({ key: `proposal.${step}.name` });
  const row = (step: string, value: Text | undefined) =>
    value ? [{ label: label(step), value: say(value) }] : [];
  const words = (value: string): Text => ({ literal: value });
  const challenge = edition.proposals.challenges.find(({ id }) => id === draft.challenge);
  const paper = code ? undefined : edition.channels.proposals.paper;
  const where: Text = { list: (paper?.where ?? []).map((place) => ({ literal: place })) };
  const to: Text = { date: findPhase(edition, "proposals")?.to ?? today };
  return {
    fileName: `${say({ key: "proposal.form.file" })}${code ? `-${code}` : ""}.pdf`,
    language,
    title: say({ key: "proposal.form.title", params: { edition: { literal: edition.name } } }),
    intro: [
      say({ literal: edition.union.name }),
      say({ key: `proposal.form.state_${code ? "sent" : paper ? "paper" : "unsent"}` }),
    ],
    rows: [
      ...(code ? [{ label: say({ key: "proposal.form.code" }), value: code }] : []),
      { label: say({ key: "proposal.form.date" }), value: say({ date: today }) },
      ...row("association", draft.association === undefined ? undefined : words(draft.association)),
      ...row("name", words(draft.name)),
      ...row("surname", words(draft.surname)),
      ...row("email", draft.email === "" ? undefined : words(draft.email)),
      ...row("challenge", challenge && { literal: challenge.name }),
      ...row("title", words(draft.title)),
      ...row("need", words(draft.need)),
      ...row("solution", words(draft.solution)),
      ...row("reach", draft.reach === undefined ? undefined : words(draft.reach)),
      ...row("involved", draft.involved === undefined ? undefined : words(draft.involved)),
      ...row("place", draft.place === undefined ? undefined : words(draft.place)),
      ...row("cost", { euros: draft.cost }),
      ...row("conflicts", draft.conflicts ? words(draft.conflicts) : undefined),
    ],
    notes: paper ? [say({ key: "proposal.form.hand_in", params: { to, where } })] : [],
    ...(paper && {
      signature: {
        date: say({ key: "proposal.form.date" }),
        sign: say({ key: "proposal.form.signature" }),
      },
    }),
  };
}
