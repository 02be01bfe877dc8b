import { Defect } from "./defect.ts";
import type { Localised, Text } from "./engine/message.ts";
import { type Catalogue, differences, fileOf, type Library, makeShelf, mistakesIn } from "./shelf.ts";

/**
 * The assistant's words in every language that is offered. A language may have some files only: what
 * is in the others is offered in another language, never said half.
 */
export interface Words {
  /** Languages that may be offered, the source language first. */
  readonly languages: readonly string[];
  /**
   * What is wrong with a language's files, for those who translate; a file that is named here is not covered.
   * To tell, all of them are read.
   */
  unfinished(): Readonly<Record<string, readonly string[]>>;
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

/** What is known of the translations besides their words. */
export interface Translations {
  /** The language that the others are translated from; Italian unless given. */
  readonly source?: string;
  /** Files without which a language is not offered, as far as the source language has them. */
  readonly needed?: readonly string[];
  readonly machineMade?: readonly string[];
}

/**
 * Of translations, only the files that are needed to offer a language are read before somebody speaks it.
 *
 * @param catalogues by language
 * @throws Defect where the source language itself has a mistake
 */
export function makeWords(
  catalogues: Readonly<Record<string, Catalogue | Library>>,
  { source = "it", needed = [], machineMade = [] }: Translations = {},
): Words {
  const read = new Map(
    Object.entries(catalogues).map(([language, it]) => [language, makeShelf(language, it)]),
  );
  const original = read.get(source);
  if (!original)
    throw new Defect(`There are no messages in "${source}", which the others are translated from.`);
  const mistakes = [...original.files].flatMap((file) => mistakesIn(original, file));
  if (mistakes.length > 0) throw new Defect(`Messages in "${source}": ${mistakes.join("; ")}`);

  const compared = new Map<string, readonly string[]>();
  /** What is wrong with a file of a language; nothing where it is whole. */
  function wrongIn(language: string, file: string): readonly string[] {
    const place = `${language}/${file}`;
    const translation = read.get(language);
    const known =
      compared.get(place) ??
      (translation?.files.has(file)
        ? differences(original ?? translation, translation, file)
        : [`the file ${file} is missing`]);
    compared.set(place, known);
    return known;
  }
  const required = needed.filter((file) => original.files.has(file));
  const isWhole = (language: string, file: string) => wrongIn(language, file).length === 0;
  const languages = [
    source,
    ...[...read.keys()].filter(
      (language) => language !== source && required.every((file) => isWhole(language, file)),
    ),
  ];
  const offered = new Set(languages);
  const covers = (language: string, file: string) =>
    offered.has(language) && original.files.has(file) && (language === source || isWhole(language, file));
  const shelf = (language: string) => (offered.has(language) && read.get(language)) || original;
  /** The language that a key is said in. */
  const speaking = (language: string, key: string) => (covers(language, fileOf(key)) ? language : source);

  function say(asked: string, text: Text): string {
    const language = "key" in text ? speaking(asked, text.key) : asked;
    const { leaf, formats, quoted, finish } = shelf(language);
    /** What fills a message: its own words, or words of others, which may be of another script. */
    const part = (value: string | Text) => {
      if (typeof value === "string") return quoted(value);
      if ("date" in value) return formats.date(value.date);
      const own = "key" in value ? speaking(language, value.key) === language : !("literal" in value);
      return own ? say(language, value) : quoted(say(language, value));
    };
    if ("key" in text) {
      const phrase = leaf(fileOf(text.key)).phrases.get(text.key);
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
    languages,
    unfinished() {
      const told = [...read].flatMap(([language, { files }]) => {
        if (language === source) return [];
        const wrong = [...new Set([...files, ...required])].flatMap((file) => wrongIn(language, file));
        return wrong.length > 0 ? [[language, wrong] as const] : [];
      });
      return Object.fromEntries(told);
    },
    machineMade: machineMade.filter((language) => offered.has(language)),
    covers,
    say,
    has(language, key) {
      const spoken = offered.has(language) ? language : source;
      const { phrases, lists } = shelf(spoken).leaf(fileOf(key));
      return covers(spoken, fileOf(key)) && (phrases.has(key) || lists.has(key));
    },
    list(language, key) {
      const list = shelf(speaking(language, key)).leaf(fileOf(key)).lists.get(key);
      if (!list) throw new Defect(`There is no list of words "${key}".`);
      return list;
    },
  };
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
