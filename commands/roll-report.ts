import { z } from "zod";

/* What came of a registry office's file, as the office tells it and as it is printed. */

const taxCodeProblem = z.enum(["shape", "checkLetter", "date", "birthplace"]);
const rowProblem = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("spoilt") }),
  z.object({ kind: z.literal("taxCode"), problem: taxCodeProblem }),
  z.object({ kind: z.literal("birthDisagrees") }),
  z.object({ kind: z.literal("malformed"), column: z.string() }),
  z.object({ kind: z.literal("unknownComune") }),
  z.object({ kind: z.literal("tooYoung"), bornOnOrBefore: z.string() }),
  z.object({ kind: z.literal("sameCode"), line: z.number() }),
  z.object({ kind: z.literal("samePerson"), line: z.number() }),
]);
const fileProblem = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("empty") }),
  z.object({ kind: z.literal("tooLarge"), mostBytes: z.number() }),
  z.object({ kind: z.literal("missing"), columns: z.array(z.string()) }),
  z.object({ kind: z.literal("twice"), column: z.string() }),
]);
const flag = z.enum(["stationOnly", "emailLeftOut", "phoneLeftOut", "repeated"]);

const content = {
  residents: z.number(),
  bad: z.array(z.object({ line: z.number(), problems: z.array(rowProblem) })),
  flags: z.array(z.object({ line: z.number(), flag })),
  ignored: z.array(z.string()),
  changes: z.object({
    added: z.number(),
    corrected: z.number(),
    unchanged: z.number(),
    removed: z.number(),
    absent: z.array(
      z.object({
        name: z.string(),
        surname: z.string(),
        birth: z.string(),
        comune: z.string(),
        voted: z.boolean(),
      }),
    ),
    clashes: z.array(z.number()),
  }),
};

export const rollReport = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), ...content }),
  z.object({ kind: z.literal("tried"), ...content }),
  z.object({ kind: z.literal("unreadable"), problem: fileProblem }),
]);
type Report = Exclude<z.infer<typeof rollReport>, { kind: "unreadable" }>;

export function why(problem: z.infer<typeof fileProblem>): string {
  switch (problem.kind) {
    case "empty":
      return "there is nothing in it.";
    case "tooLarge":
      return `it is larger than ${problem.mostBytes / 1_000_000} MB.`;
    case "missing":
      return `it lacks the columns ${problem.columns.join(", ")}.`;
    case "twice":
      return `the column ${problem.column} is there twice.`;
  }
}

const TAX_CODE = {
  shape: "the codice fiscale has not the shape of one",
  checkLetter: "the codice fiscale has a wrong last character: one of the others was mistaken",
  date: "the codice fiscale has a day of birth that no calendar has",
  birthplace: "the codice fiscale has a birthplace that there never was",
} as const;

const FLAG = {
  stationOnly: "no codice fiscale: they vote at a station, by document",
  emailLeftOut: "taken without the e-mail, which is none",
  phoneLeftOut: "taken without the telephone, which is no mobile",
  repeated: "says the same as a line before",
} as const;

function reason(problem: z.infer<typeof rowProblem>): string {
  switch (problem.kind) {
    case "spoilt":
      return "cells too many, a quotation mark in the wrong place, or no end";
    case "taxCode":
      return TAX_CODE[problem.problem];
    case "birthDisagrees":
      return "the codice fiscale is of somebody born another day";
    case "malformed":
      return `${problem.column} cannot be read`;
    case "unknownComune":
      return "the Comune is none of the edition's";
    case "tooYoung":
      return `too young: it takes a birth on or before ${problem.bornOnOrBefore}`;
    case "sameCode":
      return `line ${problem.line} has the same codice fiscale`;
    case "samePerson":
      return `no codice fiscale, and the names and day of birth of line ${problem.line}`;
  }
}

/** Whole, however long: somebody has to look into every line. */
export function report(path: string, { kind, residents, bad, flags, ignored, changes }: Report): string {
  const { added, corrected, unchanged, removed, absent, clashes } = changes;
  const would = kind === "tried" ? "would be " : "";
  return [
    `${path}: ${residents} rows can be taken, ${bad.length} cannot.`,
    ...(ignored.length > 0 ? [`Columns that are not read: ${ignored.map(shown).join(", ")}.`] : []),
    ...bad.map(({ line, problems }) => `  line ${line}: ${problems.map(reason).join("; ")}`),
    ...flags.map((one) => `  line ${one.line}: (taken) ${FLAG[one.flag]}`),
    ...clashes.map((line) => `  line ${line}: two people on the roll, who have both voted; left as they are`),
    `${added} ${would}added, ${corrected} ${would}corrected, ${removed} ${would}removed, ${unchanged} stay as they are.`,
    ...(absent.length > 0 ? [`${absent.length} on the roll are not in the file and stay there:`] : []),
    ...absent.map(
      ({ name, surname, birth, comune, voted }) =>
        `  ${shown(`${surname} ${name}`.trim())}, ${birth}, ${comune}${voted ? ", has voted" : ""}`,
    ),
  ].join("\n");
}

/** What a file calls something, without what would steer a terminal. */
const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "?").slice(0, 80);
