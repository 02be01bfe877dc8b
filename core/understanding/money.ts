import { fold, readNumberWord } from "./numbers.ts";

export type MoneyProblem =
  /** No amount at all. */
  | "none"
  /** Several amounts, such as a range: nobody can tell which is meant. */
  | "several"
  | "negative"
  /** An amount with cents: costs are in whole euros. */
  | "cents"
  /** Figures that are no number, such as "3.50.0". */
  | "unclear";

export type MoneyReading =
  | { readonly ok: true; readonly euros: number }
  | { readonly ok: false; readonly problem: MoneyProblem };

/** Beyond it somebody typed something else, such as a telephone number. */
const highest = 1_000_000_000;

/**
 * Reads an amount of whole euros from what somebody wrote, in Italian or English: "€ 3.500,00",
 * "3,5 mila", "10k", "10000 euri", "circa tremilacinquecento", "ten thousand". A single point or
 * comma before three figures parts the thousands ("12.500"), any other the cents. Where one amount
 * is called euros, small numbers apart from it are not amounts ("due corsi, 3000 euro").
 */
export function readMoney(text: string): MoneyReading {
  return read(text, ({ value }) => value < 100);
}

/** As {@link readMoney}, in a sentence about other things too: beside euros no other number is an amount. */
export function findMoney(text: string): MoneyReading {
  return read(text, () => true);
}

/** @param isSmall whether a number that is not called euros may be of something else */
function read(text: string, isSmall: (amount: Amount) => boolean): MoneyReading {
  const amounts = findAmounts(tokenize(text));
  if (amounts.some(({ value }) => Number.isNaN(value) || value > highest)) return refuse("unclear");
  const anyMarked = amounts.some(({ marked }) => marked);
  const isBystander = (amount: Amount, next: Amount | undefined) =>
    anyMarked && isApart(amount, next) && isSmall(amount);
  const meant = amounts.filter((amount, index) => !isBystander(amount, amounts[index + 1]));
  const [first, ...others] = meant;
  if (first === undefined) return refuse("none");
  if (others.some(({ value }) => value !== first.value)) return refuse("several");
  if (first.negative) return refuse("negative");
  if (!Number.isInteger(first.value)) return refuse("cents");
  return { ok: true, euros: first.value };
}

function refuse(problem: MoneyProblem): MoneyReading {
  return { ok: false, problem };
}

interface Amount {
  value: number;
  negative: boolean;
  /** Called euros. */
  marked: boolean;
  /** Tied to the amount before it: "3 e 5 mila", "3-5 mila". */
  tied: boolean;
}

/** A number of people, of months, of courses: apart from what is called euros. */
function isApart(amount: Amount, next: Amount | undefined): boolean {
  return !amount.marked && !amount.tied && next?.tied !== true;
}

// Digits parted by single separators, or words; everything else is one sign at a time.
const token = /\d+(?:[.,]\d+)*|\p{L}+|[^\s\d\p{L}]/gu;

interface Token {
  readonly text: string;
  readonly figures: boolean;
}

