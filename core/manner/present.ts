import { compose, type Parts, type Room } from "../compose.ts";
import { takesNumbers } from "../engine/advance.ts";
import type { Choice, Message, Text } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";
import { languageOf } from "../sayable.ts";
import { top } from "../stack.ts";
import type { Repertoire } from "../turn.ts";
import type { Words } from "../words.ts";
import { firstPortion } from "./portions.ts";
import { simply } from "./simple.ts";

/** What a turn is put in words with. */
export interface Speech {
  readonly words: Words;
  readonly repertoire: Repertoire;
  readonly room: Room;
}

/**
 * Puts a turn in words as the person likes to be spoken to, in the language that the session has after it, and
 * remembers what can be pressed.
 */
export function present(
  parts: Parts,
  session: Session,
  { words, repertoire, room }: Speech,
): { readonly session: Session; readonly message: Message } {
  const { profile, ahead: _, ...rest } = session;
  const language = languageOf(words, session.language, parts);
  const simple = {
    has: (key: string) => words.has(language, key),
    acronyms: words.list(language, "manner.acronyms"),
  };
  const say = (text: Text) => words.say(language, profile?.simple ? simply(text, simple) : text);
  const composed = compose(parts, profile?.numbers ? withNumbers(parts, room, say) : room, language, say);
  const kept: Session = { ...rest, ...(profile && { profile }) };
  const [message, ahead] =
    profile?.simple && !parts.whole
      ? firstPortion(composed, say({ key: "manner.option.ahead" }))
      : [composed, undefined];
  const isNumbered = !typesNumbers(repertoire, session);
  return {
    session: { ...kept, screen: [...message.choices], ...(ahead && { ahead }) },
    message: profile?.numbers ? written(message, isNumbered) : message,
  };
}

/** Whether a number that is typed answers the pending question, and is no choice's. */
export function typesNumbers({ flows }: Repertoire, session: Session): boolean {
  const frame = top(session);
  const flow = flows.find(({ name }) => name === frame?.flow);
  return frame !== undefined && flow !== undefined && takesNumbers(flow, frame);
}

/** What can be pressed, written under one another to be typed: by number, or by the words where a number is an answer. */
function written(message: Message, isNumbered: boolean): Message {
  const lines = listed(message.choices, isNumbered);
  return lines === "" ? message : { ...message, text: `${message.text}\n\n${lines}`, choices: [] };
}

const listed = (choices: readonly Pick<Choice, "label">[], isNumbered: boolean): string =>
  choices.map(({ label }, at) => `${isNumbered ? `${at + 1}.` : "•"} ${label}`).join("\n");

/** The room that is left where what can be pressed is written out. */
function withNumbers({ question, doors = [] }: Parts, room: Room, say: (text: Text) => string): Room {
  const labels = [...(question?.options ?? []), ...doors].map(({ label }) => ({ label: say(label) }));
  const text = room.text - listed(labels, true).length - 2;
  return { text, textWithChoices: text };
}
