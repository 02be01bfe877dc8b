import { directionOf } from "../../core/direction.ts";
import type { DocumentRequest } from "../../core/engine/message.ts";
import { printable } from "../fonts.ts";
import { linesOf } from "../lines.ts";
import { addBoxes } from "./boxes.ts";
import { ACCENT, INK, MARGIN, type Pdf, rule, SOFT, startTagged } from "./tagged.ts";
import { type Direction, paragraph, type Room, type Style, writeParagraph } from "./writing.ts";

const TITLE: Style = { font: "bold", size: 18, paint: ACCENT };
const BODY: Style = { font: "regular", size: 10.5, paint: INK, lineGap: 2, paragraphGap: 6 };
const LABEL: Style = { font: "bold", size: 9.5, paint: SOFT, lineGap: 1 };
const VALUE: Style = { font: "regular", size: 11.5, paint: INK, lineGap: 2.5 };
const LINE: Style = { font: "regular", size: 9.5, paint: SOFT };
const FOOT: Style = { font: "regular", size: 8.5, paint: SOFT };
/** What makes letters of 16 points and more of these, as large print has them; the sheet's number stays small. */
const LARGE = 1.7;

/**
 * Draws a form on A4 sheets, as one that was filled in by hand would be read: each label with what
 * was answered, what is to be ticked off, room for date and signature, the sheet's number.
 */
export async function drawForm(request: DocumentRequest): Promise<Uint8Array> {
  const title = printable(request.title);
  const direction = directionOf(request.language);
  const { pdf, add, end, bytes } = startTagged(title, request.language);
  const scale = request.large ? LARGE : 1;
  const write: Write = (tag, text, style, room) =>
    add(paragraph(pdf, tag, text, { ...style, size: style.size * scale }, direction, room));
  write("H1", request.title, TITLE);
  pdf.moveDown(0.4);
  for (const text of request.intro) write("P", text, BODY);
  pdf.moveDown(0.6);
  for (const { label, value } of request.rows) writeRow(pdf, write, label, value, scale);
  if (request.boxes) {
    pdf.y += 8;
    addBoxes(pdf, add, request.boxes, direction, scale);
    pdf.y += 8;
  }
  writeEnd(pdf, write, request, direction);
  end();

  numberPages(pdf, title, direction);
  return bytes();
}

type Write = (tag: string, text: string, style: Style, room?: Room) => void;

/** A label with its answer; a label never stays alone at the foot of a sheet. */
function writeRow(pdf: Pdf, write: Write, label: string, value: string, scale: number): void {
  if (pdf.y + 56 * scale > bottomOf(pdf)) pdf.addPage();
  rule(pdf, pdf.y);
  pdf.y += 7;
  write("H2", label, LABEL);
  // An answer that is missing leaves room for the pen.
  write("P", printable(value) === "" ? "\n" : value, VALUE);
  pdf.y += 9;
}

const SIGNATURE = 76;

/** The notes and the signature stay on one sheet, so that nobody signs an empty one. */
function writeEnd(pdf: Pdf, write: Write, request: DocumentRequest, direction: Direction): void {
  const { notes, signature } = request;
  pdf.font("regular").fontSize(BODY.size * (request.large ? LARGE : 1));
  const { lineGap = 0, paragraphGap = 0 } = BODY;
  const heights = notes.map((note) => pdf.heightOfString(printable(note), { lineGap, paragraphGap }));
  const height = heights.reduce((sum, one) => sum + one, signature ? SIGNATURE : 0);
  if (pdf.y + height > bottomOf(pdf) && height < bottomOf(pdf) / 2) pdf.addPage();
  for (const note of notes) write("P", note, BODY);
  if (!signature) return;
  if (pdf.y + SIGNATURE > bottomOf(pdf)) pdf.addPage();
  const y = pdf.y + 46;
  const { left, right } = pdf.page.margins;
  const width = pdf.page.width - left - right;
  // The date stands where a line begins.
  const short = { x: direction === "rtl" ? left + width * 0.58 + 20 : left, width: width * 0.42 - 20 };
  const long = { x: direction === "rtl" ? left : left + width * 0.42, width: width * 0.58 };
  for (const [label, room] of [[signature.date, short] as const, [signature.sign, long] as const]) {
    rule(pdf, y, room.x, room.x + room.width);
    write("P", label, LINE, { ...room, y: y + 6 });
  }
}

/** Numbers are known once all sheets are there. */
function numberPages(pdf: Pdf, title: string, direction: Direction): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(start + index);
    const { margins, width, height } = pdf.page;
    // Below the margin pdfkit would begin another sheet.
    const kept = margins.bottom;
    margins.bottom = 0;
    const y = height - MARGIN + 4;
    const half = (width - margins.left - margins.right) / 2;
    pdf.markContent("Artifact", { type: "Pagination" });
    const [from, to] = direction === "rtl" ? [half * 0.4, 0] : [0, half];
    const [short = ""] = linesOf(title, FOOT, half * 1.6, 1);
    writeParagraph(pdf, short, FOOT, direction, { x: margins.left + from, y, width: half * 1.6 });
    const align = direction === "rtl" ? "left" : "right";
    pdf.text(`${index + 1} / ${count}`, margins.left + to, y, { width: half, align });
    pdf.endMarkedContent();
    margins.bottom = kept;
  }
}

function bottomOf(pdf: Pdf): number {
  return pdf.page.height - pdf.page.margins.bottom;
}
