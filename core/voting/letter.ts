import { CODE_LETTERS } from "../codes.ts";

/**
 * The single-use code that is printed for whoever has neither e-mail nor telephone on the roll.
 * With 26 letters and digits, 10 of them are 47 bits: nobody finds one by trying.
 */
const LENGTH = 10;

/** @param draw a random word of so many characters of an alphabet */
export const drawLetterCode = (draw: (alphabet: string, length: number) => string): string =>
  draw(CODE_LETTERS, LENGTH);

/** As it is printed, in groups that are easy to copy: `ABCDE-FGHJK`. */
export const writeLetterCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** What somebody typed, without spaces and hyphens and in capitals; `undefined` where no code is so. */
export function readLetterCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, "");
  return code.length === LENGTH && [...code].every((one) => CODE_LETTERS.includes(one)) ? code : undefined;
}
