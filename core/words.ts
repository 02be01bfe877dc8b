import { Defect } from "./defect.ts";
import { fromTheRight, isolated, isRightToLeft } from "./direction.ts";
import type { Localised, Text } from "./engine/message.ts";
import { elide, italianDate } from "./italian.ts";
import { makePhrase, type Phrase } from "./phrase.ts";

/**
 * The assistant's words in every language that is offered. A language may have some files only: what
 * is in the others is offered in another language, never said half.
 */
export interface Words {
  /** Languages that may be offered, the source language first. */
  readonly languages: readonly string[];
  /** What is wrong with a language's files, for those who translate; a file that is named here is not covered. */
  readonly unfinished: Readonly<Record<string, readonly string[]>>;
  /** Languages that a program translated, with files that no person has confirmed. */
  readonly machineMade: readonly string[];
  /** Whether a language has all that a file of the source language says. */
  covers(language: string, file: string): boolean;
  /**
   * Writes a text out. What a language does not have is said in the source language: a person's
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

/** The file that a key belongs to. */
export const fileOf = (key: string): string => key.slice(0, key.indexOf("."));

/** What is known of the translations besides their words. */
export interface Translations {
  /** The language that the others are translated from; Italian unless given. */
  readonly source?: string;
  /** Files without which a language is not offered, as far as the source language has them. */
  readonly needed?: readonly string[];
  readonly machineMade?: readonly string[];
}

/**
 * @param catalogues by language
 * @throws Defect where the source language itself has a mistake
 */
export function makeWords(
  catalogues: Readonly<Record<string, Catalogue>>,
  { source = "it", needed = [], machineMade = [] }: Translations = {},
): Words {
  const read = new Map(
    Object.entries(catalogues).map(([language, it]) => [language, makeShelf(language, it)]),
  );
  const original = read.get(source);
  if (!original)
    throw new Defect(`There are no messages in "${source}", which the others are translated from.`);
  const mistakes = mistakesIn(original);
  if (mistakes.length > 0)
    throw new Defect(`Messages in "${source}": ${mistakes.map(({ what }) => what).join("; ")}`);

  const { files } = original;
  const offered = new Map([[source, original]]);
  const unfinished: Record<string, readonly string[]> = {};
  for (const [language, shelf] of read) {
    if (language === source) continue;
    const lacks = differences(original, shelf);
    const broken = new Set(lacks.map(({ file }) => file));
    const whole = new Set([...shelf.files].filter((file) => files.has(file) && !broken.has(file)));
    const missing = needed.filter((file) => files.has(file) && !whole.has(file));
    const absent = missing.filter((file) => !broken.has(file)).map((file) => `the file ${file} is missing`);
    const told = [...lacks.map(({ what }) => what), ...absent];
    if (told.length > 0) unfinished[language] = told;
    if (missing.length === 0) offered.set(language, { ...shelf, files: whole });
  }

  const covers = (language: string, file: string) => offered.get(language)?.files.has(file) ?? false;
  const shelf = (language: string) => offered.get(language) ?? original;
  /** The language that a key is said in. */
  const speaking = (language: string, key: string) => (covers(language, fileOf(key)) ? language : source);

  function say(asked: string, text: Text): string {
    const language = "key" in text ? speaking(asked, text.key) : asked;
    const { phrases, formats, quoted, finish } = shelf(language);
    /** What fills a message: its own words, or words of others, which may be of another script. */
    const part = (value: string | Text) => {
      if (typeof value === "string") return quoted(value);
      if ("date" in value) return formats.date(value.date);
      const own = "key" in value ? speaking(language, value.key) === language : !("literal" in value);
      return own ? say(language, value) : quoted(say(language, value));
    };
    if ("key" in text) {
      const phrase = phrases.get(text.key);
      if (!phrase) throw new Defect(`There is no message "${text.key}".`);
      const values: Record<string, string | number> = {};
      for (const name of phrase.params) {
        const value = text.params?.[name];
        if (value !== undefined) values[name] = typeof value === "number" ? value : part(value);
      }
      return finish(phrase.fill(values));
    }
    if ("literal" in text) return localised(text.literal, language, source);
    if ("date" in text) return finish(formats.date(text.date));
    if ("euros" in text) return formats.euros(text.euros);
    if ("lines" in text) return text.lines.map((line) => say(language, line)).join(text.gap ? "\n\n" : "\n");
    return formats.list(text.list.map((item) => ("date" in item ? say(language, item) : part(item))));
  }

  return {
    languages: [...offered.keys()],
    unfinished,
    machineMade: machineMade.filter((language) => offered.has(language)),
    covers,
    say,
    has(language, key) {
      const spoken = offered.has(language) ? language : source;
      const { phrases, lists } = shelf(spoken);
      return covers(spoken, fileOf(key)) && (phrases.has(key) || lists.has(key));
    },
    list(language, key) {
      const list = shelf(speaking(language, key)).lists.get(key);
      if (!list) throw new Defect(`There is no list of words "${key}".`);
      return list;
    },
  };
}

/** One language, ready to be spoken. */
interface Shelf {
  readonly files: ReadonlySet<string>;
  readonly phrases: ReadonlyMap<string, Phrase>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly formats: ReturnType<typeof makeFormats>;
  /** Makes words of others ready for their place in a message. */
  readonly quoted: (value: string) => string;
  /** Puts a message right once everything is in its place. */
  readonly finish: (text: string) => string;
}

function makeShelf(language: string, catalogue: Catalogue): Shelf {
  const phrases = new Map<string, Phrase>();
  const lists = new Map<string, readonly string[]>();
  const locale = localeOf(language);
  for (const [key, words] of Object.entries(catalogue))
    if (typeof words === "string") phrases.set(key, makePhrase(key, words, locale));
    else lists.set(key, words);
  const italian = language === "it";
  const formats = makeFormats(locale, italian ? italianDate : (date) => date);
  const files = new Set(Object.keys(catalogue).map(fileOf));
  const asItIs = (text: string) => text;
  const [quoted, finish] = isRightToLeft(language)
    ? [isolated, fromTheRight]
    : [asItIs, italian ? elide : asItIs];
  return { files, phrases, lists, formats, quoted, finish };
}

/** What is wrong with a message, and in which file. */
interface Lack {
  readonly file: string;
  readonly what: string;
}

/** Messages that cannot be used. */
const mistakesIn = ({ phrases }: Shelf): Lack[] =>
  [...phrases].flatMap(([key, { mistake }]) => (mistake ? [{ file: fileOf(key), what: mistake }] : []));

/** What the files of a translation lack, have too much, or fill otherwise than their source. */
function differences(source: Shelf, translation: Shelf): Lack[] {
  const found = mistakesIn(translation);
  const add = (key: string, what: string) => found.push({ file: fileOf(key), what: `${key} ${what}` });
  for (const [key, phrase] of source.phrases) {
    const other = translation.phrases.get(key);
    if (!translation.files.has(fileOf(key))) continue;
    if (!other) add(key, "is missing");
    else if (!other.mistake && other.params.join() !== phrase.params.join())
      add(key, `is filled by (${other.params.join(", ")}) instead of (${phrase.params.join(", ")})`);
  }
  for (const [key, list] of source.lists)
    if (translation.files.has(fileOf(key)) && list.length > 0 && !translation.lists.get(key)?.length)
      add(key, "is missing");
  for (const key of [...translation.phrases.keys(), ...translation.lists.keys()])
    if (!source.phrases.has(key) && !source.lists.has(key)) add(key, "is not in the source language");
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

function localised(words: Localised, language: string, source: string): string {
  if (typeof words === "string") return words;
  const found = words[language] ?? words[source] ?? Object.values(words)[0];
  if (found === undefined) throw new Defect("A text of the edition is given in no language.");
  return found;
}

/** The language of a page: the one asked for, where it has all that the page says, else the first. */
export function pageLanguage(
  { languages, covers }: Pick<Words, "languages" | "covers">,
  asked: string | undefined,
  ...files: readonly string[]
): string {
  const speaks = (one: string) => one === asked && files.every((file) => covers(one, file));
  return languages.find(speaks) ?? languages[0] ?? "it";
}
