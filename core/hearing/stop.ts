import { DOOR } from "../compose.ts";
import { menuDoor } from "../doors.ts";
import type { Incoming } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";
import { stop } from "../topics/remind.ts";
import type { Spoken, Turn } from "../turn.ts";
import { normal } from "../understanding/normal.ts";

/* Whoever wants no more messages is heard in any state: no question comes before it. */

/** What it opens. */
export const STOP = stop.name;

/** Whether somebody says that they want no more messages, in any of the languages. */
export const saysStop = ({ vocabulary, session }: Turn, text: string): boolean =>
  vocabulary.word(session.language, normal(text)) === STOP;

/**
 * Stops for who has not written for so long that they are asked first who they are: nothing of what was written
 * before is shown, and it is no wrong answer.
 *
 * @param before the session as it was before they were asked
 * @returns `undefined` where they say something else
 */
export function stopAsleep(turn: Turn, incoming: Incoming, before: Session): Spoken | undefined {
  if (turn.session.asleep === undefined || !isStop(turn, incoming)) return undefined;
  turn.session = { ...turn.session, asleep: before.asleep ?? 0 };
  const { say, effects = [] } = stop.answer(turn.context, turn.session, "");
  const spoken = turn.spoken({ notes: [say], doors: [menuDoor] });
  return spoken.kind === "lookup" ? spoken : { ...spoken, effects };
}

function isStop(turn: Turn, incoming: Incoming): boolean {
  switch (incoming.kind) {
    case "text":
    case "edited":
      return saysStop(turn, incoming.text);
    case "choice":
      return incoming.data === DOOR + STOP;
    case "start":
      return incoming.payload === STOP;
    default:
      return false;
  }
}
