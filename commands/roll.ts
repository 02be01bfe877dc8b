import { type FileHandle, open, readFile, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { drawLetters } from "../bots/documents/letters.ts";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { report, rollReport, why } from "./roll-report.ts";
import { table } from "./terminal.ts";

const usage = `npm run roll -- check FILE.csv [--remove-absent]
npm run roll -- import FILE.csv [--skip-bad] [--remove-absent]
npm run roll -- status
npm run roll -- letters --out FILE.pdf [--comune ID] [--again]

Who may vote: the registry office's residents. City users are kept by npm run city-users.

  check    tells every row that cannot be taken, and what import would do; writes nothing
  import   brings the roll up to date: adds, corrects, and tells who is not in the file any more.
           The same file twice changes nothing, and no mark of who has voted is touched.
           A file with bad rows is left alone; --skip-bad takes its other rows.
           --remove-absent takes away residents who are not in the file and have not voted
  status   how many people are on the roll, by Comune
  letters  prints a single-use voting code for everybody who has neither e-mail nor telephone, one a
           sheet, in files of 1000 sheets. The codes are shown nowhere else, and only this once;
           --again replaces those that were not used. Keep the files safe, and delete them when printed

The file is CSV with the columns codice_fiscale, cognome, nome, data_nascita, comune, and where they
are known email, cellulare. Several codici fiscali of one person have a space or | between them.

Works beside a running process, or by itself.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

interface Bringing {
  readonly dry: boolean;
  readonly skipBad: boolean;
  readonly removeAbsent: boolean;
}

async function bring(office: OfficeClient, path: string, options: Bringing): Promise<string> {
  const content = await readFile(path).catch((error: unknown) => {
    throw new Refusal(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const file = content.toString("base64");
  const told = await office.call("/roll", { file, ...options }, rollReport);
  if (told === undefined) throw new Refusal("This edition has no roll.");
  if (told.kind === "unreadable") throw new Refusal(`${path}: ${why(told.problem)}`);
  const said = report(path, told);
  if (told.bad.length > 0 && !options.skipBad) {
    const rest = options.dry ? "" : "\nNothing was written. To take the other rows: --skip-bad";
    throw new Refusal(`${said}${rest}`);
  }
  return said;
}

const count = z.object({
  comune: z.string(),
  people: z.number(),
  stationOnly: z.number(),
  needLetter: z.number(),
  haveLetter: z.number(),
  voted: z.number(),
});

async function status(office: OfficeClient): Promise<string> {
  const counts = (await office.get("/roll", z.array(count))) ?? [];
  if (counts.length === 0) return "There is nobody on the roll.";
  const head = ["comune", "people", "voted", "station only", "need a letter", "have one"];
  const rows = counts.map(({ comune, people, voted, stationOnly, needLetter, haveLetter }) => [
    comune || "city users",
    ...[people, voted, stationOnly, needLetter, haveLetter].map(String),
  ]);
  return table([head, ...rows]);
}

const paragraphs = z.array(z.object({ text: z.string(), isHead: z.boolean() }));
const drawn = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("done"),
    sheet: z.object({ language: z.string(), title: z.string(), before: paragraphs, after: paragraphs }),
    letters: z.array(z.object({ to: z.string(), where: z.string(), code: z.string() })),
  }),
  z.object({ kind: z.literal("noPage") }),
  z.object({ kind: z.literal("noCodes") }),
]);

/** Sheets of one file: as many as a printer takes at once, and a memory holds. */
const SHEETS = 1000;

async function letters(
  office: OfficeClient,
  out: string,
  options: { readonly again: boolean; readonly comune?: string },
): Promise<string> {
  // Made before any code is drawn: without a place for it, a code would be lost.
  const first = await create(out);
  let left = 0;
  try {
    const told = await office.call("/roll/letters", options, drawn);
    if (told === undefined) throw new Refusal(`There is no Comune ${options.comune}.`);
    if (told.kind === "noPage") throw new Refusal("Set BASE_URL: the letters say where one votes.");
    if (told.kind === "noCodes") throw new Refusal("In this edition nobody votes online with a code.");
    left = told.letters.length;
    if (left === 0) return "Nobody needs a letter. To replace codes that were not used: --again";
    for (let from = 0; from < told.letters.length; from += SHEETS) {
      const sheets = told.letters.slice(from, from + SHEETS);
      const file = from === 0 ? first : await create(out.replace(/(\.pdf)?$/i, `-${from / SHEETS + 1}.pdf`));
      await file.writeFile(await drawLetters({ ...told.sheet, letters: sheets }));
      await file.close();
      left -= sheets.length;
    }
    const files = Math.ceil(told.letters.length / SHEETS);
    return `Letters: ${told.letters.length}, in ${files === 1 ? out : `${files} files from ${out} on`}.`;
  } catch (error) {
    if (left === 0) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${reason}\n${left} letters were not printed, and their codes are lost: --again`);
  } finally {
    await first.close();
    if ((await stat(out)).size === 0) await rm(out);
  }
}

/** A file for its owner alone; one that is there is not written over. */
function create(path: string): Promise<FileHandle> {
  return open(path, "wx", 0o600).catch((error: unknown) => {
    throw new Refusal(`${path} cannot be made: ${error instanceof Error ? error.message : String(error)}`);
  });
}

await runOfficeCommand({
  usage,
  options: {
    "skip-bad": { type: "boolean", default: false },
    "remove-absent": { type: "boolean", default: false },
    out: { type: "string" },
    comune: { type: "string" },
    again: { type: "boolean", default: false },
  },
  plan([command, path, ...rest], { out, comune, again, ...flags }) {
    const { "skip-bad": skipBad, "remove-absent": removeAbsent } = flags;
    if (rest.length > 0) throw new Misuse("That is more than one file.");
    switch (command) {
      case "check":
      case "import":
        if (path === undefined) throw new Misuse("Which file?");
        return (office) => bring(office, path, { dry: command === "check", skipBad, removeAbsent });
      case "status":
        if (path === undefined) return status;
        break;
      case "letters":
        if (out === undefined) throw new Misuse("Where to? --out FILE.pdf");
        if (path === undefined)
          return (office) => letters(office, out, { again, ...(comune !== undefined && { comune }) });
        break;
    }
    throw new Misuse("That is none of these commands.");
  },
});
