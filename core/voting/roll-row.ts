import { z } from "zod";
import { bornOnOrBefore, type Day } from "../edition/calendar.ts";
import type { Edition } from "../edition/schema.ts";
import { readEmail } from "../understanding/email.ts";
import { isName } from "../understanding/names.ts";
import { normal } from "../understanding/normal.ts";
import { readMobile } from "../understanding/phone.ts";
import type { Resident } from "./roll-keeping.ts";
import { readTaxCode, type TaxCode, type TaxCodeProblem } from "./tax-code.ts";

/** What is in the columns of a row; of those that a file may be without, `undefined` where it is. */
export interface Cells extends Readonly<Record<Exclude<Column, Optional>, string>> {
  readonly email: string | undefined;
  readonly cellulare: string | undefined;
}
export const columns = [
  "codice_fiscale",
  "cognome",
  "nome",
  "data_nascita",
  "comune",
  "email",
  "cellulare",
] as const;
export type Column = (typeof columns)[number];
type Optional = "email" | "cellulare";

/** Why a row cannot be taken. */
export type RowProblem =
  /** It has cells beyond the columns, a quotation mark that makes no sense, or no end. */
  | { readonly kind: "spoilt" }
  | { readonly kind: "taxCode"; readonly problem: TaxCodeProblem }
  /** The codice fiscale is of somebody born another day. */
  | { readonly kind: "birthDisagrees" }
  | { readonly kind: "malformed"; readonly column: "cognome" | "nome" | "data_nascita" }
  | { readonly kind: "unknownComune" }
  | { readonly kind: "tooYoung"; readonly bornOnOrBefore: Day }
  /** The same codice fiscale stands in another line, for somebody else. */
  | { readonly kind: "sameCode"; readonly line: number }
  /** Has no codice fiscale, and the same names and day of birth as another line. */
  | { readonly kind: "samePerson"; readonly line: number };

/** What is worth knowing of a row that is taken. */
export type RowFlag =
  /** Has no codice fiscale, and votes at a station by document. */
  | "stationOnly"
  /** Left out: it is no e-mail address. */
  | "emailLeftOut"
  /** Left out: it is no mobile telephone. */
  | "phoneLeftOut"
  /** Says the same as a line before. */
  | "repeated";

export interface BadRow {
  readonly line: number;
  readonly problems: readonly RowProblem[];
}

export interface FlaggedRow {
  readonly line: number;
  readonly flag: RowFlag;
}

export interface ReadRow {
  readonly problems: readonly RowProblem[];
  readonly flags: readonly RowFlag[];
  /** Who it is about, where there is no problem. */
  readonly person?: Omit<Resident, "line">;
}

/** Reads rows by the rules of an edition, each by itself. */
export function rowReader(edition: Edition): (cells: Cells) => Promise<ReadRow> {
  const limit = bornOnOrBefore(edition);
  const comuni = comuniOf(edition);
  return (cells) => readRow(cells, limit, comuni);
}

async function readRow(cells: Cells, limit: Day, comuni: ReadonlyMap<string, string>): Promise<ReadRow> {
  const codes = await readCodes(cells.codice_fiscale);
  const birth = readDay(cells.data_nascita);
  const comune = comuni.get(normal(cells.comune));
  // Somebody with one name alone has it in either column.
  const [surname, name] = cells.cognome === "" ? [cells.nome, ""] : [cells.cognome, cells.nome];
  const problems: RowProblem[] = [
    ...codes.problems.map((problem) => ({ kind: "taxCode", problem }) as const),
    ...(isName(surname) ? [] : [malformed("cognome")]),
    ...(name === "" || isName(name) ? [] : [malformed("nome")]),
    ...(birth === undefined ? [malformed("data_nascita")] : []),
    ...(birth !== undefined && birth > limit ? [{ kind: "tooYoung", bornOnOrBefore: limit } as const] : []),
    ...(birth !== undefined && codes.read.some((code) => disagrees(code, birth))
      ? [{ kind: "birthDisagrees" } as const]
      : []),
    ...(comune === undefined ? [{ kind: "unknownComune" } as const] : []),
  ];
  if (problems.length > 0 || birth === undefined || comune === undefined) return { problems, flags: [] };

  const email = cells.email === undefined ? undefined : emailIn(cells.email);
  const phone = cells.cellulare === undefined ? undefined : await phoneIn(cells.cellulare);
  const all = [...new Set(codes.read.map(({ code }) => code))];
  const flags: RowFlag[] = [
    ...(all.length === 0 ? ["stationOnly" as const] : []),
    ...(cells.email && email === null ? ["emailLeftOut" as const] : []),
    ...(cells.cellulare && phone === null ? ["phoneLeftOut" as const] : []),
  ];
  const contact = { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
  return { problems, flags, person: { codes: all, name, surname, birth, comune, ...contact } };
}

function emailIn(cell: string): string | null {
  const reading = readEmail(cell);
  return reading.ok ? reading.email : null;
}

const phoneIn = async (cell: string): Promise<string | null> =>
  cell === "" ? null : ((await readMobile(cell)) ?? null);

const malformed = (column: "cognome" | "nome" | "data_nascita") => ({ kind: "malformed", column }) as const;

/** A provisional code says nothing of a day of birth, and agrees with any. */
const disagrees = ({ births }: TaxCode, birth: Day): boolean => births.length > 0 && !births.includes(birth);

/** One code, however it is spaced, or several with a space or a bar between them. */
async function readCodes(cell: string) {
  const whole = await readTaxCode(cell);
  const parts = cell.split(/[\s|]+/).filter((part) => part !== "");
  const readings = whole.ok ? [whole] : await Promise.all(parts.map(readTaxCode));
  return {
    read: readings.flatMap((reading) => (reading.ok ? [reading] : [])),
    problems: readings.flatMap((reading) => (reading.ok ? [] : [reading.problem])),
  };
}

const day = z.iso.date();

/** A day as spreadsheets write it: 31/12/1950 or 1950-12-31, of this century or the last. */
function readDay(cell: string): Day | undefined {
  const [, date, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell) ?? [];
  const iso = year ? `${year}-${month?.padStart(2, "0")}-${date?.padStart(2, "0")}` : cell;
  const read = day.safeParse(iso);
  return read.success && read.data >= "1900" ? read.data : undefined;
}

/** The ids of an edition's Comuni by their names, in any of its languages, and by themselves. */
function comuniOf({ comuni }: Edition): ReadonlyMap<string, string> {
  return new Map(
    comuni.flatMap(({ id, name }) => {
      const names = typeof name === "string" ? [name] : Object.values(name);
      return [id, ...names].map((one) => [normal(one), id] as const);
    }),
  );
}
