import type { Day } from "../edition/calendar.ts";

/** A resident as the registry office tells of them. */
export interface Resident {
  /** Where in the file, to name it when something is wrong. */
  readonly line: number;
  /** Every codice fiscale of theirs, as `readTaxCode` gives it; who has none votes at a station. */
  readonly codes: readonly string[];
  /** Empty for the few who have one name alone: it is then the surname. */
  readonly name: string;
  readonly surname: string;
  readonly birth: Day;
  /** The id of a Comune of the edition. */
  readonly comune: string;
  /** `null` where there is none; absent where the file does not say, and what the roll has stays. */
  readonly email?: string | null;
  /** E.164; as above. */
  readonly phone?: string | null;
}

/** How the roll is kept, by the office. */
export interface RollKeeping {
  /**
   * Makes the roll as the registry office has it: adds, corrects, and tells who is not there any
   * more. All of it or nothing; the same twice changes nothing. City users who are not residents stay
   * as they are, and no mark is ever touched.
   */
  bringUpToDate(
    residents: readonly Resident[],
    options: {
      /** Takes away residents who are not in the file and have not voted. */
      readonly removeAbsent: boolean;
      /** Tells what would be done, and does nothing. */
      readonly dry: boolean;
    },
  ): Promise<RollChanges>;
  /** How many people are on the roll, by Comune. */
  status(): Promise<readonly RollCount[]>;
  /**
   * Draws a single-use code for everybody who has neither e-mail nor telephone, has a codice fiscale
   * and has not voted. The codes are told this once: of each only a digest is kept.
   *
   * @param again also for who was given one that they have not used: the former is worth nothing then
   */
  drawLetters(
    options: { readonly comune: string | undefined; readonly again: boolean },
    draw: (alphabet: string, length: number) => string,
  ): Promise<readonly Letter[]>;
}

export interface RollChanges {
  readonly added: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Residents on the roll who are not in the file, and stay on it. */
  readonly absent: readonly Absent[];
  /**
   * Lines whose codes are those of two people on the roll who have both voted: left as they are, for
   * somebody to look into.
   */
  readonly clashes: readonly number[];
}

export interface Absent {
  readonly name: string;
  readonly surname: string;
  readonly birth: Day;
  readonly comune: string;
  readonly voted: boolean;
}

/** People on the roll. */
export interface RollCount {
  /** The id of a Comune; `""` for city users, who live elsewhere. */
  readonly comune: string;
  readonly people: number;
  /** Without a codice fiscale: they vote at a station, by document. */
  readonly stationOnly: number;
  /** With a codice fiscale, neither e-mail nor telephone, and a vote to cast: for a code they need a letter. */
  readonly needLetter: number;
  /** Of these, how many have been given one that they have not used. */
  readonly haveLetter: number;
  readonly voted: number;
}

/** What is printed for one person. */
export interface Letter {
  readonly name: string;
  readonly surname: string;
  readonly comune?: string;
  readonly code: string;
}
