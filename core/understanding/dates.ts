import { addDays, ageOn, type Day } from "../edition/calendar.ts";
import type { Birth } from "../edition/eligibility.ts";
import { needsDay, readMonth } from "./months.ts";
import {
  daysOfYear,
  isFigures,
  namedDate,
  numericDate,
  readNumber,
  splitWords,
  type WrittenDate,
} from "./written-dates.ts";

export type BirthProblem =
  /** Nothing that is a date, a year or an age. */
  | "none"
  /** A birthday without its year, and no age beside it. */
  | "noYear"
  /** "quasi 16", "tra un mese", "compie 16 anni": the age today is not said. */
  | "unclear"
  /** Two different dates, years or ages. */
  | "several"
  /** A day that no calendar has, or an age that nobody reaches. */
  | "impossible"
  | "future";

export type BirthReading =
  | { readonly ok: true; readonly birth: Birth }
  | { readonly ok: false; readonly problem: BirthProblem };

/** Nobody is known to have lived longer than 122 years. */
const longestLife = 122;

/**
 * Reads when somebody was born, or their age: "12/3/50", "nata il 3 maggio '49", "nel 1950", "ho 83
 * anni", "fa 16 anni il 3 ottobre". The day comes before the month. A year of two digits is the
 * latest that is not in the future. What says most counts: a date before an age, an age before a year.
 *
 * @param today ages are meant on it, and birthdays around it
 */
export function readBirth(text: string, today: Day): BirthReading {
  const words = splitWords(text);
  const readings = [dates, birthdays, hedges, ages, withoutYear, years, bareNumber];
  for (const read of readings) {
    const [first, ...others] = read(words, today);
    if (first === undefined) continue;
    const same = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
    return same ? first : refuse("several");
  }
  return refuse("none");
}

/** "12/3/50", "1950-03-12", "3 maggio 1949", "May 3rd, 1949". */
function dates(words: readonly string[], today: Day): BirthReading[] {
  return words.flatMap((_, at) => {
    const found = numericDate(words, at) ?? namedDate(words, at);
    return found === undefined ? [] : [fullDate(found, today)];
  });
}

const turning = new Set([
  "fa",
  "faccio",
  "fara",
  "faro",
  "compie",
  "compio",
  "compira",
  "turn",
  "turns",
  "be",
  // Romanian, Albanian, Arabic; so below.
  "fac",
  "face",
  "implinesc",
  "implineste",
  "mbush",
  "mbushi",
  "ساتم",
  "سيتم",
  "سابلغ",
  "سيبلغ",
]);
const turned = new Set([
  ...["fatto", "fatti", "compiuto", "compiuti", "turned", "implinit", "mbushur", "اتممت", "بلغت"],
]);

/** "fa 16 anni il 3 ottobre", "ha compiuto 16 anni il 3 maggio": a date, as the birthday is the next or the last. */
function birthdays(words: readonly string[], today: Day): BirthReading[] {
  const verb = words.findIndex((word) => turning.has(word) || turned.has(word));
  if (verb === -1) return [];
  const [found, ...others] = daysOfYear(words);
  if (found === undefined) return [];
  if (others.length > 0) return [refuse("several")];
  const rest = words.map((word, at) => (at >= found.start && at < found.end ? "" : word));
  const isAge = (word: string) => !articles.has(word) && readNumber(word) !== undefined;
  const age = readNumber(rest.slice(verb).find(isAge) ?? rest.slice(0, verb).findLast(isAge));
  return age === undefined ? [] : [birthday({ age, ...found }, turning.has(words[verb] ?? ""), today)];
}

const vague = new Set([
  ...["quasi", "tra", "fra", "meno", "sotto", "non", "ancora"],
  ...["almost", "nearly", "between", "under", "less", "not"],
  ...["aproape", "peste", "sub", "intre", "nu", "inca"],
  ...["gati", "pothuajse", "nen", "mes", "midis", "nuk", "ende"],
  ...["تقريبا", "حوالي", "اقل", "تحت", "بين", "ليس", "لم", "بعد"],
]);

/** An age that is not today's, or not exactly: better asked again than taken. */
function hedges(words: readonly string[]): BirthReading[] {
  const hedged = words.some((word) => vague.has(word) || turning.has(word));
  return hedged && words.some((word) => readNumber(word) !== undefined) ? [refuse("unclear")] : [];
}

