/**
 * What Meta asks of a template's words, so that a file is mended before a reviewer sends it back.
 *
 * Lengths, buttons and names: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 * (5 May 2026) and …/templates/components (21 November 2025). Gaps in order, not next to each other, none without words
 * before and after it: "Common rejection reasons" of …/docs/whatsapp/message-templates/guidelines, and error 2388299.
 * A full stop after the last gap does not count as words, and so many gaps want twice as many words and one more:
 * both as found out by https://support.maqsam.com/creating-whatsapp-templates-with-variables (read November 2026), Meta
 * only says "too many".
 */
export const TEMPLATE_LIMITS = { name: 512, body: 1024, footer: 60, buttons: 10, button: 25 } as const;

/** The languages that the product speaks, by Meta's codes: …/whatsapp/templates/supported-languages (21 May 2026). */
export const TEMPLATE_LANGUAGES = ["it", "en", "ro", "sq", "ar"] as const;
export type TemplateLanguage = (typeof TEMPLATE_LANGUAGES)[number];

const GAP = /\{\{(\d+)\}\}/g;

/** What is wrong with a body that has so many gaps to be filled; empty where nothing is. */
export function mistakesInBody(body: string, gaps: number): readonly string[] {
  const found = [...body.matchAll(GAP)].map(([, number]) => Number(number));
  const wanted = Array.from({ length: gaps }, (_, at) => at + 1);
  const words = body
    .replace(GAP, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const parts = body.split(/\{\{\d+\}\}/);
  const hasWords = (part: string | undefined) => /\p{L}/u.test(part ?? "");
  return [
    ...(body.trim() === "" ? ["write some words"] : []),
    ...(body.length > TEMPLATE_LIMITS.body
      ? [`it has ${body.length} characters: write ${TEMPLATE_LIMITS.body} at most`]
      : []),
    ...(found.join() === wanted.join()
      ? []
      : [`write each gap once and in order: ${wanted.map((number) => `{{${number}}}`).join(" ") || "none"}`]),
    ...(found.length > 0 && !(hasWords(parts[0]) && hasWords(parts.at(-1)))
      ? ["write words before the first gap and after the last one"]
      : []),
    ...(/\}\}\s*\{\{/.test(body) ? ["write something between two gaps"] : []),
    ...(words.length < 2 * gaps + 1 ? [`write at least ${2 * gaps + 1} words beside the gaps`] : []),
    ...(/\t| {4}|\n{3}/.test(body)
      ? ["leave out tabs, four spaces in a row and two empty lines in a row"]
      : []),
    ...(/\{\{|\}\}/.test(body.replace(GAP, "")) ? ["close each gap: {{1}}"] : []),
  ];
}

/** What is wrong with words that take neither gaps nor pictures: a footer, a button. */
export function mistakesInLine(line: string, most: number): readonly string[] {
  return [
    ...(line.trim() === "" ? ["write some words"] : []),
    ...(line.length > most ? [`it has ${line.length} characters: write ${most} at most`] : []),
    ...(/[{}\n]|\p{Extended_Pictographic}/u.test(line) ? ["leave out gaps, line breaks and emoji"] : []),
  ];
}
