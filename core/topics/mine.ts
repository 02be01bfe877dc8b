import { CODE_LETTERS, LONG_CODE_LENGTH, parted } from "../codes.ts";
import type { Context } from "../context.ts";
import { isOpen } from "../edition/calendar.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Frame, Session } from "../engine/session.ts";
import type { OwnProposal, Proposal } from "../proposals.ts";
import type { Topic } from "../topic.ts";

const own = { kind: "ownProposals" } as const;
const lookup = () => own;
const found = (context: Context, code: string): OwnProposal | undefined =>
  context.found(own)?.find((proposal) => proposal.code === code);

/**
 * One's proposals and drafts. Where several people write from one phone it first asks who is
 * writing (`mine-by-0`), and shows only theirs.
 */
export const mine: Topic = {
  name: "mine",
  lookup,
  answer(context, session, about) {
    const one = found(context, about);
    if (one) return detail(context, one);
    const all = { sent: context.found(own) ?? [], drafts: draftsIn(session) };
    const people = writers(all.sent, all.drafts);
    const chosen = /^by-(\d+)$/.exec(about)?.[1];
    if (people.length > 1 && chosen === undefined) {
      const doors = people.map((name, at) => ({ opens: `mine-by-${at}`, label: { literal: name } }));
      return { say: { key: "mine.who" }, doors };
    }
    const name = chosen === undefined ? undefined : people[Number(chosen)];
    const isTheirs = (writer: string) => name === undefined || writer === name || writer === "";
    return list(
      context,
      all.sent.filter(({ by }) => isTheirs(by.name)),
      all.drafts.filter((draft) => isTheirs(writerOf(draft))),
    );
  },
};

/** Proposals put aside, and the one that is being written. */
const draftsIn = ({ active, parked }: Session): Frame[] =>
  [...parked, ...active].filter(({ flow }) => flow === "proposal");

/** Names of those who wrote something here, each once. */
const writers = (sent: readonly OwnProposal[], drafts: readonly Frame[]): string[] =>
  [...new Set([...sent.map(({ by }) => by.name), ...drafts.map(writerOf)])].filter((name) => name !== "");

const writerOf = ({ answers }: Frame): string => (typeof answers["name"] === "string" ? answers["name"] : "");

function list(context: Context, sent: readonly OwnProposal[], drafts: readonly Frame[]): Finished {
  const open = isOpen(context.edition, "proposals", context.today);
  const doors = open ? [newDoor] : [];
  if (sent.length === 0 && drafts.length === 0) return { say: { key: "mine.none" }, doors };
  const rows: Text[] = [
    ...sent.map((proposal) => ({ key: "mine.row", params: said(proposal) })),
    ...drafts.map((draft) => ({ key: "mine.draft", params: { title: titleOf(draft) } })),
  ];
  return {
    say: { lines: [{ key: "mine.list" }, { lines: rows }], gap: true },
    doors: [
      ...sent.slice(0, 4).map(({ code, title }) => ({ opens: `mine-${code}`, label: { literal: title } })),
      ...drafts.slice(-2).flatMap(({ id }) => draftDoors(id)),
      ...doors,
    ],
  };
}

function detail({ edition, today }: Context, proposal: Proposal): Finished {
  const withdrawable = proposal.state === "submitted" && isOpen(edition, "proposals", today);
  return {
    say: {
      gap: true,
      lines: [
        { key: "mine.detail", params: said(proposal) },
        ...(proposal.because ? [because(proposal.because)] : []),
      ],
    },
    doors: [
      ...(withdrawable
        ? [{ opens: `withdraw-${proposal.code}`, label: { key: "mine.option.withdraw" } }]
        : []),
      { opens: "mine", label: { key: "home.option.mine" } },
    ],
  };
}

/** What the commission said of its decision. */
export const because = (text: string): Text => ({ key: "mine.because", params: { text: { literal: text } } });

/** Asks before a proposal is withdrawn. */
export const withdraw: Topic = {
  name: "withdraw",
  lookup,
  answer(context, session, code) {
    const proposal = found(context, code);
    if (!proposal) return mine.answer(context, session, "");
    return {
      say: { key: "mine.withdraw", params: said(proposal) },
      doors: [
        { opens: `withdrawn-${code}`, label: { key: "mine.option.withdraw_yes" } },
        { opens: `mine-${code}`, label: { key: "mine.option.withdraw_no" } },
      ],
    };
  },
};

/** Withdraws a proposal, while proposals are being collected. */
export const withdrawn: Topic = {
  name: "withdrawn",
  lookup,
  answer(context, session, code) {
    const proposal = found(context, code);
    if (proposal?.state !== "submitted") return mine.answer(context, session, code);
    if (!isOpen(context.edition, "proposals", context.today)) return { say: { key: "mine.withdraw_late" } };
    return {
      say: { key: "mine.withdrawn", params: said(proposal) },
      effects: [{ kind: "withdrawProposal", code }],
      doors: [{ opens: "mine", label: { key: "home.option.mine" } }],
    };
  },
};

const OFFER_MS = 24 * 60 * 60 * 1000;

/** Gives a code with which a draft is taken up on another phone or app. */
export const move: Topic = {
  name: "move",
  answer(context, session, id) {
    const draft = draftsIn(session).find((one) => one.id === id);
    if (!draft) return { say: { key: "engine.draft_gone" } };
    const code = context.draw(CODE_LETTERS, LONG_CODE_LENGTH);
    const until = new Date(context.realNow.getTime() + OFFER_MS).toISOString();
    return {
      say: {
        key: "mine.move",
        params: { code: parted(code), title: titleOf(draft) },
      },
      effects: [{ kind: "offerDraft", code, frame: id, until }],
    };
  },
};

const draftDoors = (id: string): Door[] => [
  { opens: `resume-${id}`, label: { key: "engine.option.resume" } },
  { opens: `move-${id}`, label: { key: "mine.option.move" } },
];

const newDoor: Door = { opens: "proposal-new", label: { key: "proposal.another" } };

const titleOf = (draft: Frame): Text => {
  const title = draft.answers["title"];
  return typeof title === "string" ? { literal: title } : { key: "mine.untitled" };
};

const said = (proposal: Proposal) => ({
  code: proposal.code,
  title: { literal: proposal.title },
  state: { key: `mine.state.${proposal.state}` },
});
