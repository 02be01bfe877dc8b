import { z } from "zod";
import { ageOn, type Day } from "../edition/calendar.ts";
import { isLuhn } from "../luhn.ts";

/** A codice fiscale that can be somebody's. */
export interface TaxCode {
  /**
   * Letters and digits alone, as they were given: the variants of omocodia tell apart people who
   * would have the same code, so they are never decoded.
   */
  readonly code: string;
  /**
   * The days on which its holder may have been born, the earlier first: the code says no century.
   * None for a provisional code of 11 digits, which says nothing of its holder.
   */
  readonly births: readonly Day[];
}

/** Why something is no codice fiscale. */
export type TaxCodeProblem = "shape" | "checkLetter" | "date" | "birthplace";

export type TaxCodeReading =
  | ({ readonly ok: true } & TaxCode)
  | { readonly ok: false; readonly problem: TaxCodeProblem };

const OMOCODIA = "0-9LMNPQRSTUV";
const SHAPE = new RegExp(
  `^[A-Z]{6}[${OMOCODIA}]{2}[ABCDEHLMPRST][${OMOCODIA}]{2}[A-Z][${OMOCODIA}]{3}[A-Z]$`,
);
/** Of which 00000000000, that stands for nothing, is none. */
const PROVISIONAL = /^(?!0+$)\d{11}$/;
const MONTHS = "ABCDEHLMPRST";
/** Nobody alive is older: 115 and more have been a handful of people at any time, in all the world. */
const OLDEST = 115;

/**
 * Reads a codice fiscale as people and services write it, with spaces, in small letters, with the
 * `TINIT-` that SPID puts before it.
 *
 * Shape and check letter as the decree of 23 December 1976 gives them. The birthplace must be one
 * that ever existed; not on that very day, as registers of Comuni and countries begin later than the
 * people who were born there (Fiume's and Pola's in the 1920s).
 */
export async function readTaxCode(text: string): Promise<TaxCodeReading> {
  const code = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/^\s*TINIT-/, "")
    .replace(/[\s.-]/g, "");
  if (PROVISIONAL.test(code)) {
    return isLuhn(code) ? { ok: true, code, births: [] } : { ok: false, problem: "checkLetter" };
  }
  if (!SHAPE.test(code)) return { ok: false, problem: "shape" };
  const { CheckDigitizer, deomocode, isBirthplace } = await library();
  if (CheckDigitizer.checkDigit(code) !== code.at(-1)) return { ok: false, problem: "checkLetter" };
  const plain = deomocode(code);
  const births = birthsIn(plain);
  if (births.length === 0) return { ok: false, problem: "date" };
  if (!(await isBirthplace(plain.slice(11, 15)))) return { ok: false, problem: "birthplace" };
  return { ok: true, code, births };
}

/**
 * The days of birth that a code leaves likely on a day: neither yet to come nor too long ago for
 * somebody alive. Two where a child and somebody of well over a hundred may have it; nobody of 16 or
 * more is left in doubt.
 */
export const likelyBirths = ({ births }: TaxCode, on: Day): readonly Day[] =>
  births.filter((birth) => birth <= on && ageOn(birth, on) <= OLDEST);

/** The days, of the last century and of this, that a code without omocodia stands for. */
function birthsIn(plain: string): readonly Day[] {
  const month = MONTHS.indexOf(plain.charAt(8)) + 1;
  // 40 is added to the day of women.
  const day = Number(plain.slice(9, 11)) % 40;
  const isWritten = Number(plain.slice(9, 11)) <= 71;
  return ["19", "20"]
    .map((century) => `${century}${plain.slice(6, 8)}-${pad(month)}-${pad(day)}`)
    .filter((date) => isWritten && isDay(date));
}

const pad = (number: number): string => String(number).padStart(2, "0");

const isDay = (date: string): boolean => z.iso.date().safeParse(date).success;

type Library = Awaited<ReturnType<typeof load>>;
let loading: Promise<Library> | undefined;

/** Loaded when the first code is read: it takes some 60 ms, and few processes ever read one. */
const library = (): Promise<Library> => (loading ??= load());

async function load() {
  const { CheckDigitizer, Parser } = await import("@marketto/codice-fiscale-utils");
  const { belfioreConnector } = await import("@marketto/belfiore-connector-embedded");
  const parser = new Parser(belfioreConnector);
  const known = new Map<string, boolean>();
  return {
    CheckDigitizer,
    deomocode: (code: string) => parser.cfDeomocode(code),
    /** Looking one up takes some 0.15 ms, and a roll names the same few places thousands of times. */
    async isBirthplace(code: string): Promise<boolean> {
      const before = known.get(code);
      if (before !== undefined) return before;
      const found = (await belfioreConnector.findByCode(code)) !== null;
      known.set(code, found);
      return found;
    },
  };
}
