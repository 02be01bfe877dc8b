/** What right-to-left writing needs besides words. */

const FROM_THE_RIGHT: ReadonlySet<string> = new Set(["ar", "fa", "he", "ur"]);

/** Whether a language is written from the right, by its BCP 47 tag. */
export const isRightToLeft = (language: string): boolean =>
  FROM_THE_RIGHT.has(language.split("-", 1)[0] ?? language);

/** As `dir` of HTML has it. */
export const directionOf = (language: string): "ltr" | "rtl" => (isRightToLeft(language) ? "rtl" : "ltr");

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_DIRECTIONAL_ISOLATE = "\u2069";
/**
 * A word or a code, an e-mail address, a link: they keep their order by themselves, and are copied and pressed.
 * So is a place that a page fills later.
 */
const WHOLE = /^(?:[\p{L}\p{M}\p{N}]*|https?:\/\/\S+|\S+@\S+|\{\w+\})$/u;

/** A digit, or a letter that is written from the left. */
const FROM_THE_LEFT = /\p{N}|[^\P{L}\p{Script=Arabic}\p{Script=Hebrew}]/u;

const RIGHT_TO_LEFT_MARK = "\u200F";
const LETTER_FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** A line whose first letter, apart from what is isolated, is written from the left. */
const BEGINS_LEFT = /^(?:\u2068[^\u2069]*\u2069|[^\p{L}\u2068])*[^\P{L}\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Lets each line of a message begin at the right where its first word is not written from there ("SPID …"):
 * chat apps go by the first letter.
 */
export const fromTheRight = (text: string): string =>
  text
    .split("\n")
    .map((line) =>
      LETTER_FROM_THE_RIGHT.test(line) && BEGINS_LEFT.test(line) ? RIGHT_TO_LEFT_MARK + line : line,
    )
    .join("\n");

/**
 * Keeps together what fills a sentence that is written from the right: a name, a telephone number or a
 * date would otherwise be torn apart, and its pieces put in the sentence's order. Line by line, because
 * an isolate ends with its paragraph.
 *
 * @see https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
 */
export const isolated = (text: string): string =>
  text
    .split("\n")
    .map((line) =>
      WHOLE.test(line) || !FROM_THE_LEFT.test(line)
        ? line
        : FIRST_STRONG_ISOLATE + line + POP_DIRECTIONAL_ISOLATE,
    )
    .join("\n");
