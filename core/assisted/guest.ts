import { menuDoor } from "../doors.ts";
import type { Door } from "../engine/flow.ts";
import type { Incoming, Text } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";
import { inPerson, phoneOf } from "../topics/contacts.ts";
import { votingDoor } from "../topics/voting-days.ts";
import type { Spoken, Turn } from "../turn.ts";
import { normal } from "../understanding/normal.ts";
import { meeting } from "./allowed.ts";
import { anotherDoor, askToEnd, endDoor, endSession, warnOfEnd } from "./end.ts";
import { minutesLeft } from "./time.ts";

/**
 * What is said before a message is heard: that the session's time is over, or that it was. What was written
 * is not read then, as nobody can tell whose it is.
 */
export function beforeHearing(turn: Turn, incoming: Incoming): Spoken | undefined {
  const { assisted } = turn.session;
  if (assisted)
    return minutesLeft(assisted, turn.context.realNow) === 0 ? endSession(turn, "time") : undefined;
  return givenBack(turn, incoming);
}

/** After a session that the clock ended, whoever was being helped may still be writing: words of ours alone count. */
function givenBack(turn: Turn, incoming: Incoming): Spoken | undefined {
  const { givenBack: wasGuests, ...session } = turn.session;
  if (!wasGuests) return undefined;
  turn.session = session;
  if (incoming.kind === "choice" || incoming.kind === "start") return undefined;
  const isWord =
    incoming.kind === "text" &&
    turn.vocabulary.word(turn.session.language, normal(incoming.text)) !== undefined;
  if (isWord) return undefined;
  return turn.spoken({ notes: [{ key: "assisted.unread" }], doors: [anotherDoor, menuDoor] });
}

/** What a guest's wish opens instead, where it is none of what one can do on somebody else's phone. */
export function insteadFor(turn: Turn, payload: string): Spoken | undefined {
  if (!turn.session.assisted) return undefined;
  const [name, about] = turn.split(payload);
  switch (meeting(name)) {
    case "open":
      return undefined;
    case "vote":
      return noVote(turn);
    case "person":
      return turn.pending([inPerson(turn.context)]);
    case "end":
      return endSession(turn, "facilitator");
    case "session":
      if (about === "end") return askToEnd(turn);
      if (about === "end-yes") return endSession(turn, "facilitator");
      return turn.pending([{ key: "assisted.is_on" }], [endDoor]);
    case "refuse":
      return turn.pending([notHere(turn)]);
  }
}

/** Where one votes, and with whom: never here. */
function noVote(turn: Turn): Spoken {
  const told = turn.open("where");
  if (told.kind === "lookup") return told;
  return { ...told, parts: { ...told.parts, notes: [{ key: "assisted.no_vote" }, ...told.parts.notes] } };
}

const notHere = ({ context }: Turn): Text => ({
  key: "assisted.not_here",
  params: { phone: phoneOf(context.edition) },
});

/** A turn as a guest sees it: without doors to what is not for them, and with the time that is left. */
export function asGuest(turn: Turn, spoken: SpokenNow): SpokenNow {
  const isOver = spoken.effects.some(({ kind }) => kind === "endAssisted");
  if (!spoken.session.assisted || isOver) return spoken;
  const doors = spoken.parts.doors?.flatMap((door) => forGuests(turn, door));
  return warnOfEnd(turn, { ...spoken, parts: { ...spoken.parts, ...(doors && { doors }) } });
}

type SpokenNow = Extract<Spoken, { kind: "spoken" }>;

function forGuests(turn: Turn, door: Door): readonly Door[] {
  const [name] = turn.split(door.opens);
  const met = meeting(name);
  if (met === "refuse") return [];
  return met === "vote" ? [votingDoor("where")] : [door];
}

/** What a guest is told first, before what everybody is. */
export const guestWelcome = ({ assisted }: Session, now: Date): readonly Text[] =>
  assisted ? [{ key: "assisted.welcome", params: { minutes: minutesLeft(assisted, now) } }] : [];
