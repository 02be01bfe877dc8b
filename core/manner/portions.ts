import { DOOR } from "../compose.ts";
import type { Choice, Message } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";

/* One idea a message, for who asked for it: the rest waits in the session until it is wanted. */

/** What one portion says, in UTF-16 code units: about what a phone shows in large letters. */
const USUAL = 350;
/** A line such as a heading or a source is not worth a message of its own. */
const SHORT = 100;
/** A last paragraph that is no longer may be several sources. */
const SOURCE = 200;
/** The most that one portion says. */
export const LONGEST = USUAL + SHORT;

/** Opens what is ahead; what follows tells which portion it goes on from. */
export const AHEAD = "ahead";

/** What was said last to who gets one portion at a time, and what comes after it. */
export type Ahead = NonNullable<Session["ahead"]>;

/**
 * The first portion of a message, and what is ahead of it. What can be pressed, and a link, come with the
 * last one, beside the question; a document and a picture with the first, so that neither is lost with what
 * somebody does not wait for. A message that only turns the page of its choices is given whole.
 *
 * @param onward the label of the choice that goes on
 */
export function firstPortion(message: Message, onward: string): readonly [Message, Ahead] {
  const { text, choices, link, ...rest } = message;
  const [said, left] = message.page ? [text, ""] : split(text);
  const ahead: Ahead = { said, left, choices: [...choices], ...(link && { link }) };
  if (left === "") return [message, ahead];
  return [{ ...rest, text: said, choices: [goOn(ahead, onward)] }, ahead];
}

const goOn = ({ left }: Ahead, label: string): Choice => ({ data: dataOf(left), label });

/** A button that was pressed before, or twice, has another length behind it. */
const dataOf = (left: string): string => `${DOOR}${AHEAD}-${left.length}`;

/** Whether something that was pressed goes on with what is ahead. */
export const goesOn = (data: string | undefined, ahead: Ahead | undefined): boolean =>
  ahead !== undefined && ahead.left !== "" && data === dataOf(ahead.left);

/**
 * Splits a text where a reader takes breath: after a paragraph, else a line, else a sentence, else a word.
 * Nothing but the space between is lost.
 */
function split(words: string): readonly [said: string, left: string] {
  const text = words.trim();
  if (text.length <= USUAL) return [text, ""];
  const latest = lastBreak(text.slice(0, USUAL + 1)) ?? wholeCharacters(text);
  const earlier = lastBreak(text.slice(0, latest).trimEnd());
  const breaks = [afterShort(text, latest), latest, earlier].filter((at) => at !== undefined);
  const at = breaks.find((end) => !isSource(text.slice(end).trimStart())) ?? latest;
  return [text.slice(0, at).trimEnd(), text.slice(at).trimStart()];
}

/** Where a paragraph ends that comes after a break and is too short to be told apart from what is before it. */
function afterShort(text: string, at: number): number | undefined {
  const [next = ""] = text.slice(at).trimStart().split("\n\n", 1);
  const end = text.indexOf(next, at) + next.length;
  return next.length <= SHORT && end <= LONGEST && !next.endsWith(":") ? end : undefined;
}

/** What is left of a text may be no more than where it comes from. */
const isSource = (left: string): boolean => left !== "" && left.length <= SOURCE && !left.includes("\n\n");

/** What announces something stays with it. */
const BREAKS = [/(?<!:)\n\n/g, /(?<![:\n])\n(?!\n)/g, /[.!?…]["»)]?\s/g, /\s/g];

/** Where a reader takes breath last: not so soon that a heading is left alone. */
const lastBreak = (window: string): number | undefined =>
  BREAKS.map((mark) => lastEnd(window, mark)).find((end) => end > SHORT);

/** Where the last mark ends; 0 where there is none. */
function lastEnd(window: string, mark: RegExp): number {
  const last = [...window.matchAll(mark)].at(-1);
  return last ? last.index + last[0].length : 0;
}

/** A letter that takes two code units is not cut in two. */
const wholeCharacters = (text: string): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(USUAL - 1)) ? USUAL - 1 : USUAL;
