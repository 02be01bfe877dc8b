import { directed } from "../fonts.ts";
import { linesOf } from "../lines.ts";
import { INK, type Pdf } from "./tagged.ts";
import { type Direction, paragraph, type Style } from "./writing.ts";

/** As large as a pen that trembles needs. */
const SQUARE = 15;
const GAP = 10;

const WORDS = {
  font: "regular",
  size: 12.5,
  paint: INK,
  lineGap: 2,
  paragraphGap: 8,
} as const satisfies Style;

/** Draws what is ticked off with a pen: empty squares and the words beside them, each item on one sheet. */
export function addBoxes(
  pdf: Pdf,
  add: (part: PDFKit.PDFStructureElement) => void,
  items: readonly string[],
  direction: Direction,
  scale = 1,
): void {
  const style = { ...WORDS, size: WORDS.size * scale };
  const { left, right } = pdf.page.margins;
  const width = pdf.page.width - left - right - SQUARE - GAP;
  const [square, words] = direction === "rtl" ? [left + width + GAP, left] : [left, left + SQUARE + GAP];
  const list = pdf.struct("L");
  add(list);
  for (const item of items) {
    const { length } = linesOf(directed(item), style, width, Number.POSITIVE_INFINITY);
    const height =
      length * (pdf.font("regular").fontSize(style.size).currentLineHeight(true) + style.lineGap);
    if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage();
    const { y } = pdf;
    const drawn = pdf.struct("Lbl", { actual: "☐" }, () => {
      pdf.rect(square, y, SQUARE, SQUARE).lineWidth(1.2).strokeColor(INK).stroke();
    });
    const said = paragraph(pdf, "LBody", item, style, direction, { x: words, y: y + 0.5, width });
    list.add(pdf.struct("LI", {}, [drawn, said]));
    pdf.x = left;
  }
  list.end();
}
