import type { Done, Notice } from "../desk.ts";
import type { Day } from "../edition/calendar.ts";
import type { TaxCode } from "./tax-code.ts";

/** What somebody who lives elsewhere says, and declares to be true, to be put on the register. */
export interface CityUserRequest {
  readonly name: string;
  readonly surname: string;
  readonly birth: Day;
  /** Absent for who has none. */
  readonly email?: string;
  /** The id of one of the edition's links with the territory. */
  readonly link: string;
  /** Where, or with whom, in their words. */
  readonly where: string;
}

export type CityUserState = "requested" | "enabled" | "refused";

/** A request as the chat that made it sees it. */
export interface OwnCityUser extends CityUserRequest {
  readonly number: number;
  readonly state: CityUserState;
  readonly requestedOn: Day;
  /** Whether a codice fiscale was given, on the page that is for it. */
  readonly hasCode: boolean;
  /** Once enabled, from when they may vote; absent: at once. */
  readonly enabledFrom?: Day;
  /** Why the office refused it. */
  readonly because?: string;
}

/** Takes the codice fiscale that completes a request: typed on a page, as chats are read by others. */
export interface CityUserCodes {
  /**
   * Keeps the code of a request that is still open; a later one takes its place. Whether somebody on
   * the roll has that code is for the office to see, and is not told here.
   */
  giveCode(
    number: number,
    contactId: string,
    taxCode: TaxCode,
  ): Promise<
    | "kept"
    /** The code is of somebody born another day than the request says. */
    | "birthDisagrees"
    /** There is no such request of that chat, or it was decided. */
    | "closed"
  >;
}

/** The register of city users, as the office keeps it. */
export interface CityUserDesk {
  /** Those that wait, the oldest first; or all of them. 1000 at most. */
  list(all: boolean): Promise<readonly CityUserSummary[]>;
  read(number: number): Promise<CityUserFile | undefined>;
  /**
   * Puts somebody on the roll, from so many days after they asked. Of two who decide at once, one
   * does; nobody comes to stand on the roll twice.
   *
   * @param given a codice fiscale that the office knows, in the place of any that was typed
   * @param options.homonym it is another person than the one on the roll with the same names and day
   */
  enable(
    number: number,
    given: TaxCode | undefined,
    options: { readonly waitDays: number; readonly homonym: boolean },
    notice: (from: Day, hasCode: boolean) => Notice,
  ): Promise<Enabled>;
  refuse(number: number, because: string, notice: Notice): Promise<Done<CityUserState>>;
}

export interface CityUserSummary {
  readonly number: number;
  readonly state: CityUserState;
  readonly requestedOn: Day;
  readonly hasCode: boolean;
  /** Absent where the row cannot be read any more. */
  readonly name?: string;
}

export interface CityUserFile extends CityUserRequest {
  readonly number: number;
  readonly state: CityUserState;
  readonly requestedOn: Day;
  readonly hasCode: boolean;
  readonly because?: string;
  /** People on the roll who may be the same person, but for the one that this request put there. */
  readonly onRoll: readonly Likeness[];
  /** Other requests that may be of the same person. */
  readonly alike: readonly (Likeness & { readonly number: number; readonly state: CityUserState })[];
}

/** Somebody who may be the same person. */
export interface Likeness {
  /** What is the same: the codice fiscale, or names and day of birth. */
  readonly by: "code" | "name";
  readonly name: string;
  readonly surname: string;
  readonly birth: Day;
  /** The id of a Comune; absent for somebody who lives elsewhere. */
  readonly comune?: string;
}

export type Enabled =
  | { readonly kind: "done"; readonly told: boolean; readonly from: Day; readonly hasCode: boolean }
  | { readonly kind: "unknown" }
  | { readonly kind: "conflict"; readonly state: CityUserState }
  /** The codice fiscale is of somebody born another day than the request says. */
  | { readonly kind: "birthDisagrees" }
  /** They are on the roll already, or somebody just like them is. */
  | { readonly kind: "onRoll"; readonly who: Likeness };
