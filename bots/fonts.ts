import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * DejaVu Sans has every Latin letter of Europe's languages, Greek, Cyrillic and Arabic in one file,
 * so that names are printed as their owners write them. What is still missing is printed as a box,
 * for it to be noticed. Only the letters that are used are put into the PDF.
 */
export const FONTS = {
  regular: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  bold: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
} as const;

/** For what is copied character by character; Latin letters are enough. */
export const MONO = require.resolve("dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf");

/**
 * Text as it can be printed or drawn: without emoji, and without the invisible characters that apps put in
 * (joiners, direction marks, variants), all of which would come out as boxes.
 */
export const printable = (text: string): string => directed(text).replace(ISOLATES, "");

/** Begin and end of a part that keeps its own direction (U+2066 to U+2069). */
export const ISOLATES = /[\u2066-\u2069]/gu;

const LETTERS_FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Whether a text has letters that are written from the right. */
export const hasLettersFromRight = (text: string): boolean => LETTERS_FROM_THE_RIGHT.test(text);

/** Text that is {@link printable} once its isolates have told where its parts go. */
export function directed(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll("\t", "    ")
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Cf}\p{Emoji_Presentation}\p{Emoji_Modifier}]|\p{Variation_Selector}/gu, (mark) =>
      mark === "\n" || /[\u2066-\u2069]/.test(mark) ? mark : "",
    );
}
