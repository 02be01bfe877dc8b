import type { Facilitator } from "./facilitators/ports.ts";
import type { OwnProposal, Proponent } from "./proposals.ts";
import type { ConsentGiven, DayPart } from "./reminders/wishes.ts";
import type { OwnCityUser } from "./voting/city-users.ts";

/** All that is kept about a contact, besides the session. */
export interface Held {
  /** Days, `YYYY-MM-DD`. */
  readonly since: string;
  readonly lastSeen: string;
  /** Where they are reached: the platforms' own ids. */
  readonly addresses: readonly { readonly channel: string; readonly address: string }[];
  readonly proposals: readonly OwnProposal[];
  /** Proposals of others that they work on. */
  readonly joined: readonly { readonly code: string; readonly title: string; readonly by: Proponent }[];
  /** Kinds of reminders, phases and events that they wanted to be told of. */
  readonly reminders: readonly string[];
  /** Campaigns that were sent to them, until their recipients are forgotten. */
  readonly notices: readonly { readonly id: string; readonly on: string }[];
  readonly hours: DayPart;
  /** The id of the Comune they say they live in. */
  readonly comune?: string;
  /** The edition in whose vote they say that they have voted. */
  readonly votedIn?: string;
  /** What they agreed to and withdrew, the first first. */
  readonly consents: readonly ConsentGiven[];
  /** Days on which a vote was tied to the chat; whose it was is not kept. */
  readonly ties: readonly string[];
  /** What was written to the office and back. */
  readonly tickets: readonly { readonly number: number; readonly written: readonly string[] }[];
  /** Requests for the register of city users. */
  readonly cityUsers: readonly OwnCityUser[];
  readonly questionnaires: readonly OwnQuestionnaire[];
  /** By whom they are or were accompanied, in what, and from which day (`YYYY-MM-DD`). */
  readonly accompanied: readonly {
    readonly by: Facilitator;
    readonly task: string;
    readonly since: string;
  }[];
  /** Who they are as a facilitator, and how many they have begun to accompany. */
  readonly facilitator?: Facilitator & { readonly started: number };
}

/** A questionnaire that a person has answered. */
export interface OwnQuestionnaire {
  /** The questionnaire's. */
  readonly id: string;
  /** Day, `YYYY-MM-DD`. */
  readonly on: string;
  /** By the question's id; `undefined` where nobody knows which are theirs. */
  readonly answers?: Readonly<Record<string, unknown>>;
}