function tokenize(text: string): Token[] {
  const tidy = fold(text)
    .replace(/\bpiu o meno\b/g, "circa")
    .replace(/(?<=\p{L})eur[oi]\b/gu, " euro")
    .replace(/(?<=(?<!\d)\d{1,3})[ '](?=\d{3}(?!\d))/g, "");
  return [...tidy.matchAll(token)].map(([found]) => ({ text: found, figures: /^\d/.test(found) }));
}

const currencies = new Set(["euro", "euri", "euros", "eur", "€"]);
/** Words that may stand between the two ends of a range. */
const ties = new Set([
  "e",
  "ed",
  "o",
  "oppure",
  "a",
  "ai",
  "fino",
  "ad",
  "and",
  "or",
  "to",
  "-",
  "–",
  "—",
  "/",
]);
const ranges = new Set(["tra", "fra", "between", "da", "from"]);
/** Articles as often as numbers. */
const articles = new Set(["un", "uno", "una", "one"]);
const minus = new Set(["-", "–", "−", "meno", "minus"]);

function findAmounts(tokens: readonly Token[]): Amount[] {
  const amounts: Amount[] = [];
  const reader = new NumberReader();
  let negative = false;
  let currencyBefore = false;
  let tied = false;
  let inRange = false;

  const finish = () => {
    const value = reader.take();
    if (value === undefined) return;
    amounts.push({ value, negative, marked: currencyBefore, tied: tied && amounts.length > 0 });
    negative = false;
    currencyBefore = false;
    tied = true;
  };

  for (const [index, { text, figures }] of tokens.entries()) {
    const next = tokens[index + 1];
    if (figures) {
      const value = readFigures(text);
      if (next?.text === "%") continue;
      if (!reader.add(value, true)) {
        finish();
        reader.add(value, true);
      }
      continue;
    }
    const word = readNumberWord(text);
    if (word?.kind === "times") {
      if (!reader.multiply(word.value)) {
        finish();
        reader.multiply(word.value);
      }
      continue;
    }
    if (word && !(articles.has(text) && !isNumber(next))) {
      if (!reader.add(word.value, false)) {
        finish();
        reader.add(word.value, false);
      }
      continue;
    }
    if (reader.open && !inRange && goesOn(text, next)) continue;
    finish();
    const last = amounts.at(-1);
    if (currencies.has(text)) {
      const follows = tokens[index - 1];
      if (last && follows && isNumber(follows)) last.marked = true;
      else currencyBefore = true;
      continue;
    }
    if (minus.has(text) && isNumber(next) && !isNumber(tokens[index - 1])) negative = true;
    if (ranges.has(text)) inRange = true;
    if (!ties.has(text)) tied = false;
  }
  finish();
  return amounts;
}

/**
 * Whether "e" is inside a number: it is in "duemila e cinquecento", in "two hundred and five", not
 * in "tremila e cinque mesi".
 */
function goesOn(text: string, next: Token | undefined): boolean {
  if (text === "and") return true;
  if (text !== "e" || next === undefined) return false;
  const value = next.figures ? readFigures(next.text) : (readNumberWord(next.text)?.value ?? 0);
  return value >= 100;
}

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && (token.figures || readNumberWord(token.text) !== undefined);
}

/** Puts words and figures together as long as they make one number: "3", "mila", "cinquecento". */
class NumberReader {
  #total = 0;
  #chunk: number | undefined;
  #started = false;
  /** Whether the chunk was written in figures, which take nothing after them but a multiplier. */
  #figures = false;

  /** Whether something more could still belong to the number. */
  get open(): boolean {
    return this.#started && !this.#figures;
  }

  /** @returns false where a number ends and this begins another */
  add(value: number, figures: boolean): boolean {
    if (this.#started && (this.#figures || value === 0)) return false;
    if (this.#chunk !== undefined && (figures || value >= room(this.#chunk))) return false;
    if (this.#chunk === undefined && this.#total > 0 && value >= room(this.#total)) return false;
    this.#chunk = (this.#chunk ?? 0) + value;
    this.#figures = figures && this.#total === 0;
    this.#started = true;
    return true;
  }

  multiply(by: number): boolean {
    if (by === 100) {
      if (this.#figures || (this.#chunk !== undefined && this.#chunk % 100 > 9)) return false;
      const last = (this.#chunk ?? 0) % 100;
      this.#chunk = (this.#chunk ?? 0) - last + (last === 0 ? 1 : last) * 100;
    } else {
      if (this.#started && this.#chunk === undefined) return false;
      this.#total += (this.#chunk ?? 1) * by;
      this.#chunk = undefined;
    }
    this.#figures = false;
    this.#started = true;
    return true;
  }

  /** The number read so far, and starts afresh. */
  take(): number | undefined {
    if (!this.#started) return undefined;
    const value = this.#total + (this.#chunk ?? 0);
    this.#total = 0;
    this.#chunk = undefined;
    this.#started = false;
    this.#figures = false;
    // Sums of decimals such as 3.3 * 1000 leave dust.
    return Math.round(value * 100) / 100;
  }
}

/** How much may be added to a round number without carrying: below 100 to 300, below 10 to 20. */
function room(value: number): number {
  if (value === 0 || !Number.isInteger(value)) return 0;
  if (value % 1000 === 0) return 1000;
  if (value % 100 === 0) return 100;
  return value % 10 === 0 && value % 100 >= 20 ? 10 : 0;
}

/** @returns NaN where the separators make no sense */
function readFigures(text: string): number {
  const parts = text.split(/[.,]/);
  const separators = [...text.replace(/\d/g, "")];
  const [head = ""] = parts;
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return Number(head);

  const grouped = (groups: readonly string[]) =>
    head.length <= 3 && !head.startsWith("0") && groups.slice(1).every((group) => group.length === 3);
  const alike = new Set(separators).size === 1;
  if (alike && grouped(parts)) return Number(parts.join(""));
  const whole = parts.slice(0, -1);
  const decimals = last.length <= 2 && new Set(separators.slice(0, -1)).size <= 1;
  const parted = separators.length === 1 || (separators.at(-1) !== separators[0] && grouped(whole));
  return decimals && parted ? Number(`${whole.join("")}.${last}`) : Number.NaN;
}
