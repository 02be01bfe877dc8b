import type { Day } from "../edition/calendar.ts";
import type { Message } from "../engine/message.ts";

/** A way in which somebody proves who they are before they vote online. */
export type Route = "spid" | "code" | "station";

/** A project on the ballot; where it stands in the list is its bit in every ballot. */
export interface BallotProject {
  /** That of the proposal it was. */
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  /** Whole euros. */
  readonly cost: number;
  /** The id of a challenge of the edition. */
  readonly challenge: string;
  /** What the commission said when it admitted the proposal. */
  readonly because?: string;
}

/** What people choose from: fixed when the vote begins, and the same until it is counted. */
export interface Ballot {
  readonly edition: string;
  readonly projects: readonly BallotProject[];
  /** The guarantors' key, SPKI in base64. */
  readonly publicKey: string;
  /** SHA-256 of edition, key and the projects' codes in order, hex: an envelope for another ballot does not open. */
  readonly digest: string;
  /** Whether the last envelopes were mixed, and no more are taken. */
  readonly closed: boolean;
}

/** What can be voted for. */
export interface Projects {
  /** Whether these are the ballot; before it is fixed, they are what was admitted so far. */
  readonly fixed: boolean;
  readonly projects: readonly BallotProject[];
}

export interface BallotBox {
  /**
   * The ballot of the edition. Who asks first once the vote has begun fixes it, from the proposals
   * that are admitted then; before, and where none was admitted, there is none.
   */
  ballot(today: Day): Promise<Ballot | undefined>;
  projects(today: Day): Promise<Projects>;
}

/** A person on the roll. */
export interface Voter {
  readonly id: string;
  readonly name: string;
  readonly surname: string;
  readonly birth: Day;
  /** The id of a Comune of the edition; absent for a city user. */
  readonly comune?: string;
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  /** May vote from that day of the edition on; absent: at once. */
  readonly enabledFrom?: Day;
  /** How the vote was used; absent while it is not. */
  readonly voted?: "online" | "paper";
  /** Whether a codice fiscale of theirs is known: who has none votes at a station, by document. */
  readonly hasCode: boolean;
}

/** Who is on the roll. */
export interface Roll {
  /** @param taxCode as {@link readTaxCode} gives it */
  byTaxCode(taxCode: string): Promise<Voter | undefined>;
  /** Everybody of that surname, however it is spelt in capitals and accents, born that day. */
  bySurname(surname: string, birth: Day): Promise<readonly Voter[]>;
  read(id: string): Promise<Voter | undefined>;
}

/** A link of the chat, as a page finds it. */
export interface OpenedLink {
  readonly contactId: string;
  /** The language that the chat is in. */
  readonly language: string;
  /** The request for the register that it completes; absent for a link to the ballot. */
  readonly cityUser?: number;
}

/** Links that chats were given. */
export interface BallotLinks {
  /** What a link is for, without using it up: chat apps fetch links to preview them. */
  peek(token: string): Promise<OpenedLink | undefined>;
  /** Uses a link up. Of two who do at once, one gets it. */
  take(token: string): Promise<OpenedLink | undefined>;
}

/** A browser on its way to the ballot; the right to vote is its own, and never the chat's. */
export interface BallotSession {
  /** The digest of its cookie, by which other rows name it. */
  readonly lookup: Uint8Array;
  readonly contactId?: string;
  /** Who signed in, until they have voted. */
  readonly signedIn?: { readonly voterId: string; readonly route: Route };
  /** What a sign-in under way keeps for itself, JSON. */
  readonly memo?: unknown;
  /** Digits for the chat are shown with the receipt, and were not typed yet. */
  readonly tying: boolean;
  readonly until: Date;
}

/** Sessions of browsers, by the random token in their cookie. They live 20 minutes from their last step. */
export interface BallotSessions {
  /** @returns the token for the cookie */
  begin(contactId: string | undefined): Promise<string>;
  read(token: string): Promise<BallotSession | undefined>;
  /** Keeps something of a sign-in that is under way; `undefined` forgets it. */
  remember(token: string, memo: unknown): Promise<void>;
  /**
   * Lets a person who proved who they are to the ballot, under a new token: one that somebody else
   * may have planted is worth nothing.
   */
  signIn(token: string, voterId: string, route: Route): Promise<string>;
  /**
   * After the vote: forgets who voted; where a chat gave the link, draws the six digits that tie
   * the vote to it, for 10 minutes and 3 tries. Drawn once: asking again, as a page does whose
   * answer was lost, gives the same while they can still be typed.
   */
  voted(token: string): Promise<string | undefined>;
  end(token: string): Promise<void>;
}

