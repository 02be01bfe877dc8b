import { z } from "zod";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { csv, found, written } from "./questionnaire-results.ts";
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
