import { z } from "zod";

const about = {
  id: z.string(),
  name: z.string(),
  to: z.string(),
  anonymous: z.boolean(),
  answers: z.number(),
  few: z.number(),
};
const question = z.object({
  ask: z.string(),
  answered: z.number().optional(),
  counts: z.array(z.object({ name: z.string(), count: z.number().optional() })).default([]),
  average: z.number().optional(),
  texts: z.array(z.string()).default([]),
});
/** What the office tells of a questionnaire. */
export const found = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), ...about }),
  z.object({ kind: z.literal("results"), ...about, results: z.array(question) }),
]);
export type Results = Extract<z.infer<typeof found>, { kind: "results" }>;

/** For reading: what is left out is said to be. */
export function written({ name, anonymous, answers, few, results }: Results): string {
  const isLeftOut = results.some(
    ({ answered, counts }) => answered === undefined || counts.some(({ count }) => count === undefined),
  );
  return [
    `${name}: ${answers} answered`,
    ...results.map(({ ask, answered, counts, average, texts }, at) =>
      [
        `${at + 1}. ${ask}  (${answered === undefined ? LEFT_OUT : `${answered} answered`})`,
        ...counts.map(({ name, count }) => `${String(count ?? LEFT_OUT).padStart(8)}  ${name}`),
        ...(average === undefined ? [] : [`   average ${average}`]),
        ...texts.map((text) => `   «${text.replace(/\s*\n\s*/g, " ")}»`),
      ].join("\n"),
    ),
    ...(anonymous && isLeftOut
      ? [`${LEFT_OUT} of fewer than ${few} people, or left out so that such a number cannot be worked out.`]
      : []),
  ].join("\n\n");
}

const LEFT_OUT = "–";

/** Rows of question, answer and count: one for each option, average and text. */
export function csv({ results }: Results): string {
  const rows = results.flatMap(({ ask, answered, counts, average, texts }) => [
    [ask, "answered", answered],
    ...counts.map(({ name, count }) => [ask, name, count]),
    ...(average === undefined ? [] : [[ask, "average", average]]),
    ...texts.map((text) => [ask, text, 1]),
  ]);
  return [["question", "answer", "count"], ...rows].map((row) => row.map(cell).join(",")).join("\n");
}

/** What begins as a formula would be run by a spreadsheet. */
function cell(value: string | number | undefined): string {
  if (typeof value !== "string") return String(value ?? "");
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
