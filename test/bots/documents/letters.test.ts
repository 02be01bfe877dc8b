import { expect, test } from "vitest";
import { drawLetters, type LettersRequest } from "../../../bots/documents/letters.ts";
import { letterSheet } from "../../../core/voting/letter-sheet.ts";
import { demo, words } from "../../support/talk.ts";

/** What the office puts in every letter, in a language, with the longest names there are. */
function request(language: string, letters: number): LettersRequest {
  const sheet = letterSheet(demo, "2027-01-01", "https://partecipa.unionevalnurevalchero.example.it/voto");
  if (!sheet) throw new Error("The demonstration has no vote with a code.");
  const paragraphs = (parts: typeof sheet.before) =>
    parts.map(({ text, isHead = false }) => ({ text: words.say(language, text), isHead }));
  return {
    language,
    title: words.say(language, sheet.title),
    before: paragraphs(sheet.before),
    after: paragraphs(sheet.after),
    letters: Array.from({ length: letters }, (_, n) => ({
      to: `Per ${"Maria Giovanna Immacolata ".repeat(2)}Ștefănescu-Țîrlea`,
      where: "San Giorgio Piacentino",
      code: `QLTV${n}-DA34K`,
    })),
  };
}

const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

test.each(words.languages)("A letter in %s fills one sheet, however long its names are", async (language) => {
  expect(pagesOf(await drawLetters(request(language, 2)))).toBe(2);
});
