import { latinDigits } from "./digits.ts";

/**
 * Numbers written as words, in Italian ("tremilacinquecento", "ottantatré") and in English
 * ("ten thousand"); of other languages only the word for thousands. A word that is longer than any number is none, which bounds the work.
 */

const longest = 60;

const small: Readonly<Record<string, number>> = {
  zero: 0,
  un: 1,
  uno: 1,
  una: 1,
  due: 2,
  tre: 3,
  quattro: 4,
  cinque: 5,
  sei: 6,
  sette: 7,
  otto: 8,
  nove: 9,
  dieci: 10,
  undici: 11,
  dodici: 12,
  tredici: 13,
  quattordici: 14,
  quindici: 15,
  sedici: 16,
  diciassette: 17,
  diciotto: 18,
  diciannove: 19,
};

const tens: Readonly<Record<string, number>> = {
  vent: 20,
  trent: 30,
  quarant: 40,
  cinquant: 50,
  sessant: 60,
  settant: 70,
  ottant: 80,
  novant: 90,
};

const english: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

const multipliers: Readonly<Record<string, number>> = {
  cento: 100,
  hundred: 100,
  mila: 1000,
  milla: 1000,
  mille: 1000,
  thousand: 1000,
  // Romanian, Albanian, Arabic. The Romanian singular is left out: "le mie proposte" are no thousand.
  mii: 1000,
  mije: 1000,
  الف: 1000,
  الاف: 1000,
  k: 1000,
  milione: 1_000_000,
  milioni: 1_000_000,
  million: 1_000_000,
};

const hundreds = /^(due|tre|quattro|cinque|sei|sette|otto|nove)?cento?/;
const thousands = /^(.*?)mil(l?a|le)(.*)$/;
const ten = /^(vent|trent|quarant|cinquant|sessant|settant|ottant|novant)([ai]?)(.*)$/;

/** What a word does to the number before it. */
export type NumberWord =
  | { readonly kind: "value"; readonly value: number }
  /** "mila", "hundred": multiplies, or stands for itself where nothing comes before it. */
  | { readonly kind: "times"; readonly value: number };

/** Reads one word in lower case without accents; `undefined` where it is no number. */
export function readNumberWord(word: string): NumberWord | undefined {
  const times = own(multipliers, word);
  if (times !== undefined) return { kind: "times", value: times };
  const value = own(english, word) ?? readItalian(word);
  return value === undefined ? undefined : { kind: "value", value };
}

/** A number of one Italian word, below a million. */
function readItalian(word: string): number | undefined {
  if (word.length > longest) return undefined;
  const split = thousands.exec(word);
  if (split === null) return readBelowThousand(word);
  const [, before = "", ending, after = ""] = split;
  // "mille" is one thousand, "mila" needs a number before it.
  const many = before === "" && ending === "le" ? 1 : readBelowThousand(before);
  const rest = after === "" ? 0 : readBelowThousand(after.replace(/^e(?=cento)/, ""));
  return many === undefined || rest === undefined ? undefined : many * 1000 + rest;
}

function readBelowThousand(word: string): number | undefined {
  const hundred = hundreds.exec(word);
  if (hundred === null) return readBelowHundred(word);
  const [whole, digit] = hundred;
  const value = 100 * (digit === undefined ? 1 : (own(small, digit) ?? 1));
  const rest = word.slice(whole.length);
  if (rest === "") return whole.endsWith("o") ? value : undefined;
  // "centotto" and "centottanta" may drop the vowel that "otto" begins with.
  const added = readBelowHundred(rest) ?? (whole.endsWith("o") ? readBelowHundred(`o${rest}`) : undefined);
  return added === undefined ? undefined : value + added;
}

function readBelowHundred(word: string): number | undefined {
  const value = own(small, word);
  if (value !== undefined) return value;
  const parts = ten.exec(word);
  if (parts === null) return undefined;
  const [, stem = "", vowel = "", unit = ""] = parts;
  const base = own(tens, stem);
  if (base === undefined) return undefined;
  if (unit === "") return vowel === (stem === "vent" ? "i" : "a") ? base : undefined;
  const added = own(small, unit);
  return added !== undefined && added > 0 && added < 10 ? base + added : undefined;
}

function own(table: Readonly<Record<string, number>>, word: string): number | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** Lower case, no accents, apostrophes and digits of one kind. */
export function fold(text: string): string {
  return latinDigits(text)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[’‘`´ʼ]/g, "'");
}
