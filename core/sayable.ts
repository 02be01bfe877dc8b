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

/** The keys of all messages that a turn says, to be read or to be pressed. */
function keysSaid(parts: Parts): readonly string[] {
  const keys: string[] = [];
  const listen = (text: Text) => {
    keys.push(...keysOf(text));
    return "";
  };
  compose(parts, { text: 0, textWithChoices: 0 }, "", listen);
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
