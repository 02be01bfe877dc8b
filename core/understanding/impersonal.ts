import { readMonth } from "./months.ts";
import { fold, readNumberWord } from "./numbers.ts";
import { isTitled, type PublicWords } from "./public-words.ts";
import { wordSet } from "./word-set.ts";

/**
 * A sentence with nothing of a person left in it; `undefined` where too little remains.
 *
 * Only public words stay. Everything else becomes a mark that tells its shape alone: `…` for words, an address
 * or a code, `#` for a number, `#/#` for a date, `#€` for an amount. Nothing is looked for in order to be taken
 * out, so that nothing has to be recognised: what is not known is gone.
 */
export type Impersonal = (text: string) => string | undefined;

/** Of a longer sentence the beginning, as it is classified. */
const LONGEST = 500;
/** Fewer words teach nothing. */
const LEAST_WORDS = 3;

const UNKNOWN = "…";
const NUMBER = "#";
const DATE = "#/#";
const AMOUNT = "#€";

export function makeImpersonal(words: PublicWords): Impersonal {
  return (text) => {
    const pieces = split(text.slice(0, LONGEST), text.length > LONGEST).map((piece) => judge(piece, words));
    hideNames(pieces);
    hideAddresses(pieces);
    hideSpelling(pieces);
    hideNumbers(pieces);
    const kept = pieces.filter(({ mark }) => mark === undefined).length;
    return kept >= LEAST_WORDS && kept * 2 >= pieces.length ? written(pieces) : undefined;
  };
}

interface Piece {
  /** As it was written, without the signs around it. */
  readonly word: string;
  readonly plain: string;
  /** The sign after it that parts sentences or clauses. */
  readonly sign: string;
  /** Written with a capital though no sentence begins with it. */
  readonly isName: boolean;
  /** What stands in its place; absent where it stays. */
  mark?: string;
}

function split(text: string, isCut: boolean): readonly Piece[] {
  const shouts = !/\p{Ll}/u.test(text);
  const chunks = text.normalize("NFC").split(/\s+/);
  // What was cut in two may be the beginning of anything.
  if (isCut) chunks.pop();
  let begins = true;
  return chunks.flatMap((chunk) => {
    const word = chunk.replace(/^[^\p{L}\p{N}@€]+|[^\p{L}\p{M}\p{N}@€]+$/gu, "");
    const sign = /[?!.,;:]/.exec(chunk.slice(chunk.lastIndexOf(word) + word.length))?.[0] ?? "";
    if (word === "") return [];
    const isCapital = isTitled(word) || (!shouts && /^\p{Lu}{2,}/u.test(word));
    const piece: Piece = { word, plain: fold(word), sign, isName: isCapital && !begins };
    begins = /[?!.]/.test(sign);
    return [piece];
  });
}

const UNITS = /^\d+(?:k|mila|euri?o?|enne|anni|h|°)$/;
const LIKE_DATE = /^\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?$/;

function judge(piece: Piece, words: PublicWords): Piece {
  const mark = markOf(piece, words);
  return mark === undefined ? piece : { ...piece, mark };
}

