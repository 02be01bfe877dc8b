/**
 * How easy an Italian text is to read, from about 0 to 100: the Gulpease index. Texts above 80 are
 * easy for who finished primary school, above 60 for middle school, above 40 for high school.
 *
 * 89 + (300 × sentences − 10 × letters) / words.
 *
 * Source: P. Lucisano, M. E. Piemontese, "GULPEASE: una formula per la predizione della difficoltà
 * dei testi in lingua italiana", Scuola e città 3 (1988), 110-124.
 *
 * What counts is taken strictly: a sentence ends with a full stop, a question or exclamation mark or
 * the line, not with a colon or semicolon; words are parted by spaces alone, so "l'ufficio" is one;
 * figures count as letters. Web and e-mail addresses are left out: they are pressed, not read. Very
 * short texts come out above 100 and are cut there.
 */
export function gulpease(text: string): number {
  const words = wordsOf(text);
  if (words.length === 0) return 100;
  const letters = words.join("").replace(/[^\p{L}\p{N}]/gu, "").length;
  const sentences = text.split(/[.!?…]+(?=[\s»)]|$)|\n/u).filter((part) => wordsOf(part).length > 0).length;
  return Math.min(100, 89 + (300 * sentences - 10 * letters) / words.length);
}

/** What stands between spaces and has a letter or a figure in it, addresses left out. */
export const wordsOf = (text: string): readonly string[] =>
  text.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part) && !/:\/\/|@/.test(part));