/** "3 maggio". */
function withoutYear(words: readonly string[]): BirthReading[] {
  return daysOfYear(words).length > 0 ? [refuse("noYear")] : [];
}

function birthday(
  found: { age: number; month: number; day: number },
  coming: boolean,
  today: Day,
): BirthReading {
  if (found.age > longestLife) return refuse("impossible");
  const thisYear = Number(today.slice(0, 4));
  const monthDay = `${pad(found.month, 2)}-${pad(found.day, 2)}`;
  const passed = monthDay < today.slice(5);
  const isToday = monthDay === today.slice(5);
  const year = coming ? thisYear + (passed ? 1 : 0) : thisYear - (passed || isToday ? 0 : 1);
  return fullDate({ year: pad(year - found.age, 4), month: found.month, day: found.day }, today);
}

const yearsOld = new Set([
  ...["anni", "anno", "years", "year", "yo", "yrs", "enne", "primavere"],
  ...["ani", "an", "vjec", "vjet", "vjece", "سنة", "عاما", "عام", "سنوات"],
]);
const having = new Set(["ho", "ha", "hai", "avra", "eta", "am", "is", "aged", "age"]);

/** "ho 83 anni", "83 years old", "ha sedici anni". */
function ages(words: readonly string[]): BirthReading[] {
  return words.flatMap((word, at) => {
    const age = readNumber(word);
    const before = words[at - 1] ?? "";
    if (age === undefined) return [];
    const said = yearsOld.has(words[at + 1] ?? "") || (having.has(before) && !articles.has(word));
    if (!said) return [];
    return [age > longestLife ? refuse("impossible") : accept({ kind: "age", age })];
  });
}

const ofYear = new Set([
  ...["nel", "del", "dell", "classe", "anno", "in", "born", "'"],
  ...["anul", "vitin", "viti", "سنة", "عام"],
]);

/** "1949", "nato nel '50", "classe 49", "maggio 49". */
function years(words: readonly string[], today: Day): BirthReading[] {
  return words.flatMap((word, at) => {
    const before = words[at - 1] ?? "";
    const short =
      word.length === 2 && (ofYear.has(before) || (readMonth(before) !== undefined && !needsDay(before)));
    if (!isFigures(word, 4) || !(word.length === 4 || short)) return [];
    const thisYear = Number(today.slice(0, 4));
    const year = short ? pastYear(word, (candidate) => candidate <= thisYear, thisYear) : Number(word);
    if (year > thisYear) return [refuse("future")];
    return [thisYear - year > longestLife ? refuse("impossible") : accept({ kind: "year", year })];
  });
}

/** "83", and nothing else that is a number: an age. */
function bareNumber(words: readonly string[]): BirthReading[] {
  return words.flatMap((word) => {
    const age = articles.has(word) ? undefined : readNumber(word);
    if (age === undefined) return [];
    return [age > longestLife ? refuse("impossible") : accept({ kind: "age", age })];
  });
}

const articles = new Set(["un", "uno", "una", "one", "sei"]);

function fullDate({ year, month, day }: WrittenDate, today: Day): BirthReading {
  const thisYear = Number(today.slice(0, 4));
  const write = (full: number) => `${pad(full, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const full =
    year.length === 2 ? pastYear(year, (candidate) => write(candidate) <= today, thisYear) : Number(year);
  const date = write(full);
  if (!exists(date)) return refuse("impossible");
  if (date > today) return refuse("future");
  return ageOn(date, today) > longestLife ? refuse("impossible") : accept({ kind: "date", date });
}

/** The latest year ending in two digits that is past. */
function pastYear(digits: string, isPast: (year: number) => boolean, thisYear: number): number {
  const candidate = thisYear - (thisYear % 100) + Number(digits);
  return isPast(candidate) ? candidate : candidate - 100;
}

function exists(date: Day): boolean {
  try {
    return addDays(date, 0) === date;
  } catch {
    return false;
  }
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

function accept(birth: Birth): BirthReading {
  return { ok: true, birth };
}

function refuse(problem: BirthProblem): BirthReading {
  return { ok: false, problem };
}
