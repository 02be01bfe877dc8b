import PDFDocument from "pdfkit";
import type { DocumentRequest } from "../../core/engine/message.ts";
import { FONTS, printable } from "./fonts.ts";

type Pdf = InstanceType<typeof PDFDocument>;

const MARGIN = 56;
const INK = "#14261f";
const SOFT = "#46554e";
const RULE = "#8fa39a";
const ACCENT = "#0b5d53";
const BODY = { size: 10.5, spacing: { lineGap: 2, paragraphGap: 6 } } as const;

/**
 * Draws a form on A4 sheets, as one that was filled in by hand would be read: each label with what
 * was answered, room for date and signature, the sheet's number. It is tagged, so that a screen
 * reader reads it in order and knows its title and language.
 */
export async function drawForm(request: DocumentRequest): Promise<Uint8Array> {
  const title = printable(request.title);
  const pdf = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN + 16, left: MARGIN, right: MARGIN },
    pdfVersion: "1.7",
    // @ts-expect-error pdfkit's types do not name it yet (pdfkit 0.20, lib/mixins/subsets.js does).
    subset: "PDF/UA",
    tagged: true,
    lang: request.language,
    displayTitle: true,
    bufferPages: true,
    font: FONTS.regular,
    info: { Title: title },
  });
  const whole = bytesOf(pdf);
  pdf.registerFont("regular", FONTS.regular).registerFont("bold", FONTS.bold);

  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const put = (tag: string, draw: () => void) => root.add(pdf.struct(tag, {}, draw));

  put("H1", () => pdf.font("bold").fontSize(18).fillColor(ACCENT).text(title));
  pdf.moveDown(0.4);
  for (const paragraph of request.intro) put("P", () => writeParagraph(pdf, paragraph));
  pdf.moveDown(0.6);
  for (const { label, value } of request.rows) writeRow(pdf, put, label, value);
  writeEnd(pdf, put, request);
  root.end();

  numberPages(pdf, title);
  pdf.end();
  return whole;
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

type Put = (tag: string, draw: () => void) => unknown;

function rule(
  pdf: Pdf,
  y: number,
  from = pdf.page.margins.left,
  to = pdf.page.width - pdf.page.margins.right,
) {
  pdf.markContent("Artifact", { type: "Layout" });
  pdf.moveTo(from, y).lineTo(to, y).lineWidth(0.7).strokeColor(RULE).stroke();
  pdf.endMarkedContent();
}

function bottomOf(pdf: Pdf): number {
  return pdf.page.height - pdf.page.margins.bottom;
}

function bytesOf(pdf: Pdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    pdf.on("data", (part: Uint8Array) => parts.push(part));
    pdf.on("end", () => resolve(Buffer.concat(parts)));
    pdf.on("error", reject);
  });
}
