/**
 * What Italian does to a date in a sentence: "il 8 marzo" is said and written "l'8 marzo", "dal 11"
 * "dall'11"; the first of the month is "1º".
 */

/** Stands before a date that begins with a vowel, from when it is put in its place until it is read. */
const VOWEL = "\uE000";

/** A date as `Intl` writes it, made ready for {@link elide}. */
export const italianDate = (date: string): string =>
  date.replace(/^1 /, "1º ").replace(/^(?=(?:8|11) )/, VOWEL);

const elided: Readonly<Record<string, string>> = {
  il: "l'",
  al: "all'",
  dal: "dall'",
  del: "dell'",
  nel: "nell'",
  sul: "sull'",
};

/** Joins articles with the dates that begin with a vowel; only those, whatever else the text holds. */
export function elide(text: string): string {
  if (!text.includes(VOWEL)) return text;
  return text
    .replace(/(?<!\p{L})(il|al|dal|del|nel|sul) \uE000/giu, (_, article: string) => {
      const joined = elided[article.toLowerCase()] ?? article;
      return article.startsWith("I") ? `L${joined.slice(1)}` : joined;
    })
    .replaceAll(VOWEL, "");
}
