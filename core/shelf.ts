import { Defect } from "./defect.ts";
import { fromTheRight, isolated, isRightToLeft } from "./direction.ts";
import { elide, italianDate } from "./italian.ts";
import { makePhrase, type Phrase } from "./phrase.ts";

/** Messages of a language by key: `<file>.<name>`. */
export type Catalogue = Readonly<Record<string, string | readonly string[]>>;

/** The messages of a language, file by file, as they are asked for. */
export interface Library {
  readonly files: readonly string[];
  read(file: string): Catalogue;
}

/** The file that a key belongs to. */
export const fileOf = (key: string): string => key.slice(0, key.indexOf("."));

/** A file of messages, ready to be said. */
interface Leaf {
  readonly phrases: ReadonlyMap<string, Phrase>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** One language, ready to be spoken. */
export interface Shelf {
  readonly files: ReadonlySet<string>;
  /** What a file holds; it is read the first time. */
  leaf(file: string): Leaf;
  readonly formats: ReturnType<typeof makeFormats>;
  /** Makes words of others ready for their place in a message. */
  readonly quoted: (value: string) => string;
  /** Puts a message right once everything is in its place. */
  readonly finish: (text: string) => string;
}

const EMPTY: Leaf = { phrases: new Map(), lists: new Map() };

/** @param messages all of them, or file by file */
export function makeShelf(language: string, messages: Catalogue | Library): Shelf {
  const { files, read } = isLibrary(messages) ? messages : libraryOf(messages);
  const locale = localeOf(language);
  const known = new Map<string, Leaf>();
  const italian = language === "it";
  const asItIs = (text: string) => text;
  const [quoted, finish] = isRightToLeft(language)
    ? [isolated, fromTheRight]
    : [asItIs, italian ? elide : asItIs];
  const there = new Set(files);
  return {
    files: there,
    leaf(file) {
      if (!there.has(file)) return EMPTY;
      const leaf = known.get(file) ?? makeLeaf(read(file), locale);
      known.set(file, leaf);
      return leaf;
    },
    formats: makeFormats(locale, italian ? italianDate : (date) => date),
    quoted,
    finish,
  };
}

const isLibrary = (messages: Catalogue | Library): messages is Library =>
  typeof messages["read"] === "function";

function libraryOf(catalogue: Catalogue): Library {
  const entries = Object.entries(catalogue);
  return {
    files: [...new Set(entries.map(([key]) => fileOf(key)))],
    read: (file) => Object.fromEntries(entries.filter(([key]) => fileOf(key) === file)),
  };
}

function makeLeaf(catalogue: Catalogue, locale: string): Leaf {
  const phrases = new Map<string, Phrase>();
  const lists = new Map<string, readonly string[]>();
  for (const [key, words] of Object.entries(catalogue))
    if (typeof words === "string") phrases.set(key, makePhrase(key, words, locale));
    else lists.set(key, words);
  return { phrases, lists };
}

/** Messages of a file that cannot be used. */
export const mistakesIn = (shelf: Shelf, file: string): string[] =>
  [...shelf.leaf(file).phrases.values()].flatMap(({ mistake }) => mistake ?? []);

/** What a file of a translation lacks, has too much, or fills otherwise than its source. */
export function differences(source: Shelf, translation: Shelf, file: string): string[] {
  const [original, own] = [source.leaf(file), translation.leaf(file)];
  const found = mistakesIn(translation, file);
  for (const [key, phrase] of original.phrases) {
    const other = own.phrases.get(key);
    if (!other) found.push(`${key} is missing`);
    else if (!other.mistake && other.params.join() !== phrase.params.join())
      found.push(`${key} is filled by (${other.params.join(", ")}) instead of (${phrase.params.join(", ")})`);
  }
  for (const [key, list] of original.lists)
    if (list.length > 0 && !own.lists.get(key)?.length) found.push(`${key} is missing`);
  for (const key of [...own.phrases.keys(), ...own.lists.keys()])
    if (!original.phrases.has(key) && !original.lists.has(key))
      found.push(`${key} is not in the source language`);
  return found;
}

/**
 * Digits stay those that people type back, in every language: "3" must be on the screen of who
 * is to answer 3. English is that of Europe: dates are read with the day first, so they are
 * written so too.
 */
export function localeOf(language: string): string {
  return `${language === "en" ? "en-GB" : language}-u-nu-latn`;
}

function makeFormats(locale: string, dated: (date: string) => string) {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const euros = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "EUR",
    maximumFractionDigits: 0,
    // Italian would otherwise write 3000 € beside 25.000 €.
    useGrouping: "always",
  });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  return {
    /** A calendar day has no time zone: read and written in UTC, it stays the same day everywhere. */
    date(day: string): string {
      const instant = new Date(`${day}T00:00:00Z`);
      if (Number.isNaN(instant.getTime())) throw new Defect("A date to be written is not YYYY-MM-DD.");
      return dated(plainSpaces(date.format(instant)));
    },
    euros: (amount: number) => plainSpaces(euros.format(amount)),
    list: (items: readonly string[]) => list.format(items),
  };
}

/** No-break spaces would keep a search for "3.000 €" in the chat from finding it. */
function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}
