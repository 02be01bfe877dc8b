/** Those of Arabic and of Persian, whose last four bits are the number. */
const ARABIC = /[\u0660-\u0669\u06F0-\u06F9]/g;

/** A text with the digits 0 to 9, whichever digits it was written with. */
export const latinDigits = (text: string): string =>
  text.replace(ARABIC, (digit) => String(digit.charCodeAt(0) & 15));
