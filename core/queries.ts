import type { AssistedFindings, AssistedQuery } from "./assisted/ports.ts";
import type { Recording } from "./engine/message.ts";
import type { Session } from "./engine/session.ts";
import type { FacilitatorFindings, FacilitatorQuery } from "./facilitators/ports.ts";
import type { Held } from "./held.ts";
import type { OwnProposal, Proposal } from "./proposals.ts";
import type { Wishes } from "./reminders/wishes.ts";
import type { OwnTicket } from "./tickets.ts";
import type { Understood } from "./understanding/understand.ts";
import type { OwnCityUser } from "./voting/city-users.ts";
import type { Projects } from "./voting/ports.ts";
import type { Published } from "./voting/published.ts";

/** What a turn may have to look up before it can go on. */
export type Query =
  /** The edition's proposals that are neither withdrawn nor refused, latest first, 500 at most. */
  | { readonly kind: "proposals" }
  /** Those of this contact, latest first. */
  | { readonly kind: "ownProposals" }
  /** The questions that this contact put to the office, latest first, 100 at most. */
  | { readonly kind: "ownTickets" }
  /** A draft offered under a code and not yet taken nor expired. */
  | { readonly kind: "offeredDraft"; readonly code: string }
  /**
   * What digits are worth that stand beside a receipt: `none` where no page that this chat gave the link
   * to shows any now.
   */
  | { readonly kind: "ballotTie"; readonly digits: string }
  /** How many votes were tied to this chat. */
  | { readonly kind: "ballotTies" }
  /** The requests for the register that this chat made, latest first, 100 at most. */
  | { readonly kind: "ownCityUsers" }
  /** Ids of the edition's questionnaires that this contact has answered. */
  | { readonly kind: "answeredQuestionnaires" }
  /** What the vote came to, once it is published. */
  | { readonly kind: "result" }
  /** What can be voted for on a day of the edition. */
  | { readonly kind: "projects"; readonly today: string }
  /** What this contact wants to be told without asking. */
  | { readonly kind: "wishes" }
  /** Everything about this contact. */
  | { readonly kind: "held" }
  /** What somebody wants who wrote a free sentence in a language. */
  | { readonly kind: "meaning"; readonly language: string; readonly text: string }
  /** What is left of a sentence without anything of a person. */
  | { readonly kind: "impersonal"; readonly language: string; readonly text: string }
  | AssistedQuery
  | FacilitatorQuery
  | TranscriptQuery;

/** What somebody who speaks a language says in a recording, which takes its time. */
export interface TranscriptQuery {
  readonly kind: "transcript";
  readonly channel: string;
  readonly language: string;
  readonly recording: Recording;
}

/** What came of listening to a recording. */
export type Transcript =
  | { readonly kind: "heard"; readonly text: string }
  /** Nobody says anything in it. */
  | { readonly kind: "silent" }
  /** It is longer than what is listened to. */
  | { readonly kind: "long" }
  /** Listening took too long. */
  | { readonly kind: "late" }
  /** It could not be had, or not be understood. */
  | { readonly kind: "failed" };

/** Those that are answered from what is kept. */
export type StoredQuery = Exclude<Query, { readonly kind: "meaning" | "impersonal" | "transcript" }>;

export type Found<Q extends Query> = Findings[Q["kind"]];

interface Findings extends AssistedFindings, FacilitatorFindings {
  readonly proposals: readonly Proposal[];
  readonly ownProposals: readonly OwnProposal[];
  readonly ownTickets: readonly OwnTicket[];
  readonly offeredDraft: Session["parked"][number] | null;
  readonly ballotTie: "right" | "wrong" | "none";
  readonly ballotTies: number;
  readonly ownCityUsers: readonly OwnCityUser[];
  readonly answeredQuestionnaires: readonly string[];
  readonly result: Published | null;
  readonly projects: Projects;
  readonly wishes: Wishes;
  readonly held: Held;
  /** `null` where nobody has taught the language. */
  readonly meaning: Understood | null;
  /** `null` where too little is left. */
  readonly impersonal: string | null;
  readonly transcript: Transcript;
}
