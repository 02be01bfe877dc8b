import { isLuhn } from "../luhn.ts";

/**
 * Networks of payment cards: how their numbers begin, and how many digits they have.
 *
 * ISO/IEC 7812 gives the check of Luhn and up to 19 digits; the beginnings are those that Visa,
 * Mastercard and Maestro, American Express, JCB and UnionPay have been given.
 */
const NETWORKS: readonly (readonly [begins: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^(?:50|5[6-9]|6)/, [13, 14, 15, 16, 17, 19]],
  [/^3[47]/, [15]],
  [/^35(?:2[89]|[3-8])/, [16]],
];

/** Digits as they stand on a card, in one piece or in groups of which the first has four. */
const NUMBER = /(?<!\p{L})(?<![\p{N}+][ .-]?)(?:\d{13,19}|\d{4}(?:[ .-]\d{1,15}){1,4})(?![ .-]?\d|\p{L})/gu;

/**
 * Whether a text has the number of a payment card in it. No telephone, date, amount or codice fiscale
 * is one; nor is an IBAN, or the number of a pagoPA notice, which has 18 digits.
 */
export const isCardNumber = (text: string): boolean =>
  [...text.matchAll(NUMBER)].some(([found]) => {
    const digits = found.replace(/\D/g, "");
    const isKnown = NETWORKS.some(
      ([begins, lengths]) => begins.test(digits) && lengths.includes(digits.length),
    );
    return isKnown && isLuhn(digits);
  });