function markOf({ word, plain, isName }: Piece, words: PublicWords): string | undefined {
  if (/\d/.test(plain)) {
    if (/^[€\d.,'+-]*€[€\d.,'+-]*$/.test(plain)) return AMOUNT;
    if (LIKE_DATE.test(plain)) return DATE;
    return /^[\d.,':%+°/-]+$/.test(plain) || UNITS.test(plain) ? NUMBER : UNKNOWN;
  }
  if (word === "€") return AMOUNT;
  if (isNumberWord(plain)) return NUMBER;
  const parts = plain.split(/['-]/).filter((part) => part !== "");
  // An acronym in a sentence that is not all in capitals is a name like any other, but may be a common word.
  const asName = isName && isTitled(word);
  const isPublic = parts.every((part) => /^\p{L}+$/u.test(part) && words.has(part, asName));
  return isPublic && parts.length > 0 ? undefined : UNKNOWN;
}

/** Words that are numbers only among others: articles, and "you are". */
const ambiguous = wordSet("un uno una one sei");
const isNumberWord = (plain: string): boolean => !ambiguous.has(plain) && readNumberWord(plain) !== undefined;

/** After one of these comes somebody's name. */
const naming = wordSet(
  "chiamo chiamami cognome firmato sig sigra signor dottor dottoressa dott don suor prof avvocato",
  "called surname mr mrs ms dr",
);
/** After one of these only where it is said whose name it is, or that one follows. */
const namingOf = wordSet("nome name");
const owning = wordSet("mio suo tuo my his her your");
const following = wordSet("e e' is and");
/** A name, a second one and a surname. */
const LONGEST_NAME = 3;

function hideNames(pieces: Piece[]): void {
  for (const [at, { plain, sign }] of pieces.entries()) {
    const isOwn = owning.has(pieces[at - 1]?.plain ?? "") || following.has(pieces[at + 1]?.plain ?? "");
    if (naming.has(plain) || (namingOf.has(plain) && (isOwn || sign === ":")))
      hide(pieces, at + 1, at + 1 + LONGEST_NAME + (following.has(pieces[at + 1]?.plain ?? "") ? 2 : 0));
  }
}

const streets = wordSet(
  "via viale piazza piazzale piazzetta corso vicolo strada largo localita loc frazione contrada borgo street road",
);
/** Words of a street's name before the number of the house. */
const LONGEST_STREET = 5;
/** Words of a dictated e-mail address on either side of its sign: "mario punto rossi chiocciola posta punto it". */
const DICTATED = 4;

function hideAddresses(pieces: Piece[]): void {
  for (const [at, { plain }] of pieces.entries()) {
    if (streets.has(plain)) {
      const house = pieces
        .slice(at + 1, at + 2 + LONGEST_STREET)
        .findIndex(({ mark }) => mark?.startsWith("#"));
      if (house !== -1) hide(pieces, at + 1, at + 2 + house);
    }
    if (plain === "chiocciola" || (plain === "at" && pieces.some((one) => one.plain === "dot")))
      hide(pieces, at - DICTATED, at + 1 + DICTATED);
  }
}

/** Letters one by one are a name or a code that is spelt. */
const SPELT = 3;

function hideSpelling(pieces: Piece[]): void {
  let from = 0;
  for (let at = 0; at <= pieces.length; at++) {
    if (pieces[at]?.plain.length === 1) continue;
    if (at - from >= SPELT) hide(pieces, from, at);
    from = at + 1;
  }
}

/** Beside a number, what may be one is one, a month makes a date of it, and a sign of euros an amount. */
function hideNumbers(pieces: Piece[]): void {
  const isNumber = (at: number) => pieces[at]?.mark?.startsWith("#") ?? false;
  for (const [at, piece] of pieces.entries()) {
    if (!isNumber(at - 1) && !isNumber(at + 1)) continue;
    const around = pieces.slice(Math.max(0, at - 1), at + 2).filter(({ mark }) => mark?.startsWith("#"));
    if (readMonth(piece.plain) !== undefined) for (const one of [piece, ...around]) one.mark = DATE;
    else if (piece.word === "€") for (const one of around) one.mark = AMOUNT;
    else if (ambiguous.has(piece.plain) && (piece.plain === "sei" || isNumber(at - 1))) piece.mark = NUMBER;
  }
}

function hide(pieces: Piece[], from: number, to: number): void {
  for (const piece of pieces.slice(Math.max(0, from), to)) piece.mark = UNKNOWN;
}

/** In small letters, marks in a row as one. */
function written(pieces: readonly Piece[]): string {
  const shown: string[] = [];
  for (const { word, mark, sign } of pieces) {
    const last = shown.at(-1) ?? "";
    const isSame = mark !== undefined && last.replace(/[?!.,;:]$/, "") === mark;
    if (isSame) shown.pop();
    shown.push((mark ?? word.toLowerCase()) + (mark === UNKNOWN && /[.,;:]/.test(sign) ? "" : sign));
  }
  return shown.join(" ");
}
