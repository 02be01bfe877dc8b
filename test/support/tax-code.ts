/** Values of characters in odd places, by the decree of 23 December 1976; of letters in even ones, their order. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const MONTHS = "ABCDEHLMPRST";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The check letter of the first 15 characters. */
export function checkLetter(first: string): string {
  const orderOf = (character: string) => LETTERS.indexOf(character);
  const values = [...first].map((character, index) => {
    const order = /\d/.test(character) ? Number(character) : orderOf(character);
    return index % 2 === 0 ? (ODD[order] ?? 0) : order;
  });
  return LETTERS.charAt(values.reduce((sum, value) => sum + value, 0) % 26);
}

/**
 * A codice fiscale of nobody, with everything that one has.
 *
 * @param born `YYYY-MM-DD`
 */
export function taxCode(
  born: string,
  { names = "RSSMRA", place = "G535", sex = "M" }: { names?: string; place?: string; sex?: "M" | "F" } = {},
): string {
  const [year = "", month = "", day = ""] = born.split("-");
  const dayOfSex = String(Number(day) + (sex === "F" ? 40 : 0)).padStart(2, "0");
  const first = `${names}${year.slice(2)}${MONTHS.charAt(Number(month) - 1)}${dayOfSex}${place}`;
  return first + checkLetter(first);
}

const SURNAMES = "BCDFGHLMNPRSTVZ";

/** The codes of so many different people born that day. */
export const taxCodes = (count: number, born: string): string[] =>
  Array.from({ length: count }, (_, index) => {
    const letters = [0, 1, 2, 3, 4].map((place) => SURNAMES.charAt(Math.floor(index / 15 ** place) % 15));
    return taxCode(born, { names: `${letters.join("")}A` });
  });

/** The same code with its last digit written as omocodia has it: another person's. */
export function withOmocodia(code: string): string {
  const first = code.slice(0, 14) + "LMNPQRSTUV".charAt(Number(code.charAt(14)));
  return first + checkLetter(first);
}
