import { Defect } from "./defect.ts";
import type { Localised, Text } from "./engine/message.ts";
import { elide, italianDate } from "./italian.ts";
import { makePhrase, type Phrase } from "./phrase.ts";

/** The assistant's words in every language that is complete. */
export interface Words {
  /** Languages that may be offered, the source language first. */
  readonly languages: readonly string[];
  /** What is missing from the languages that are not offered, for those who translate. */
  readonly unfinished: Readonly<Record<string, readonly string[]>>;
  /**
   * Writes a text out. A language that is not offered gets the source language: a person's
   * choice may outlive a translation.
   *
   * @throws Defect naming the key, where a message or what fills it is missing: a defect of ours
   */
  say(language: string, text: Text): string;
  /** Whether there is a message or a list of that key. */
  has(language: string, key: string): boolean;
  /**
   * Words kept as a list, such as the ways of saying yes.
   *
   * @throws Defect naming the key, where there is no such list
   */
  list(language: string, key: string): readonly string[];
}

/** Messages of a language by key: `<file>.<name>`. */
export type Catalogue = Readonly<Record<string, string | readonly string[]>>;

/**
 * @param catalogues by language
 * @param source the language that the others are translated from
 * @throws Defect where the source language itself has a mistake
 */
export function makeWords(catalogues: Readonly<Record<string, Catalogue>>, source = "it"): Words {
  const read = new Map(
    Object.entries(catalogues).map(([language, it]) => [language, makeShelf(language, it)]),
  );
  const original = read.get(source);
  if (!original)
    throw new Defect(`There are no messages in "${source}", which the others are translated from.`);
  if (original.mistakes.length > 0)
    throw new Defect(`Messages in "${source}": ${original.mistakes.join("; ")}`);

  const offered = new Map([[source, original]]);
  const unfinished: Record<string, readonly string[]> = {};
  for (const [language, shelf] of read) {
    const lacks = language === source ? [] : [...shelf.mistakes, ...differences(original, shelf)];
    if (lacks.length > 0) unfinished[language] = lacks;
    else offered.set(language, shelf);
  }

  const shelf = (language: string) => offered.get(language) ?? original;

  function say(language: string, text: Text): string {
    const { phrases, formats, finish } = shelf(language);
    if ("key" in text) {
      const phrase = phrases.get(text.key);
      if (!phrase) throw new Defect(`There is no message "${text.key}".`);
      const values: Record<string, string | number> = {};
      for (const [name, value] of Object.entries(text.params ?? {}))
        values[name] =
          typeof value !== "object"
            ? value
            : "date" in value
              ? formats.date(value.date)
              : say(language, value);
      return finish(phrase.fill(values));
    }
    if ("literal" in text) return localised(text.literal, language, source);
    if ("date" in text) return finish(formats.date(text.date));
    if ("euros" in text) return formats.euros(text.euros);
    if ("lines" in text) return text.lines.map((line) => say(language, line)).join(text.gap ? "\n\n" : "\n");
    return formats.list(text.list.map((item) => say(language, item)));
  }

  return {
    languages: [...offered.keys()],
    unfinished,
    say,
    has: (language, key) => shelf(language).phrases.has(key) || shelf(language).lists.has(key),
    list(language, key) {
      const list = shelf(language).lists.get(key);
      if (!list) throw new Defect(`There is no list of words "${key}".`);
      return list;
    },
  };
}

/** One language, ready to be spoken. */
interface Shelf {
  readonly phrases: ReadonlyMap<string, Phrase>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly formats: ReturnType<typeof makeFormats>;
  /** Puts a message right once everything is in its place. */
  readonly finish: (text: string) => string;
  readonly mistakes: readonly string[];
}

function makeShelf(language: string, catalogue: Catalogue): Shelf {
  const phrases = new Map<string, Phrase>();
  const lists = new Map<string, readonly string[]>();
  const mistakes: string[] = [];
  const locale = localeOf(language);
  for (const [key, words] of Object.entries(catalogue)) {
    if (typeof words !== "string") {
      lists.set(key, words);
      continue;
    }
    const phrase = makePhrase(key, words, locale);
    if (phrase.mistake) mistakes.push(phrase.mistake);
    phrases.set(key, phrase);
  }
  const italian = language === "it";
  const formats = makeFormats(locale, italian ? italianDate : (date) => date);
  return { phrases, lists, formats, finish: italian ? elide : (text) => text, mistakes };
}

/** What a translation lacks, has too much, or fills otherwise than its source. */
function differences(source: Shelf, translation: Shelf): string[] {
  const found: string[] = [];
  for (const [key, phrase] of source.phrases) {
    const other = translation.phrases.get(key);
    if (!other) found.push(`${key} is missing`);
    else if (!other.mistake && other.params.join() !== phrase.params.join())
      found.push(`${key} is filled by (${other.params.join(", ")}) instead of (${phrase.params.join(", ")})`);
  }
  for (const [key, list] of source.lists)
    if (list.length > 0 && !translation.lists.get(key)?.length) found.push(`${key} is missing`);
  for (const key of [...translation.phrases.keys(), ...translation.lists.keys()])
    if (!source.phrases.has(key) && !source.lists.has(key))
      found.push(`${key} is not in the source language`);
  return found;
}

/**
 * Digits stay those that people type back, in every language: "3" must be on the screen of who
 * is to answer 3. English is that of Europe: dates are read with the day first, so they are
 * written so too.
 */
function localeOf(language: string): string {
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

function localised(words: Localised, language: string, source: string): string {
  if (typeof words === "string") return words;
  const found = words[language] ?? words[source] ?? Object.values(words)[0];
  if (found === undefined) throw new Defect("A text of the edition is given in no language.");
  return found;
}
