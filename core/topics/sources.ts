import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";

/** What a statement rests on, in a few words: "Fonte: …". */
export function source(edition: Edition, keys: readonly string[]): Text {
  return { key: "sources.source", params: { sources: titles(edition, [...new Set(keys)]) } };
}

/** The titles of documents, in a row. */
export const titles = (edition: Edition, keys: readonly string[]): Text => ({
  list: keys.map((key) => ({ literal: edition.sources[key]?.title ?? key })),
});

/** Something to be said, with what it rests on. */
export interface Sourced {
  readonly say: Text;
  readonly sources: readonly string[];
}

/** Paragraphs, with what they rest on below, if anything. */
export const sourced = (edition: Edition, paragraphs: readonly Text[], keys: readonly string[]): Text => ({
  lines: [...paragraphs, ...(keys.length > 0 ? [source(edition, keys)] : [])],
  gap: true,
});

/** Several such things, then paragraphs that rest on nothing but the edition's silence, with all the sources below. */
export const together = (edition: Edition, told: readonly Sourced[], more: readonly Text[] = []): Text =>
  sourced(
    edition,
    [...told.map(({ say }) => say), ...more],
    told.flatMap(({ sources }) => sources),
  );
