import PDFDocument from "pdfkit";
import { directed, FONTS, ISOLATES } from "./fonts.ts";

/** How words are drawn. */
export interface Type {
  /** Height of the letters: pixels of a picture, points of a sheet. */
  readonly size: number;
  readonly bold?: boolean;
}

const ELLIPSIS = "…";
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

// A PDF that is never written: what is drawn measures letters with the same fonts, kerning included.
let ruler: PDFKit.PDFDocument | undefined;

/** How wide a line comes out, in the measure of its letters. */
export function widthOf(line: string, { size, bold }: Type): number {
  ruler ??= new PDFDocument({ autoFirstPage: false, font: FONTS.regular });
  return ruler
    .font(bold ? FONTS.bold : FONTS.regular)
    .fontSize(size)
    .widthOfString(line.replace(ISOLATES, ""));
}

/**
 * Breaks words into lines that are no wider than `width`: between words, and within one that is
 * wider by itself. Where there are more than `most` lines, the last one ends with an ellipsis.
 * An isolate that goes over several lines is closed at the end of each and opened again.
 */
export function linesOf(text: string, type: Type, width: number, most: number): readonly string[] {
  return balanced(brokenLines(text, type, width, most));
}

function brokenLines(text: string, type: Type, width: number, most: number): readonly string[] {
  const fits = (line: string) => widthOf(line, type) <= width;
  const pieces = directed(text)
    .split(/\s+/)
    .filter((word) => word !== "")
    .flatMap((word) => (fits(word) ? [word] : broken(word, fits)));
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const longer = last === undefined ? undefined : `${last} ${piece}`;
    if (longer !== undefined && fits(longer)) lines[lines.length - 1] = longer;
    else if (lines.length < most) lines.push(piece);
    else return [...lines.slice(0, -1), ended(last ?? "", fits)];
  }
  return lines;
}

/** A word that is wider than a line, in parts that are not. */
function broken(word: string, fits: (line: string) => boolean): string[] {
  const parts: string[] = [];
  let part = "";
  for (const { segment } of graphemes.segment(word)) {
    if (part !== "" && !fits(part + segment)) {
      parts.push(part);
      part = "";
    }
    part += segment;
  }
  return [...parts, part];
}

/** A line with an ellipsis after as much of it as leaves room for that: best after a word. */
function ended(line: string, fits: (line: string) => boolean): string {
  const letters = [...graphemes.segment(line)].map(({ segment }) => segment);
  while (letters.length > 0 && !fits(letters.join("").trimEnd() + ELLIPSIS)) letters.pop();
  const most = letters.join("");
  const words = most.replace(/\S+$/, "");
  const kept = most === line || words.length < most.length / 2 ? most : words;
  return kept.replace(/[\s.,;:–-]+$/, "") + ELLIPSIS;
}

const POP_ISOLATE = "\u2069";

function balanced(lines: readonly string[]): readonly string[] {
  let open: readonly string[] = [];
  return lines.map((line) => {
    const before = open.join("");
    for (const mark of line.match(ISOLATES) ?? [])
      open = mark === POP_ISOLATE ? open.slice(0, -1) : [...open, mark];
    return before + line + POP_ISOLATE.repeat(open.length);
  });
}
