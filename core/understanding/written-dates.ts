import { needsDay, readMonth } from "./months.ts";
import { fold, readNumberWord } from "./numbers.ts";

/** Dates as they stand in a sentence, not yet checked against any calendar. */

// Figures, words, and the signs that mean something between or before them.
const token = /\d+|\p{L}+|[/.'-]/gu;

/** Splits a sentence into figures, words and the signs of dates; numbers of two words become figures. */
export function splitWords(text: string): string[] {
  const whole = fold(text).replace(/\b([a-z]{3,8}t)'(?=ann[io]\b)/g, (_, stem: string) => `${elided(stem)} `);
  return [...whole.matchAll(token)].map(([found]) => found).reduce(joinUnits, []);
}

/** "ottant'anni", "vent'anni", "cent'anni". */
function elided(stem: string): string {
  if (stem === "vent") return "venti";
  return stem === "cent" ? "cento" : `${stem}a`;
}

/** "ottanta tre" and "eighty three" become one number. */
function joinUnits(words: string[], word: string): string[] {
  const ten = wordValue(words.at(-1));
  const unit = wordValue(word);
  const joins =
    ten !== undefined && ten >= 20 && ten < 100 && ten % 10 === 0 && unit !== undefined && unit < 10;
  if (joins) words.splice(-1, 1, String(ten + unit));
  else words.push(word);
  return words;
}

function wordValue(word: string | undefined): number | undefined {
  const read = word === undefined ? undefined : readNumberWord(word);
  return read?.kind === "value" ? read.value : undefined;
}

/** A date of which the year has two figures or four. */
export interface WrittenDate {
  readonly year: string;
  readonly month: number;
  readonly day: number;
}

/** "12/3/50", "1950-03-12", "12 3 1950", "12031950". */
export function numericDate(words: readonly string[], at: number): WrittenDate | undefined {
  const [first = "", sign, second = "", again, third = ""] = words.slice(at, at + 5);
  if (first.length === 8 && isFigures(first, 8)) {
    return { year: first.slice(4), month: Number(first.slice(2, 4)), day: Number(first.slice(0, 2)) };
  }
  if (words[at - 1] === sign && isFigures(words[at - 2], 4)) return undefined;
  if (!isSeparator(sign) || again !== sign || !isFigures(second, 2)) {
    // "12 3 1950": only with a whole year, or a telephone number would be a date.
    const spaced = isFigures(first, 2) && isFigures(sign, 2) && isFigures(second, 4) && second.length === 4;
    return spaced ? { year: second, month: Number(sign), day: Number(first) } : undefined;
  }
  if (first.length === 4 && isFigures(first, 4) && isFigures(third, 2)) {
    return { year: first, month: Number(second), day: Number(third) };
  }
  if (!isFigures(first, 2) || !isFigures(third, 4) || third.length === 1) return undefined;
  return { year: third, month: Number(second), day: Number(first) };
}

/** "3 maggio 1949", "tre maggio '49", "May 3rd, 1949". */
export function namedDate(words: readonly string[], at: number): WrittenDate | undefined {
  const dayFirst = dayAndMonth(words, at);
  const found = dayFirst ?? monthAndDay(words, at);
  if (found === undefined) return undefined;
  const after = skip(words, found.end, fillers);
  const year = words[after] ?? "";
  if (!isFigures(year, 4) || year.length === 1 || year.length === 3) return undefined;
  return { year, month: found.month, day: found.day };
}

/** "3 maggio". */
export interface DayOfYear {
  readonly month: number;
  readonly day: number;
  /** Where what comes after it begins. */
  readonly end: number;
}

const fillers = new Set(["del", "dell", "di", "of", "the", "anno", "anul", "vitit", "'", ".", "-", "/"]);
const ordinals = new Set(["st", "nd", "rd", "th", "o"]);

function dayAndMonth(words: readonly string[], at: number): DayOfYear | undefined {
  const day = readSmall(words[at]);
  if (day === undefined) return undefined;
  let next = at + 1;
  if (ordinals.has(words[next] ?? "")) next += 1;
  next = skip(words, next, fillers);
  const month = readMonth(words[next]);
  return month === undefined ? undefined : { month, day, end: next + 1 };
}

function monthAndDay(words: readonly string[], at: number): DayOfYear | undefined {
  const month = needsDay(words[at]) ? undefined : readMonth(words[at]);
  const day = readSmall(words[at + 1]);
  // "maggio 49" is a month and a year.
  if (month === undefined || day === undefined || day > 31) return undefined;
  const end = ordinals.has(words[at + 2] ?? "") ? at + 3 : at + 2;
  return { month, day, end };
}

/** Every day of a year that is named. */
export function daysOfYear(words: readonly string[]): (DayOfYear & { readonly start: number })[] {
  const found: (DayOfYear & { readonly start: number })[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const day = dayAndMonth(words, at) ?? monthAndDay(words, at);
    if (day === undefined) continue;
    found.push({ ...day, start: at });
    at = day.end - 1;
  }
  return found;
}

/** A number below 1,000 that a word or figures stand for. */
export function readNumber(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (isFigures(word, 3)) return Number(word);
  const read = readNumberWord(word);
  return read !== undefined && (read.kind === "value" || read.value === 100) && read.value < 1000
    ? read.value
    : undefined;
}

const first = new Set(["primo", "first", "intai"]);

/** A day of a month, in figures or in words. */
function readSmall(word: string | undefined): number | undefined {
  if (first.has(word ?? "")) return 1;
  const number = word !== undefined && word.length > 2 && isFigures(word, 4) ? undefined : readNumber(word);
  return number !== undefined && number < 100 ? number : undefined;
}

export function isFigures(word: string | undefined, most: number): boolean {
  return word !== undefined && word.length > 0 && word.length <= most && /^\d+$/.test(word);
}

function isSeparator(word: string | undefined): boolean {
  return word === "/" || word === "-" || word === ".";
}

function skip(words: readonly string[], from: number, what: ReadonlySet<string>): number {
  let at = from;
  while (at < from + 4 && what.has(words[at] ?? "")) at += 1;
  return at;
}
