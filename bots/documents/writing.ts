import { directed, hasLettersFromRight, printable } from "../fonts.ts";
import { linesOf } from "../lines.ts";
import { runsOf } from "./runs.ts";
import type { Pdf } from "./tagged.ts";

/** How a paragraph is written. */
export interface Style {
  readonly font: "regular" | "bold";
  readonly size: number;
  readonly paint: string;
  readonly lineGap?: number;
  readonly paragraphGap?: number;
}

/** Where a paragraph goes: between the margins and below what is there, unless told. */
export interface Room {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
}

export type Direction = "ltr" | "rtl";

/** A paragraph as what it is: a heading, a label, words. It goes below what is there, from the side that its direction begins at. */
export function paragraph(
  pdf: Pdf,
  tag: string,
  text: string,
  style: Style,
  direction: Direction,
  room?: Room,
): PDFKit.PDFStructureElement {
  // Letters that are written from the right stand in the file from the left: who reads aloud gets the words besides.
  const options = needsOrder(text, direction) ? { actual: printable(text) } : {};
  return pdf.struct(tag, options, () => writeParagraph(pdf, text, style, direction, room));
}

/** An address, without the stop after it; it goes from the left, to its last stroke. */
const LINK = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)،]/g;
const isolate = (words: string): string => `\u2068${words}\u2069`;

/** Whether pdfkit, which writes from left to right, would put words in a wrong order. */
const needsOrder = (text: string, direction: Direction): boolean =>
  direction === "rtl" || hasLettersFromRight(text);

/** Writes without saying what it is: for what is decoration. */
export function writeParagraph(
  pdf: Pdf,
  text: string,
  style: Style,
  direction: Direction,
  { x = pdf.page.margins.left, y = pdf.y, width = pdf.page.width - x - pdf.page.margins.right }: Room = {},
): void {
  const { font, size, paint, lineGap = 0, paragraphGap = 0 } = style;
  pdf.font(font).fontSize(size).fillColor(paint);
  if (!needsOrder(text, direction)) {
    pdf.text(printable(text), x, y, { width, lineGap, paragraphGap });
    return;
  }
  const height = pdf.currentLineHeight(true) + lineGap;
  pdf.y = y;
  for (const paragraph of directed(text).replace(/\n$/, "").split("\n")) {
    // What is quoted whole from a language that is written from the left goes as that does.
    const order = hasLettersFromRight(paragraph) ? direction : "ltr";
    const lines = linesOf(
      paragraph.replace(LINK, isolate),
      { size, bold: font === "bold" },
      width,
      Number.POSITIVE_INFINITY,
    );
    for (const line of lines.length > 0 ? lines : [""]) {
      if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.continueOnNewPage();
      writeLine(pdf, line, order, direction, x, width);
      pdf.y += height;
    }
    pdf.y += paragraphGap;
  }
  pdf.x = x;
}

/** Writes runs in the order of reading, each in its place. */
function writeLine(
  pdf: Pdf,
  line: string,
  order: Direction,
  side: Direction,
  x: number,
  width: number,
): void {
  const runs = runsOf(line, order).map((run) => ({ ...run, width: pdf.widthOfString(run.text) }));
  const whole = runs.reduce((sum, run) => sum + run.width, 0);
  const { y } = pdf;
  const left = side === "rtl" ? x + width - whole : x;
  for (const run of runs) {
    const before = runs.reduce((sum, one) => sum + (one.place < run.place ? one.width : 0), 0);
    pdf.text(run.text, left + before, y, { lineBreak: false });
  }
  pdf.y = y;
}
