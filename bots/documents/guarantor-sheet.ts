import { encode } from "uqr";
import { printable } from "../fonts.ts";
import { ACCENT, INK, MARGIN, type Pdf, rule, SOFT, startTagged, type Tagged } from "./tagged.ts";

/** A guarantor's share of the key, as it is printed. Every text is in the language of the sheet. */
export interface GuarantorSheet {
  readonly language: string;
  readonly title: string;
  readonly intro: readonly string[];
  /** The share: groups of characters, in one line. */
  readonly share: string;
  readonly shareLabel: string;
  /** How it is read again. */
  readonly shareNote: string;
  /** Said of the square that holds the share, to who does not see it. */
  readonly squareLabel: string;
  readonly fingerprint: string;
  readonly fingerprintLabel: string;
  /** What is filled in by pen. */
  readonly lines: readonly string[];
}

const SQUARE = 170;
/** White around a QR code, in modules: its standard asks for four. */
const QUIET = 4;
const GAP = 24;

/** Draws a share on one A4 sheet: as a QR code to scan, and as numbered groups to type in. */
export async function drawGuarantorSheet(sheet: GuarantorSheet): Promise<Uint8Array> {
  const { pdf, put, end, bytes } = startTagged(printable(sheet.title), sheet.language);
  put("H1", () => pdf.font("bold").fontSize(20).fillColor(ACCENT).text(printable(sheet.title)));
  pdf.moveDown(0.5);
  for (const text of sheet.intro) put("P", () => paragraph(pdf, text));
  pdf.moveDown(0.8);
  heading(pdf, put, sheet.shareLabel);
  const top = pdf.y;
  put("Figure", () => drawSquare(pdf, sheet.share, MARGIN, top), { alt: printable(sheet.squareLabel) });
  writeGroups(pdf, put, sheet.share.split(" "), MARGIN + SQUARE + GAP, top);
  pdf.x = MARGIN;
  pdf.y = top + SQUARE;
  put("P", () =>
    pdf.font("regular").fontSize(10).fillColor(SOFT).text(printable(sheet.shareNote), { lineGap: 2 }),
  );
  pdf.y += GAP;
  heading(pdf, put, sheet.fingerprintLabel);
  put("P", () => pdf.font("mono").fontSize(10).fillColor(INK).text(sheet.fingerprint, { lineGap: 3 }));
  pdf.y += 28;
  for (const label of sheet.lines) writeLine(pdf, put, label);
  end();
  return bytes();
}

type Put = Tagged["put"];

function paragraph(pdf: Pdf, text: string): void {
  pdf.font("regular").fontSize(12).fillColor(INK).text(printable(text), { lineGap: 3, paragraphGap: 6 });
}

function heading(pdf: Pdf, put: Put, text: string): void {
  rule(pdf, pdf.y);
  pdf.y += 8;
  put("H2", () => pdf.font("bold").fontSize(11).fillColor(SOFT).text(printable(text)));
  pdf.y += 4;
}

/** Each row of the code as bars, as wide as its dark modules reach. */
function drawSquare(pdf: Pdf, text: string, left: number, top: number): void {
  const { data } = encode(text, { ecc: "M", border: QUIET });
  const module = SQUARE / data.length;
  for (const [row, dark] of data.entries()) {
    for (let from = dark.indexOf(true); from >= 0; ) {
      const next = dark.indexOf(false, from);
      const to = next < 0 ? dark.length : next;
      pdf.rect(left + from * module, top + row * module, (to - from) * module, module);
      from = dark.indexOf(true, to);
    }
  }
  pdf.fillColor("black").fill();
}

const COLUMNS = 3;

/** Groups with their numbers, line by line. */
function writeGroups(pdf: Pdf, put: Put, groups: readonly string[], left: number, top: number): void {
  const width = (pdf.page.width - MARGIN - left) / COLUMNS;
  for (const [at, group] of groups.entries()) {
    const x = left + (at % COLUMNS) * width;
    const y = top + 12 + Math.floor(at / COLUMNS) * 26;
    put("P", () => {
      pdf
        .font("regular")
        .fontSize(8)
        .fillColor(SOFT)
        .text(`${at + 1}`, x, y + 4, { lineBreak: false });
      pdf
        .font("mono")
        .fontSize(14)
        .fillColor(INK)
        .text(group, x + 18, y, { lineBreak: false });
    });
  }
}

/** A line for the pen, with what it is for. */
function writeLine(pdf: Pdf, put: Put, label: string): void {
  pdf.y += 26;
  rule(pdf, pdf.y);
  put("P", () =>
    pdf
      .font("regular")
      .fontSize(9.5)
      .fillColor(SOFT)
      .text(printable(label), MARGIN, pdf.y + 5),
  );
}
