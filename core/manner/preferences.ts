import { DOOR } from "../compose.ts";
import type { Door } from "../engine/flow.ts";
import type { Incoming, Text } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";
import { top } from "../stack.ts";
import type { Command, Spoken, Turn } from "../turn.ts";
import { normal as normalised } from "../understanding/normal.ts";
import { AHEAD, type Ahead, goesOn } from "./portions.ts";

/* How the person likes to be spoken to: remembered until they say otherwise, or are forgotten. */

type Profile = NonNullable<Session["profile"]>;

/** Speaks simply from now on. */
export const simply = (turn: Turn): void => prefer(turn, { simple: true });

function prefer(turn: Turn, change: Partial<Profile>): void {
  const { profile: before, ...session } = turn.session;
  const profile = { simple: false, numbers: false, ...before, ...change };
  turn.session = { ...session, misses: 0, ...((profile.simple || profile.numbers) && { profile }) };
}

/** Speaks simply from now on, beginning with what was being asked. */
export const simpler: Command = (turn) => {
  prefer(turn, { simple: true });
  return turn.pending([{ key: "manner.simpler" }], [normalDoor, numbersDoor]);
};

/** The same for who comes by a link that was made for it. */
export const simple: Command = (turn) => {
  prefer(turn, { simple: true });
  return turn.home();
};

/** As before all of it. */
export const normal: Command = (turn) => {
  prefer(turn, { simple: false, numbers: false });
  return turn.pending([{ key: "manner.normal" }]);
};

/** Writes choices out, to be typed: for who finds buttons hard to press. */
export const numbers: Command = (turn) => {
  prefer(turn, { numbers: true });
  return turn.pending([{ key: "manner.numbers" }]);
};

export const buttons: Command = (turn) => {
  prefer(turn, { numbers: false });
  return turn.pending([{ key: "manner.buttons" }]);
};

/** The portion that was said last, where more is ahead or nothing is being asked; else the question. */
export const repeat: Command = (turn) => {
  const { ahead } = turn.session;
  return ahead && (ahead.left !== "" || !top(turn.session)) ? sayAgain(turn, ahead) : turn.pending([]);
};

/**
 * Goes on with what is ahead, where that was pressed. What waits for the next message waits on: it is that
 * which comes after the last portion.
 *
 * @param pressed what was pressed, on the screen or by typing it
 */
export function goAhead(turn: Turn, incoming: Incoming, pressed: string | undefined): Spoken | undefined {
  const isPressed =
    pressed?.startsWith(`${DOOR}${AHEAD}-`) ?? (pressed === undefined && isOnward(turn, incoming));
  if (!isPressed) return undefined;
  const { sentence } = turn;
  if (sentence !== undefined) turn.session = { ...turn.session, sentence };
  const { ahead } = turn.session;
  if (!ahead) return turn.pending([]);
  return goesOn(pressed, ahead) ? say(turn, { literal: ahead.left }, ahead) : sayAgain(turn, ahead);
}

/** Said once more than there is something ahead. */
const isOnward = ({ session, context }: Turn, incoming: Incoming): boolean =>
  session.ahead !== undefined &&
  incoming.kind === "text" &&
  normalised(incoming.text) === normalised(context.say({ key: "manner.option.ahead" }));

const sayAgain = (turn: Turn, ahead: Ahead): Spoken => {
  const portions = [ahead.said, ahead.left].filter((text) => text !== "");
  return say(turn, { lines: portions.map((literal) => ({ literal })), gap: true }, ahead);
};

const say = (turn: Turn, text: Text, { choices, link }: Ahead): Spoken =>
  turn.spoken({
    notes: [],
    question: { text, options: choices.map(({ data, label }) => ({ data, label: { literal: label } })) },
    ...(link && { link: { url: link.url, label: { literal: link.label } } }),
  });

/** What is remembered of it, in words. */
export const mannerOf = ({ profile }: Session): readonly Text[] => [
  ...(profile?.simple ? [{ key: "manner.how.simple" }] : []),
  ...(profile?.numbers ? [{ key: "manner.how.numbers" }] : []),
];

const door = (name: string): Door => ({ opens: name, label: { key: `manner.option.${name}` } });
const normalDoor = door("normal");
const numbersDoor = door("numbers");
