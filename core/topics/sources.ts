import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";

/** What a statement rests on, in a few words: "Fonte: …". */
export function source(edition: Edition, keys: readonly string[]): Text {
  const titles = [...new Set(keys)].flatMap((key): Text[] => {
    const found = edition.sources[key];
    return found ? [{ literal: found.title }] : [];
  });
  return { key: "sources.source", params: { sources: { list: titles } } };
}

/** Paragraphs, with what they rest on below, if anything. */
export const sourced = (edition: Edition, paragraphs: readonly Text[], keys: readonly string[]): Text => ({
  lines: [...paragraphs, ...(keys.length > 0 ? [source(edition, keys)] : [])],
  gap: true,
});
