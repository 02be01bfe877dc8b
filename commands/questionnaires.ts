import { z } from "zod";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { table } from "./terminal.ts";

const usage = `npm run questionnaires -- list
npm run questionnaires -- results ID [--csv]

What citizens answered to the questionnaires of the edition.

  list     those of the edition's file, with their days and how many answered
  results  counts, averages and what was written; with --csv as rows of question, answer and count

Of an anonymous questionnaire nothing is shown before its last day is over, and no number of fewer people than
the edition's vote.ballot.smallNumbers (5 where it does not say): of a question that fewer answered, nothing.

Works beside a running process, or by itself.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const listed = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    from: z.string(),
    to: z.string(),
    anonymous: z.boolean(),
    answers: z.number(),
  }),
);

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
const found = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), ...about }),
  z.object({ kind: z.literal("results"), ...about, results: z.array(question) }),
]);
type Results = Extract<z.infer<typeof found>, { kind: "results" }>;

async function list(office: OfficeClient): Promise<string> {
  const all = (await office.get("/questionnaires", listed)) ?? [];
  if (all.length === 0) return "The edition has no questionnaire.";
  return table(
    all.map(({ id, name, from, to, anonymous, answers }) => [
      id,
      `${from} – ${to}`,
      anonymous ? "anonymous" : "with the contact",
      `${answers} answered`,
      name,
    ]),
  );
}

async function results(office: OfficeClient, id: string, isCsv: boolean): Promise<string> {
  const told = await office.get(`/questionnaires/${encodeURIComponent(id)}`, found);
  if (!told) throw new Refusal(`The edition has no questionnaire ${id}.`);
  if (told.kind === "open")
    throw new Refusal(`${told.answers} answered. It is anonymous: results are shown after ${told.to}.`);
  return isCsv ? csv(told) : written(told);
}

function written({ name, anonymous, answers, few, results }: Results): string {
  const isLeftOut = results.some(
    ({ answered, counts }) => answered === undefined || counts.some(({ count }) => count === undefined),
  );
  return [
    `${name}: ${answers} answered`,
    ...results.map(({ ask, answered, counts, average, texts }, at) =>
      [
        `${at + 1}. ${ask}  (${answered === undefined ? LEFT_OUT : `${answered} answered`})`,
        ...(counts.length > 0
          ? [table(counts.map(({ name, count }) => [`   ${String(count ?? LEFT_OUT).padStart(6)}`, name]))]
          : []),
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
function csv({ results }: Results): string {
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

await runOfficeCommand({
  usage,
  options: { csv: { type: "boolean" } },
  plan([command, id, ...rest], { csv: isCsv = false }) {
    if (command === "list" && id === undefined) return list;
    if (command === "results" && id !== undefined && rest.length === 0)
      return (office) => results(office, id, isCsv);
    throw new Misuse("That is none of these commands.");
  },
});
