import type { Day } from "../edition/calendar.ts";
import type { Message } from "../engine/message.ts";

/** A booth or an assisted station is opened for a day, in the hands of two members of staff. */
export interface Stations {
  /**
   * Makes what lets one device in: a link and a PIN for each member, told this once. A station that
   * was revoked may be opened again, with other people; its ledger goes on.
   */
  open(station: StationDay & { readonly staff: Pair }): Promise<
    | { readonly kind: "opened"; readonly token: string; readonly pins: Pair }
    /** It is open already: revoke it first. */
    | { readonly kind: "exists" }
  >;
  /** Every station that was ever opened, by day and name. */
  list(): Promise<readonly StationSummary[]>;
  /** From then on neither link nor device does anything. Resolves to whether there was one to revoke. */
  revoke(station: StationDay): Promise<boolean>;
  /** What was done at a station, in order, with nobody's name; `undefined` where it was never opened. */
  ledger(station: StationDay): Promise<Ledger | undefined>;
}

/** Two of a kind, one for each member of staff. */
export type Pair = readonly [string, string];

export interface StationDay {
  /** The id of a station of the edition, or any name where the edition lists none. */
  readonly name: string;
  /** The edition's day. */
  readonly day: Day;
}

export interface StationSummary extends StationDay {
  readonly staff: Pair;
  /** `blocked`: too many wrong PINs. */
  readonly state: "waiting" | "enrolled" | "blocked" | "revoked";
  /** People marked as voting on paper, less those taken back. */
  readonly marks: number;
}

export interface Ledger extends StationSummary {
  /** Everybody in whose hands it was that day; the last are those of {@link StationSummary.staff}. */
  readonly shifts: readonly { readonly staff: Pair; readonly from: Date }[];
  readonly entries: readonly LedgerEntry[];
}

export interface LedgerEntry {
  readonly at: Date;
  readonly act: StationAct;
  /** Why a mark was taken back, or by what document somebody without a code was known. */
  readonly reason?: UndoReason | DocumentKind;
}

/** Marked as voting on paper; let to the ballot page; put on the register there and then; a mark taken back. */
export type StationAct = "paper" | "assisted" | "cityUser" | "undo";

/** By what somebody without a codice fiscale was known. Its number stays on the paper register. */
export const documentKinds = ["identityCard", "passport", "licence", "permit", "otherDocument"] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Kept as one of these and never in words, which could name people. */
export const undoReasons = ["wrongPerson", "leftWithoutVoting", "pressedByMistake", "otherReason"] as const;
export type UndoReason = (typeof undoReasons)[number];

/** The one device of a station, known by the token in its cookie. */
export interface StationDevices {
  /** The station that a link is for, without using it up; `undefined` for one that lets nobody in that day. */
  invited(token: string, today: Day): Promise<StationDay | undefined>;
  /** Uses the link up with both PINs, in either order. Of two devices that do at once, one gets in. */
  enrol(
    token: string,
    pins: Pair,
    today: Day,
  ): Promise<
    | { readonly kind: "enrolled"; readonly device: string }
    | { readonly kind: "wrongPins"; readonly triesLeft: number }
    | { readonly kind: "unknown" }
  >;
  /** `undefined` once the day is over or the station revoked. */
  read(device: string, today: Day): Promise<StationDevice | undefined>;
  /**
   * Takes the device back from a voter with the PIN of either member.
   *
   * @returns the wrong tries left where it was not one of the two; `undefined` where it was
   */
  unlock(device: string, pin: string, today: Day): Promise<number | undefined>;
}

export interface StationDevice extends StationDay {
  /** In a voter's hands: until one of the staff takes it back, nothing of the station can be seen or done. */
  readonly locked: boolean;
  /** No PIN is compared any more. */
  readonly blocked: boolean;
  /** As in {@link StationSummary.marks}. */
  readonly marks: number;
  /** What may still be taken back, the latest first. */
  readonly latest: readonly RecentMark[];
}

/** A mark whose person is still known, because it may still be taken back. */
export interface RecentMark {
  /** The request that made it. */
  readonly request: string;
  readonly voterId: string;
  readonly at: Date;
}

/** Something done at a station by its device. */
export interface Act {
  /** The token in the device's cookie. */
  readonly device: string;
  /** Drawn for the page: the same one twice is done once. UUID. */
  readonly request: string;
  readonly today: Day;
}

/** The device's station is revoked, of another day, or in a voter's hands. */
export interface Off {
  readonly kind: "off";
}

export type Marked =
  /** `again`: that very request had been done before. */
  | { readonly kind: "marked"; readonly again: boolean }
  /** That very request had been done, and its mark was taken back since. */
  | { readonly kind: "takenBack" }
  | MarkRefused
  | Off;

/** Why somebody cannot be marked. */
export type MarkRefused =
  | { readonly kind: "voted" }
  | { readonly kind: "notEnabled"; readonly from: Day }
  | { readonly kind: "unknown" }
  /** The vote was closed. */
  | { readonly kind: "closed" };

export interface StationActs {
  /**
   * Marks somebody on the roll as voting on paper.
   *
   * @param document for whoever has no codice fiscale
   */
  mark(act: Act & { readonly voterId: string; readonly document?: DocumentKind }): Promise<Marked>;
  /** Takes a mark of this station back, with both PINs, while it is not older than the edition's minutes. */
  undo(
    act: Act & {
      /** The request that made the mark. */
      readonly of: string;
      readonly pins: Pair;
      readonly reason: UndoReason;
      readonly minutes: number;
    },
  ): Promise<
    | { readonly kind: "undone"; readonly again: boolean }
    | { readonly kind: "wrongPins"; readonly triesLeft: number }
    /** No such mark of this station, taken back before, too old, or the vote was closed. */
    | { readonly kind: "tooLate" }
    | Off
  >;
  /** Notes that somebody is let to the ballot page on this device, and locks the station meanwhile. */
  assist(
    act: Act & { readonly voterId: string; readonly document?: DocumentKind },
  ): Promise<{ readonly kind: "assisted" } | MarkRefused | Off>;
  /** Puts somebody who lives elsewhere on the roll, to vote at once. */
  register(act: Act & { readonly person: AtStation }): Promise<
    | { readonly kind: "registered"; readonly voterId: string }
    /** Their code is on the roll already. */
    | { readonly kind: "known"; readonly voterId: string }
    | Off
  >;
}

/** Somebody who lives elsewhere, as staff read it on their document. */
export interface AtStation {
  readonly name: string;
  readonly surname: string;
  readonly birth: Day;
  /** The id of one of the edition's links with the territory. */
  readonly link: string;
  /** As {@link readTaxCode} gives it; absent for who has none and was known by `document`. */
  readonly taxCode?: string;
  readonly document?: DocumentKind;
}

/** Tells people that they were marked as voting on paper, and forgets at which station anybody was. */
export interface StationNotices {
  /**
   * Drops the persons of entries that can no longer be undone, and tells those who were marked and
   * whose contact is on the roll, in the same transaction. Votes cast on a station's device are told of
   * when they are mixed: {@link StationVotes}.
   *
   * @param minutes the edition's minutes for undoing
   * @param channels those that can carry it; e-mail is preferred
   * @param compose makes the message; called while a transaction is open, so it does no I/O
   * @returns how many were told
   */
  settle(
    minutes: number,
    channels: readonly string[],
    compose: (marked: StationDay) => Message,
  ): Promise<number>;
}
