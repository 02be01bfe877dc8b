import { printable } from "../fonts.ts";
import { ACCENT, INK, type Pdf, SOFT, startTagged } from "./tagged.ts";

/** Letters that differ in whom they are for and in the code that they bring. */
export interface LettersRequest {
  readonly language: string;
  readonly title: string;
  readonly before: readonly LetterParagraph[];
  readonly after: readonly LetterParagraph[];
  readonly letters: readonly {
    readonly to: string;
    /** Under the name: where the letter goes. */
    readonly where: string;
    readonly code: string;
  }[];
}

export interface LetterParagraph {
  readonly text: string;
  readonly isHead: boolean;
}

const BODY = 13;
const SPACING = { lineGap: 3, paragraphGap: 7 } as const;

/** Draws one letter a sheet, for eyes that are tired: large type, and the code larger still. */
export async function drawLetters(request: LettersRequest): Promise<Uint8Array> {
  const { pdf, put, end, bytes } = startTagged(printable(request.title), request.language);
  const write = ({ text, isHead }: LetterParagraph) =>
    put(isHead ? "H2" : "P", () => {
      if (isHead) pdf.moveDown(0.4);
      pdf
        .font(isHead ? "bold" : "regular")
        .fontSize(BODY)
        .fillColor(INK);
      pdf.text(printable(text), SPACING);
    });
  for (const [index, { to, where, code }] of request.letters.entries()) {
    if (index > 0) pdf.addPage();
    put("P", () => {
      pdf.font("bold").fontSize(BODY).fillColor(INK).text(printable(to), SPACING);
      pdf.font("regular").fontSize(11).fillColor(SOFT).text(printable(where), SPACING);
    });
    pdf.moveDown(1.2);
    put("H1", () => pdf.font("bold").fontSize(22).fillColor(ACCENT).text(printable(request.title), SPACING));
    pdf.moveDown(0.3);
    for (const paragraph of request.before) write(paragraph);
    put("P", () => writeCode(pdf, code));
    for (const paragraph of request.after) write(paragraph);
  }
  end();
  return bytes();
}

/** One width for all characters, so that none hides in another. */
function writeCode(pdf: Pdf, code: string): void {
  pdf.font("mono").fontSize(38).fillColor(INK).text(code, { characterSpacing: 2, paragraphGap: 14 });
}
