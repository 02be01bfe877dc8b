import { asksForCode } from "../engine/advance.ts";
import { top } from "../stack.ts";
import type { Spoken, Turn } from "../turn.ts";

/**
 * Warns who typed a secret, and asks the pending question again. The secret is neither an answer nor
 * repeated, and nothing of it stays in the session.
 *
 * @returns `undefined` where there is none, or where it is the code that is being asked for
 */
export function warnOfSecret(turn: Turn, text: string): Spoken | undefined {
  const secret = turn.vocabulary.secret(text);
  const isAskedFor = (secret === "pin" || secret === "code") && isCodePending(turn);
  if (secret === undefined || isAskedFor) return undefined;
  const { pace } = turn.session;
  // What tells one message from the next is short enough to guess a few digits by.
  if (pace) turn.session = { ...turn.session, pace: { ...pace, last: "" } };
  return turn.pending([{ key: `secret.${secret}` }]);
}

function isCodePending({ session, repertoire }: Turn): boolean {
  const frame = top(session);
  const flow = repertoire.flows.find(({ name }) => name === frame?.flow);
  return frame !== undefined && flow !== undefined && asksForCode(flow, frame);
}
