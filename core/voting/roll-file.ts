import { parse } from "csv-parse/sync";
import type { Edition } from "../edition/schema.ts";
import { normal } from "../understanding/normal.ts";
import type { Resident } from "./roll-keeping.ts";
import { type BadRow, type Column, columns, type FlaggedRow, rowReader } from "./roll-row.ts";
import { tellApart } from "./roll-twice.ts";

/** A file of residents, as far as it could be read. */
export type RollFile =
  | (ReadRows & { readonly ok: true })
  | { readonly ok: false; readonly problem: FileProblem };

export interface ReadRows {
  readonly residents: readonly Resident[];
  readonly bad: readonly BadRow[];
  /** What is taken and worth knowing. */
  readonly flags: readonly FlaggedRow[];
  /** Columns that nobody reads, as the file calls them. */
  readonly ignored: readonly string[];
}

/** Why nothing of a file can be read. */
export type FileProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "tooLarge"; readonly mostBytes: number }
  | { readonly kind: "missing"; readonly columns: readonly Column[] }
  /** Two columns are called so. */
  | { readonly kind: "twice"; readonly column: Column };

/** Enough for the residents of a province, and not to fill a memory with. */
const MOST_BYTES = 30_000_000;
/** No person's row is longer. */
const LONGEST_ROW = 2_000;

/**
 * Reads the CSV of a registry office: UTF-8, or the Windows-1252 of spreadsheets; `;` or `,` between
 * cells. Every row that cannot be taken is named by its line, with all its reasons.
 *
 * Each line is read by itself: no cell of such a file has line breaks, and a quotation mark that is
 * not closed then spoils one row instead of all that follow.
 */
export async function readRollFile(bytes: Uint8Array, edition: Edition): Promise<RollFile> {
  if (bytes.length > MOST_BYTES) return { ok: false, problem: { kind: "tooLarge", mostBytes: MOST_BYTES } };
  const [first, ...rows] = decode(bytes)
    .split(/\r\n|\r|\n/)
    .map((text, index) => ({ line: index + 1, text }))
    .filter(({ text }) => /[^\s;,]/.test(text));
  if (first === undefined) return { ok: false, problem: { kind: "empty" } };
  const delimiter = first.text.split(";").length > first.text.split(",").length ? ";" : ",";
  const header = readHeader(cellsOf(first.text, delimiter) ?? []);
  if (!header.ok) return header;

  const readRow = rowReader(edition);
  const bad: BadRow[] = [];
  const flags: FlaggedRow[] = [];
  const residents: Resident[] = [];
  for (const { line, text } of rows) {
    const cells = header.pick(cellsOf(text, delimiter));
    const read = cells ? await readRow(cells) : spoilt;
    if (read.person) residents.push({ line, ...read.person });
    else bad.push({ line, problems: read.problems });
    flags.push(...read.flags.map((flag) => ({ line, flag })));
  }
  const apart = tellApart(residents);
  const isBad = new Set(apart.bad.map(({ line }) => line));
  const byLine = (a: { readonly line: number }, b: { readonly line: number }) => a.line - b.line;
  return {
    ok: true,
    residents: apart.residents,
    bad: [...bad, ...apart.bad].sort(byLine),
    flags: [...flags.filter(({ line }) => !isBad.has(line)), ...apart.flags].sort(byLine),
    ignored: header.ignored,
  };
}

const spoilt = { problems: [{ kind: "spoilt" }], flags: [], person: undefined } as const;

/** Windows-1252 gives every byte a meaning, so it is tried last. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The cells of a line; `undefined` where its quotation marks make no sense, or it has no end. */
function cellsOf(line: string, delimiter: string): readonly string[] | undefined {
  if (line.length > LONGEST_ROW) return undefined;
  try {
    return parse(line, { delimiter, trim: true })[0] ?? [];
  } catch {
    return undefined;
  }
}

/** What the columns are called in the files of registry offices, without spaces and signs. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  codice_fiscale: ["codicefiscale", "codicifiscali", "codfiscale", "codfisc", "cf"],
  cognome: ["cognome"],
  nome: ["nome"],
  data_nascita: ["datanascita", "datadinascita", "natoil"],
  comune: ["comune", "comuneresidenza", "comunediresidenza"],
  email: ["email", "mail", "postaelettronica", "indirizzoemail"],
  cellulare: ["cellulare", "cell", "telefonocellulare", "telefonomobile"],
};

/** What no registry office needs to know of a person. */
const OPTIONAL: readonly Column[] = ["email", "cellulare"];

/** Where each column stands. */
function readHeader(names: readonly string[]) {
  const known = names.map((name) => {
    const said = normal(name).replaceAll(" ", "");
    return columns.find((column) => NAMES[column].includes(said));
  });
  const twice = known.find((column, place) => column !== undefined && known.indexOf(column) !== place);
  if (twice) return { ok: false, problem: { kind: "twice", column: twice } } as const;
  const missing = columns.filter((column) => !known.includes(column) && !OPTIONAL.includes(column));
  if (missing.length > 0) return { ok: false, problem: { kind: "missing", columns: missing } } as const;
  return {
    ok: true,
    ignored: names.filter((name, place) => known[place] === undefined && name !== ""),
    /** The cells of a row by their columns; `undefined` where there are more of them. */
    pick(cells: readonly string[] | undefined) {
      if (cells === undefined || cells.slice(names.length).some((cell) => cell !== "")) return undefined;
      const at = (column: Column) => {
        const place = known.indexOf(column);
        return place < 0 ? undefined : (cells[place] ?? "");
      };
      const needed = (column: Column) => at(column) ?? "";
      return {
        codice_fiscale: needed("codice_fiscale"),
        cognome: needed("cognome"),
        nome: needed("nome"),
        data_nascita: needed("data_nascita"),
        comune: needed("comune"),
        email: at("email"),
        cellulare: at("cellulare"),
      };
    },
  } as const;
}
