import type { DocumentRequest } from "../../core/engine/message.ts";
import { printable } from "../fonts.ts";
import { ACCENT, INK, MARGIN, type Pdf, rule, SOFT, startTagged, type Tagged } from "./tagged.ts";

const BODY = { size: 10.5, spacing: { lineGap: 2, paragraphGap: 6 } } as const;

/**
 * Draws a form on A4 sheets, as one that was filled in by hand would be read: each label with what
 * was answered, room for date and signature, the sheet's number.
 */
export async function drawForm(request: DocumentRequest): Promise<Uint8Array> {
  const title = printable(request.title);
  const { pdf, put, end, bytes } = startTagged(title, request.language);
  put("H1", () => pdf.font("bold").fontSize(18).fillColor(ACCENT).text(title));
  pdf.moveDown(0.4);
  for (const paragraph of request.intro) put("P", () => writeParagraph(pdf, paragraph));
  pdf.moveDown(0.6);
  for (const { label, value } of request.rows) writeRow(pdf, put, label, value);
  writeEnd(pdf, put, request);
  end();

  numberPages(pdf, title);
  return bytes();
}

function writeParagraph(pdf: Pdf, text: string): void {
  pdf.font("regular").fontSize(BODY.size).fillColor(INK).text(printable(text), BODY.spacing);
}

/** A label with its answer; a label never stays alone at the foot of a sheet. */
function writeRow(pdf: Pdf, put: Put, label: string, value: string): void {
  if (pdf.y + 56 > bottomOf(pdf)) pdf.addPage();
  rule(pdf, pdf.y);
  pdf.y += 7;
  put("H2", () => pdf.font("bold").fontSize(9.5).fillColor(SOFT).text(printable(label), { lineGap: 1 }));
  put("P", () =>
    // An answer that is missing leaves room for the pen.
    pdf
      .font("regular")
      .fontSize(11.5)
      .fillColor(INK)
      .text(printable(value) || "\n", { lineGap: 2.5 }),
  );
  pdf.y += 9;
}

const SIGNATURE = 76;

/** The notes and the signature stay on one sheet, so that nobody signs an empty one. */
function writeEnd(pdf: Pdf, put: Put, { notes, signature }: DocumentRequest): void {
  pdf.font("regular").fontSize(BODY.size);
  const heights = notes.map((note) => pdf.heightOfString(printable(note), BODY.spacing));
  const height = heights.reduce((sum, one) => sum + one, signature ? SIGNATURE : 0);
  if (pdf.y + height > bottomOf(pdf) && height < bottomOf(pdf) / 2) pdf.addPage();
  for (const note of notes) put("P", () => writeParagraph(pdf, note));
  if (!signature) return;
  if (pdf.y + SIGNATURE > bottomOf(pdf)) pdf.addPage();
  const y = pdf.y + 46;
  const left = pdf.page.margins.left;
  const width = pdf.page.width - left - pdf.page.margins.right;
  const middle = left + width * 0.42;
  writeLine(pdf, put, signature.date, y, left, middle - 20);
  writeLine(pdf, put, signature.sign, y, middle, left + width);
}

/** A line for the pen, with what it is for. */
function writeLine(pdf: Pdf, put: Put, label: string, y: number, from: number, to: number): void {
  rule(pdf, y, from, to);
  put("P", () =>
    pdf
      .font("regular")
      .fontSize(9.5)
      .fillColor(SOFT)
      .text(printable(label), from, y + 6, { width: to - from }),
  );
}

/** Numbers are known once all sheets are there. */
function numberPages(pdf: Pdf, title: string): void {
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
    pdf.font("regular").fontSize(8.5).fillColor(SOFT);
    pdf.text(title, margins.left, y, { width: half * 1.6, lineBreak: false, ellipsis: true, height: 12 });
    pdf.text(`${index + 1} / ${count}`, margins.left + half, y, { width: half, align: "right" });
    pdf.endMarkedContent();
    margins.bottom = kept;
  }
}

type Put = Tagged["put"];

function bottomOf(pdf: Pdf): number {
  return pdf.page.height - pdf.page.margins.bottom;
}
