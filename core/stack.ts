import type { Frame, Session } from "./engine/session.ts";

/** What is going on in a session, and what was put aside: every function gives a new session. */

/** Drafts put aside that are kept; beyond, the oldest makes room. */
const MOST_PARKED = 10;

/** What is being done now, if anything: the innermost. */
export const top = ({ active }: Session): Frame | undefined => active.at(-1);

/** Puts a new conversation on top of what is going on. */
export const push = (session: Session, frame: Frame): Session => ({
  ...session,
  active: [...session.active, frame],
});

/** What is on top went on. */
export const replaceTop = (session: Session, frame: Frame): Session => ({
  ...session,
  active: [...session.active.slice(0, -1), frame],
});

export const pop = (session: Session): Session => ({ ...session, active: session.active.slice(0, -1) });

/** Gives the session the next number, for a frame that begins in it. */
export function number(session: Session): readonly [Session, string] {
  const counter = session.counter + 1;
  return [{ ...session, counter }, counter.toString(36)];
}

/** Puts aside what is worth keeping of what is going on, and drops the rest. */
export const park = (session: Session, worthKeeping: (frame: Frame) => boolean): Session => ({
  ...session,
  active: [],
  parked: [...session.parked, ...session.active.filter(worthKeeping)].slice(-MOST_PARKED),
});

/** Puts aside what is on top where it is worth keeping, else drops it; what it lay on comes to the top. */
export const parkTop = (session: Session, worthKeeping: (frame: Frame) => boolean): Session => ({
  ...pop(session),
  parked: [...session.parked, ...session.active.slice(-1).filter(worthKeeping)].slice(-MOST_PARKED),
});

/** Takes up what was put aside; `undefined` where it is not there. */
export function unpark(session: Session, id: string, touchedAt: string): Session | undefined {
  const frame = session.parked.find((one) => one.id === id);
  return frame && push(without(session, id), { ...frame, touchedAt });
}

/** Takes a frame out of wherever it is. */
export const takeOut = (session: Session, id: string): Session => ({
  ...without(session, id),
  active: session.active.filter((one) => one.id !== id),
});

/** Leaves all that goes on of one flow. */
export const withoutFlow = (session: Session, flow: string): Session => ({
  ...session,
  active: session.active.filter((one) => one.flow !== flow),
});

/** Forgets what was put aside under an id. */
export const without = (session: Session, id: string): Session => ({
  ...session,
  parked: session.parked.filter((one) => one.id !== id),
});
