import { latinDigits } from "./digits.ts";

/**
 * A message as it is compared with words and titles: lower case, no accents, no punctuation or
 * pictures around or between words. Linear in the length of the message.
 */
export const normal = (text: string): string =>
  latinDigits(text)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
