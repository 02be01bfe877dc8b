import type { PhoneAction } from "./action.ts";

/** One line of what a simulated phone has on its screen. */
export type PhoneEntry = {
  /** Grows with every entry of every phone. */
  readonly id: bigint;
  readonly at: Date;
} & (
  | { readonly direction: "in"; readonly payload: PhoneAction }
  /** `payload` is one call to the platform, as its channel's `render` made it. */
  | { readonly direction: "out"; readonly payload: unknown }
);

/** What {@link PhoneHistory.append} writes. */
export interface NewPhoneEntry {
  readonly direction: PhoneEntry["direction"];
  readonly payload: unknown;
  /** The same key of the same phone is written once; what a person does always has one. */
  readonly key?: string;
}

/** An entry as it comes back from the store, before its payload is read. */
export interface StoredPhoneEntry extends NewPhoneEntry {
  readonly id: bigint;
  readonly at: Date;
}

/**
 * Keeps what the simulated phones show, so that a page finds it again after a reload, and after
 * the server was stopped in the middle. A real phone keeps this itself.
 */
export interface PhoneHistory {
  /**
   * @param phone which phone with which look, such as `whatsapp/nonna`
   * @returns the new entry's id, or that of the entry which had the key already
   */
  append(phone: string, entry: NewPhoneEntry): Promise<bigint>;
  /** Entries with an id above the given one, oldest first. */
  after(phone: string, id: bigint, limit: number): Promise<readonly StoredPhoneEntry[]>;
}
