import { isOpen } from "./edition/calendar.ts";
import { takesRequests } from "./edition/eligibility.ts";
import type { Frame, Session } from "./engine/session.ts";
import { top } from "./stack.ts";
import type { Command, Spoken, Turn } from "./turn.ts";

const own = { kind: "ownProposals" } as const;

/**
 * Opens what this person can do today, wherever they press it and however old the message is: the vote, the proposal
 * that they left at the question that is pending, a new one, or what they have sent; else the dates. A reminder
 * leads here, as does a link that anybody may follow: nothing is done before it is asked.
 */
export const now: Command = (turn) => {
  const { edition, today } = turn.context;
  if (isOpen(edition, "vote", today)) return turn.open("vote");
  if (isOpen(edition, "proposals", today)) return proposing(turn);
  const request = takesRequests(edition, today) ? draftOf("cityuser", turn.session) : undefined;
  return request ? goOn(turn, request) : turn.open("dates");
};

function proposing(turn: Turn): Spoken {
  const draft = draftOf("proposal", turn.session);
  if (draft) return goOn(turn, draft);
  const sent = turn.context.found(own);
  if (!sent) return { kind: "lookup", query: own };
  return turn.open(sent.some(({ state }) => state !== "withdrawn") ? "mine" : "proposal");
}

/** The one that was left last, or is being written. */
const draftOf = (flow: string, { parked, active }: Session): Frame | undefined =>
  [...parked, ...active].findLast((frame) => frame.flow === flow);

const goOn = (turn: Turn, draft: Frame): Spoken =>
  top(turn.session)?.id === draft.id ? turn.pending([]) : turn.open(`resume-${draft.id}`);
