import PDFDocument from "pdfkit";
import { FONTS, MONO } from "../fonts.ts";

export type Pdf = InstanceType<typeof PDFDocument>;

export const MARGIN = 56;
export const INK = "#14261f";
export const SOFT = "#46554e";
const RULE = "#8fa39a";
export const ACCENT = "#0b5d53";

/** A4 sheets that a screen reader reads in order, and whose title and language it knows. */
export interface Tagged {
  readonly pdf: Pdf;
  /** Draws something as what it is: a heading, a paragraph, a figure. */
  put(tag: string, draw: () => void, options?: { readonly alt?: string }): void;
  /** Adds a part that was made apart, and draws it. */
  add(part: PDFKit.PDFStructureElement): void;
  /** Closes the last part; what is drawn from then on is decoration. */
  end(): void;
  bytes(): Promise<Uint8Array>;
}

export function startTagged(title: string, language: string): Tagged {
  const pdf = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN + 16, left: MARGIN, right: MARGIN },
    pdfVersion: "1.7",
    // @ts-expect-error pdfkit's types do not name it yet (pdfkit 0.20, lib/mixins/subsets.js does).
    subset: "PDF/UA",
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    font: FONTS.regular,
    info: { Title: title },
  });
  const whole = bytesOf(pdf);
  pdf.registerFont("regular", FONTS.regular).registerFont("bold", FONTS.bold).registerFont("mono", MONO);
  const root = pdf.struct("Document");
  pdf.addStructure(root);
  return {
    pdf,
    put: (tag, draw, options = {}) => void root.add(pdf.struct(tag, options, draw)),
    add: (part) => void root.add(part),
    end: () => void root.end(),
    bytes() {
      pdf.end();
      return whole;
    },
  };
}

/** A thin line, that is no part of what is read. */
export function rule(
  pdf: Pdf,
  y: number,
  from = pdf.page.margins.left,
  to = pdf.page.width - pdf.page.margins.right,
): void {
  pdf.markContent("Artifact", { type: "Layout" });
  pdf.moveTo(from, y).lineTo(to, y).lineWidth(0.7).strokeColor(RULE).stroke();
  pdf.endMarkedContent();
}

function bytesOf(pdf: Pdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    pdf.on("data", (part: Uint8Array) => parts.push(part));
    pdf.on("end", () => resolve(Buffer.concat(parts)));
    pdf.on("error", reject);
  });
}