/** What became of an envelope that was sent in. */
export type Cast =
  /** It counts; the receipt is signed now that it is committed. `again`: it had been taken before. */
  | { readonly kind: "cast"; readonly receipt: Receipt; readonly again: boolean }
  /** The person has voted already, with another envelope or on paper. */
  | { readonly kind: "voted" }
  /** The envelope was cast by somebody else: a copy. */
  | { readonly kind: "copied" }
  /** The person may not vote yet. */
  | { readonly kind: "notEnabled"; readonly from: Day }
  /** Not on the roll any more. */
  | { readonly kind: "unknown" }
  /** No more envelopes are taken. */
  | { readonly kind: "closed" };

/** The server's word that an envelope was taken. It says nothing about what is in it, nor whose it is. */
export interface Receipt {
  /** SHA-256 of the envelope, hex. */
  readonly id: string;
  /** Ed25519 over edition and id, as `receipt.ts` makes it, base64url. */
  readonly signature: string;
}

/** Marks the roll and takes envelopes, in one transaction. */
export interface Casting {
  /**
   * @param envelope 384 bytes
   * @param today the edition's day
   */
  cast(vote: {
    readonly voterId: string;
    readonly route: Route;
    readonly envelope: Uint8Array;
    readonly today: Day;
  }): Promise<Cast>;
  /** The receipt of an envelope that is in spool or urn, for who sends it again without a session. */
  again(envelope: Uint8Array): Promise<Receipt | undefined>;
  /** The key under which receipts are signed, SPKI in base64. */
  receiptKey(): Promise<string>;
}

/** So many envelopes are mixed together at least, and published: until the close, which takes what there is. */
export const LEAST_TOGETHER = 20;

/** How those are told whose vote was taken at a station, where the roll has a contact of theirs. */
export interface StationVotes {
  /** Those that can carry it; e-mail is preferred. */
  readonly channels: readonly string[];
  readonly message: Message;
}

/** The mixer, the board and the close. */
export interface Urns {
  /**
   * Moves what is in the spool to the urn in random order, where there are {@link LEAST_TOGETHER}, and
   * rewrites the marks made since the last time.
   *
   * @returns how many were moved
   */
  mix(told: StationVotes): Promise<number>;
  /** Publishes a page of the board, once a day, where anything was mixed since the last. */
  publish(today: Day): Promise<void>;
  board(): Promise<Board>;
  status(): Promise<UrnStatus>;
  /**
   * Mixes for the last time whatever there is, publishes the last page, rewrites the tables, and takes
   * no more. Where it was broken off, closing again goes on; where it was done, it only rewrites again.
   */
  close(today: Day, told: StationVotes): Promise<UrnStatus>;
  /**
   * Every envelope, sorted by its hash.
   *
   * @throws Error before the close
   */
  envelopes(): Promise<readonly Uint8Array[]>;
}

export interface UrnStatus {
  readonly closedOn?: Day;
  readonly onRoll: number;
  readonly markedOnline: number;
  readonly markedPaper: number;
  readonly inSpool: number;
  readonly inUrn: number;
  /** Online votes by route, as mixed so far. */
  readonly byRoute: Readonly<Record<Route, number>>;
  /** People on the roll and those who voted, by Comune; `""` for city users. */
  readonly byComune: readonly {
    readonly comune: string;
    readonly onRoll: number;
    readonly online: number;
    readonly paper: number;
  }[];
}

/** The public list of receipts. */
export interface Board {
  /** Hex, sorted. */
  readonly receipts: readonly string[];
  readonly pages: readonly {
    readonly number: number;
    readonly day: Day;
    readonly receipts: number;
    /** Hex. */
    readonly root: string;
    /** Hex: SHA-256 of the chain before, the day and the root. */
    readonly chain: string;
  }[];
}
