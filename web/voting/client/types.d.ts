/** What the server wrote into the page: `client-settings.ts`. */
export interface Settings {
  publicKey: string;
  /** The ballot's, hex. */
  digest: string;
  /** Goes with what is sent, so that no other site can send it. */
  form: string;
  atStation: boolean;
  /** Whether an empty ballot may be cast. */
  blank: boolean;
  /** How many projects may be chosen; null where the budget alone decides. */
  most: number | null;
  /** Whole euros that the choice may cost together; null where any cost will do. */
  budget: number | null;
  /** In which amounts are written. */
  locale: string;
  words: Record<string, string>;
}

/** A project that is chosen. */
export interface Chosen {
  /** Its bit in the ballot. */
  position: number;
  title: string;
  /** Whole euros. */
  cost: number;
}

/** A choice, sealed. */
export interface Sealed {
  envelope: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the envelope, hex. */
  id: string;
  /** Hex. */
  checkCode: string;
}

/** What the server says of an envelope. */
export type Answer =
  | { receipt: { id: string; signature: string }; digits?: string }
  /** It was not taken, and will not be. `next`: what can be done instead. */
  | { refused: string; next?: "anew" | "enter" };
