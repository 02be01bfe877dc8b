/** Names as long as this may have a letter wrong, missing or too many. */
const LONG_NAME = 7;

/**
 * Whether a word is another as somebody wrote it: the same, or, where it is long, with a letter's difference.
 *
 * @param long letters from which a difference is forgiven
 */
export function isSame(word: string, written: string, long = LONG_NAME): boolean {
  if (word === written) return true;
  const difference = word.length - written.length;
  if (word.length < long || Math.abs(difference) > 1) return false;
  let at = 0;
  while (word[at] === written[at]) at++;
  return word.slice(at + (difference >= 0 ? 1 : 0)) === written.slice(at + (difference <= 0 ? 1 : 0));
}

/** Of shorter words a letter makes others: `imposta`, `importa`. */
const LONG_WORD = 8;
/** Shorter stems are too many words' at once. */
const SHORTEST_STEM = 3;

/** A word without its ending, as Italian and English have them: `multe` → `mult`, `tickets` → `ticket`. */
function stem(word: string): string {
  const cut = word.replace(/(?:h?[aeiou]+|e?s)$/, "");
  return cut.length >= SHORTEST_STEM ? cut : word;
}

/** Whether two words are the same but for their endings, and in long ones for a letter. */
export const isAlike = (word: string, written: string): boolean =>
  stem(word) === stem(written) || isSame(word, written, LONG_WORD);
