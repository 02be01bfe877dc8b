import { isOpen } from "./edition/calendar.ts";
import { takesRequests } from "./edition/eligibility.ts";
import type { Frame } from "./engine/session.ts";
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
  const request = takesRequests(edition, today) ? draftOf("cityuser", turn) : undefined;
  return request ? goOn(turn, request) : turn.open("dates");
};

function proposing(turn: Turn): Spoken {
  const draft = draftOf("proposal", turn);
  if (draft) return goOn(turn, draft);
  const sent = turn.context.found(own);
  if (!sent) return { kind: "lookup", query: own };
  return turn.open(sent.some(({ state }) => state !== "withdrawn") ? "mine" : "proposal-new");
}

/** The one that is being written, or was left last with something in it. */
function draftOf(flow: string, turn: Turn): Frame | undefined {
  const { parked, active } = turn.session;
  return [...parked, ...active].findLast(
    (frame) => frame.flow === flow && (isOnTop(frame, turn) || turn.isWorthKeeping(frame)),
  );
}

const isOnTop = ({ id }: Frame, { session }: Turn): boolean => top(session)?.id === id;

const goOn = (turn: Turn, draft: Frame): Spoken =>
  isOnTop(draft, turn) ? turn.pending([]) : turn.open(`resume-${draft.id}`);
