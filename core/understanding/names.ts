/** Nobody has more of them; a sentence does. */
const MOST_WORDS = 6;

/** A name or a surname, in any alphabet: at least one letter, and nothing that names do not have. */
export const isName = (text: string): boolean =>
  text.length <= 60 && text.split(" ").length <= MOST_WORDS && /^\p{L}[\p{L}\p{M}'’. -]*$/u.test(text);
