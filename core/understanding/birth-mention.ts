import type { Day } from "../edition/calendar.ts";
import type { Birth } from "../edition/eligibility.ts";
import { readBirth } from "./dates.ts";
import { wordSet } from "./word-set.ts";
import { isFigures, readNumber, splitWords } from "./written-dates.ts";

/**
 * When the writer of a free sentence was born, or their age, where they say so of themselves: "ma io che o
 * 83 anni", "sono nata nel '50", "sono una pensionata di 72 anni". Numbers of euros, of people and of telephones, and how
 * long something lasts, are none; nor is what may be said of somebody else.
 *
 * @param today as for {@link readBirth}
 */
export function findBirth(text: string, today: Day): Birth | undefined {
  const words = splitWords(text);
  if (words.some((word) => family.has(word))) return undefined;
  if (words.filter((word) => births.has(word) || years.has(word)).length > MOST_SAID) return undefined;
  const found = words.flatMap((word, at) =>
    births.has(word) ? bornAt(words, at, today) : ageAt(words, at, today),
  );
  const [first, ...others] = found;
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : undefined;
}

/** Whoever says more of it is not understood surely. */
const MOST_SAID = 4;
/** Whoever names one of these may be asking for them. */
const family = wordSet(
  "figlio figlia figli figlie marito moglie madre padre mamma papa babbo nonno nonna nonni nipote",
  "nipoti fratello sorella suocera suocero zia zio cugino cugina compagno compagna amico amica",
  "vicino vicina ragazzi genitori son daughter children kids husband wife mother father mum dad",
  "grandmother grandfather nephew niece brother sister uncle aunt cousin friend partner",
);

const years = wordSet("anni years year yo yrs");
/** Before one's own age; without its h as often as with it. */
const having = wordSet("ho o avendo compiuto am m aged");
/** What may stand between. */
const meanwhile = wordSet("gia ormai ben piu di already now '");
/** After the number: how long something has lasted, and no age. */
const lasting = wordSet("di fa che of ago in");
const ofAge = wordSet("eta old age");
const self = wordSet("sono io am i");

function ageAt(words: readonly string[], at: number, today: Day): Birth[] {
  const [number = "", unit = "", after = "", last = ""] = words.slice(at, at + 4);
  if (!years.has(unit) || readNumber(number) === undefined) return [];
  if (lasting.has(after) && !ofAge.has(last)) return [];
  const cue = cueBefore(words, at);
  const isOwn = having.has(words[cue] ?? "") && readNumber(words[cue - 1]) === undefined;
  const isOne = words[at - 1] === "di" && words.slice(Math.max(0, at - 5), at).some((word) => self.has(word));
  return isOwn || isOne ? accept(readBirth(`${number} anni`, today)) : [];
}

/** Where the word stands that a number belongs to. */
function cueBefore(words: readonly string[], at: number): number {
  let before = at - 1;
  while (before > at - 4 && meanwhile.has(words[before] ?? "")) before -= 1;
  return before;
}

const births = wordSet("nato nata nat classe born");
/** Words after "nato" in which the date stands: "nata a Piacenza, il 3 maggio del 1949". */
const REACH = 12;

function bornAt(words: readonly string[], at: number, today: Day): Birth[] {
  const short = words[at] === "classe";
  const after = words.slice(at, at + (short ? 3 : REACH));
  // "classe 2 B" is at school, and "nato 3 volte" no birthday: only whole years, or two figures for one.
  const isYear = (word: string) => isFigures(word, 4) && word.length % 2 === 0;
  if (!after.some(isYear)) return [];
  return accept(readBirth(after.join(" "), today)).filter(({ kind }) => kind !== "age");
}

const accept = (reading: ReturnType<typeof readBirth>): Birth[] => (reading.ok ? [reading.birth] : []);
