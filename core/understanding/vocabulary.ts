import { CODE_LENGTH, CODE_LETTERS, LONG_CODE_LENGTH } from "../codes.ts";
import type { Localised } from "../engine/message.ts";
import type { Words } from "../words.ts";
import { normal } from "./normal.ts";
import { type FindScam, makeFindScam } from "./scam.ts";
import { type FindSecret, makeFindSecret } from "./secrets.ts";
import { type FindTrouble, makeFindTrouble } from "./trouble.ts";

/** Exact words and phrases that open something, whoever writes them and whenever. */
export interface Vocabulary {
  readonly languages: readonly string[];
  nameOf(language: string): string;
  has(language: string, key: string): boolean;
  /** Whether a language has all that a file says. */
  covers(language: string, file: string): boolean;
  /** Whether what a language says was made by a program, and no person has confirmed all of it. */
  isMachineMade(language: string): boolean;
  /** Another language that a whole message is in, as its script or the lists of words tell. */
  otherLanguage(language: string, said: string): string | undefined;
  /** Whether somebody says that they, or somebody with them, are in danger. */
  emergency(said: string): boolean;
  /** The secret that somebody typed, such as a PIN. */
  readonly secret: FindSecret;
  /** What a sentence says has gone wrong, where what it opens has an answer to that. */
  readonly trouble: FindTrouble;
  /** What to answer to who tells of a scam, asks whether it is one, or was taken in. */
  readonly scam: FindScam;
  /** Whether somebody agrees, in any of the languages. */
  yes(said: string): boolean;
  /** Whether somebody says that what was heard of them is wrong, in any of the languages. */
  no(said: string): boolean;
  /** Words that work in any state, and names of tasks: `menu`, `indietro`, `proposta`. */
  word(language: string, said: string): string | undefined;
  /** Questions that can be recognised even where a free text is being asked for: `quanto costa`. */
  question(language: string, said: string): string | undefined;
  /** All of these, and words too short to interrupt a question: `date`, `ciao`. */
  subject(language: string, said: string): string | undefined;
}

/**
 * Reads the lists of `locales/<language>/words.yaml`. A word is looked for in the person's language
 * first, then in the others: who has changed language by mistake can still find the way back.
 *
 * A phrase with `{code}` in it is said with the code of a proposal there, and opens its payload with that
 * code: `progetto K7QM4X` → `project-K7QM4X`. `{pass}` stands for a long code: `codice K7QM-4XAC` → `with-K7QM4XAC`.
 *
 * @param name what the edition is called: stands for `{edition}` in the lists
 */
export function makeVocabulary(words: Words, payloads: Payloads, name: Localised): Vocabulary {
  const named = (phrase: string, language: string) =>
    phrase.replace("{edition}", words.say(language, { literal: name }));
  const index = (kind: keyof Payloads) =>
    new Map(
      words.languages.map((language) => [
        language,
        new Map(
          payloads[kind].flatMap((payload) =>
            words
              .list(language, `words.${kind}.${payload}`)
              .map((phrase): [string, string] => [normalPhrase(named(phrase, language)), payload]),
          ),
        ),
      ]),
    );
  const indexes = { word: index("word"), question: index("question"), subject: index("subject") };
  const alarms = words.languages.flatMap((language) => words.list(language, "words.emergency").map(normal));
  const agreeing = new Set(
    words.languages.flatMap((language) => words.list(language, "suggested.yes").map(normal)),
  );
  const denying = new Set(
    words.languages.flatMap((language) => words.list(language, "voice.no").map(normal)),
  );
  const lookExactly = (kind: keyof Payloads, language: string, said: string) => {
    for (const one of [language, ...words.languages]) {
      const payload = indexes[kind].get(one)?.get(said);
      if (payload) return payload;
    }
    return undefined;
  };
  const look = (kind: keyof Payloads, language: string, said: string) => {
    const exactly = lookExactly(kind, language, said);
    if (exactly !== undefined) return exactly;
    for (const { gap, filled } of GAPS) {
      const code = filled.exec(said)?.[0];
      const payload = code && lookExactly(kind, language, said.slice(0, -code.length) + gap);
      if (payload) return `${payload}-${code.replace(" ", "").toUpperCase()}`;
    }
    return undefined;
  };
  const isKnown = (language: string, said: string) =>
    Object.values(indexes).some((lists) => lists.get(language)?.has(said));
  const scripts = words.languages.flatMap((language) => {
    const { script = LATIN } = new Intl.Locale(language).maximize();
    return script === LATIN ? [] : [{ language, letter: new RegExp(`\\p{Script=${script}}`, "u") }];
  });
  return {
    languages: words.languages,
    nameOf: (language) => words.say(language, { key: "engine.language_name" }),
    has: (language, key) => words.has(language, key),
    covers: (language, file) => words.covers(language, file),
    isMachineMade: (language) => words.machineMade.includes(language),
    otherLanguage(language, said) {
      const written = scripts.find(({ letter }) => letter.test(said))?.language;
      const heard =
        written ?? (isKnown(language, said) ? language : words.languages.find((one) => isKnown(one, said)));
      return heard === language ? undefined : heard;
    },
    secret: makeFindSecret(words),
    trouble: makeFindTrouble(words),
    scam: makeFindScam(words),
    yes: (said) => agreeing.has(said),
    emergency: (said) => alarms.some((alarm) => ` ${said} `.includes(` ${alarm} `)),
    no: (said) => denying.has(said),
    word: (language, said) => look("word", language, said),
    question: (language, said) => look("question", language, said),
    subject: (language, said) => look("question", language, said) ?? look("subject", language, said),
  };
}

/** ISO 15924. */
const LATIN = "Latn";
const letters = (count: number) => `[${CODE_LETTERS.toLowerCase()}]{${count}}`;

/** What stands for a code in a phrase, and such a code as the last word of what was said: long ones may be parted. */
const GAPS = [
  { gap: "{code}", filled: new RegExp(`\\b${letters(CODE_LENGTH)}$`) },
  {
    gap: "{pass}",
    filled: new RegExp(`\\b${letters(LONG_CODE_LENGTH / 2)} ?${letters(LONG_CODE_LENGTH / 2)}$`),
  },
] as const;

/** A phrase of the lists as {@link normal} leaves what is said; a code's place stays as it is. */
function normalPhrase(phrase: string): string {
  const { gap } = GAPS.find((one) => phrase.endsWith(one.gap)) ?? {};
  return gap === undefined ? normal(phrase) : `${normal(phrase.slice(0, -gap.length))} ${gap}`;
}

/** What the lists of words open, by list. */
export interface Payloads {
  readonly word: readonly string[];
  readonly question: readonly string[];
  readonly subject: readonly string[];
}
