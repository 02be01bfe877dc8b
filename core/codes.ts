/** Codes are read out and typed by hand: no letter that looks like another or like a digit. */
export const CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679";

/** Letters of a proposal's code. */
export const CODE_LENGTH = 6;
