import type { Incoming } from "./engine/message.ts";
import type { Session } from "./engine/session.ts";
import { top } from "./stack.ts";

/** Whether a message is answered at all. */
export type Guarded =
  | { readonly kind: "answer"; readonly session: Session }
  /** Said once, instead of an answer. */
  | { readonly kind: "warn"; readonly session: Session; readonly key: string }
  /** Nothing is said: whoever is there is not reading. */
  | { readonly kind: "silence"; readonly session: Session };

const MINUTE_MS = 60 * 1000;
/** Messages a minute beyond which no person is writing. */
const MOST_A_MINUTE = 300;
/** The same words so often in a row, with the same question pending, are another machine's. */
const MOST_ALIKE = 10;

/**
 * Keeps the assistant from talking for ever with another machine, and one contact from taking
 * everybody's time. Words that differ, or a minute of quiet, make it answer again.
 */
export function guard(session: Session, incoming: Incoming, realNow: Date): Guarded {
  const before = session.pace ?? { since: realNow.toISOString(), count: 0, last: "", alike: 0 };
  const isNewMinute = realNow.getTime() - Date.parse(before.since) >= MINUTE_MS;
  const asked = top(session);
  // Who goes through a lesson writes "avanti" to each of its messages: it is another one that is answered.
  const last = incoming.kind === "text" ? brief(`${asked?.flow}.${asked?.asking} ${incoming.text}`) : "";
  const pace = {
    since: isNewMinute ? realNow.toISOString() : before.since,
    count: isNewMinute ? 1 : before.count + 1,
    last,
    alike: last !== "" && last === before.last ? before.alike + 1 : 1,
  };
  const paced = { ...session, pace };
  if (pace.alike > MOST_ALIKE || pace.count > MOST_A_MINUTE + 1) return { kind: "silence", session: paced };
  if (pace.alike === MOST_ALIKE) return { kind: "warn", session: paced, key: "engine.alike" };
  if (pace.count > MOST_A_MINUTE) return { kind: "warn", session: paced, key: "engine.too_many" };
  return { kind: "answer", session: paced };
}

/** Enough of a text to tell it from another; what people write is not kept for this. */
function brief(text: string): string {
  let digest = 5381;
  for (let at = 0; at < text.length; at++) digest = (digest * 33 + text.charCodeAt(at)) >>> 0;
  return `${text.length} ${digest.toString(36)}`;
}
