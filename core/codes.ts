/** Codes are read out and typed by hand: no letter that looks like another or like a digit. */
export const CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679";

/** Letters of a proposal's code. */
export const CODE_LENGTH = 6;

/** Letters of a code that lets somebody do something, and that nobody shall guess. */
export const LONG_CODE_LENGTH = 8;

/** A long code as it is read out: `K7QM-4XAC`. */
export const parted = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
