import { compose, type Parts } from "./compose.ts";
import type { Text } from "./engine/message.ts";
import type { Words } from "./words.ts";

/** The keys of all messages that a text is made of. */
function keysOf(text: Text): readonly string[] {
  if ("key" in text) {
    const fillings = Object.values(text.params ?? {}).filter((value) => typeof value === "object");
    return [text.key, ...fillings.flatMap(keysOf)];
  }
  if ("lines" in text) return text.lines.flatMap(keysOf);
  return "list" in text ? text.list.flatMap(keysOf) : [];
}

/** Room is made by shortening rows of answers; where there are none, any will do. */
const NO_ROWS = { text: 0, textWithChoices: 0 };

/** The keys of all messages that a turn says, to be read or to be pressed. */
function keysSaid(parts: Parts): readonly string[] {
  const keys: string[] = [];
  const listen = (text: Text) => {
    keys.push(...keysOf(text));
    return "";
  };
  compose(parts, NO_ROWS, "", listen);
  return keys;
}

/**
 * Whether a language has all the words of a turn. What the edition and people say is quoted as it is.
 *
 * @param has whether there is a message of that key in the language
 */
export const canSay = (has: (key: string) => boolean, parts: Parts): boolean => keysSaid(parts).every(has);

/** The language that a message goes out in: what one lacks a word of is said in the first, never half translated. */
export const languageOf = (words: Pick<Words, "languages" | "has">, asked: string, parts: Parts): string =>
  canSay((key) => words.has(asked, key), parts) ? asked : (words.languages[0] ?? "it");

/**
 * A message that is no answer, such as a notice, in the language of who gets it.
 *
 * @param parts without a question: nothing is being asked
 */
export function noticeIn(words: Words, asked: string, parts: Pick<Parts, "notes" | "doors">) {
  const language = languageOf(words, asked, parts);
  return { ...compose(parts, NO_ROWS, language, (text) => words.say(language, text)), language };
}
