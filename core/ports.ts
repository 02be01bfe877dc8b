import type { AssistedEffect, AssistedFindings, AssistedQuery } from "./assisted/ports.ts";
import type { Incoming, Message, Recording } from "./engine/message.ts";
import type { Session } from "./engine/session.ts";
import type {
  Facilitator,
  FacilitatorEffect,
  FacilitatorFindings,
  FacilitatorQuery,
} from "./facilitators/ports.ts";
import type { ConsentGiven, DayPart, PlatformSignal, Said, Wishes } from "./reminders/wishes.ts";
import type { Intent } from "./understanding/intents.ts";
import type { Understood } from "./understanding/understand.ts";
import type { CityUserRequest, OwnCityUser } from "./voting/city-users.ts";
import type { Projects } from "./voting/ports.ts";
import type { Published } from "./voting/published.ts";

/** A message as it is stored before it is acknowledged to the platform. */
export interface Arrival {
  readonly channel: string;
  /** The platform's own id of the chat or person; the answer goes there. */
  readonly address: string;
  /** The platform's id of this delivery: the same one twice is stored once. */
  readonly id: string;
  /** Order among the messages of one person, as the platform gives it. */
  readonly order: number;
  readonly incoming: Incoming;
  /** BCP 47 tag of the person's app, where the platform says it. */
  readonly language?: string;
  /**
   * Other ids of the same person on the channel, which stay that person's for good; the address
   * itself may be among them. An address that is not among them may pass to somebody else, as a
   * phone number does.
   */
  readonly aliases?: readonly string[];
}

/** A person whose ids on a channel have changed, as the platform tells it. */
export interface Moved {
  readonly channel: string;
  /** Ids that are theirs no longer, and may become somebody else's. */
  readonly from: readonly string[];
  /** Where to reach them from now on; absent where that stays as it was. */
  readonly address?: string;
  /** As in {@link Arrival.aliases}. */
  readonly aliases?: readonly string[];
}

export interface Inbox {
  /** Resolves once every arrival is committed; what was stored before stays as it is. */
  receive(arrivals: readonly Arrival[]): Promise<void>;
}

export interface Contacts {
  /**
   * Lets people keep their conversation, their proposals and what waits to be sent to them when
   * their ids change. A change that is told twice, or of somebody unknown, does nothing.
   */
  move(moved: readonly Moved[]): Promise<void>;
}

/** A message waiting for its answer. */
export interface Unanswered {
  readonly inboxId: bigint;
  readonly channel: string;
  readonly address: string;
  readonly incoming: Incoming;
  readonly language?: string;
}

/** A contact with messages to be answered, oldest first, as one reading of the store saw it. */
export interface Pending {
  readonly contactId: string;
  /** Grows with every save; a save that saw an older one is not made. */
  readonly version: number;
  /** `null` for someone who writes for the first time. */
  readonly session: Session | null;
  readonly messages: readonly Unanswered[];
}

/**
 * What kind of send this is, which decides what happens when nobody can tell whether it arrived:
 * a reply is sent again once, a code or a notice never.
 */
export type SendKind = "reply" | "code" | "notice";

export interface Outgoing {
  readonly channel: string;
  readonly address: string;
  readonly kind: SendKind;
  readonly message: Message;
}

/** A contact as one reading of the store saw it. */
export type Seen = Pick<Pending, "contactId" | "version">;

/** The outcome of answering a contact's messages: saved whole or not at all. */
export interface Answered {
  readonly contactId: string;
  readonly version: number;
  readonly session: Session;
  readonly handled: readonly {
    readonly inboxId: bigint;
    /** Set where answering failed unexpectedly: the id that the log and the citizen were given. */
    readonly failure?: string;
  }[];
  readonly sends: readonly Outgoing[];
  readonly effects: readonly Effect[];
}

export interface Conversations {
  /**
   * Contacts that have unanswered messages, with all of theirs.
   *
   * @param waitingMs only messages stored at least so long ago: what another process has just
   *   received is that process's to answer, unless it died
   */
  pending(limit: number, waitingMs?: number): Promise<readonly Pending[]>;
  /**
   * Saves sessions, replies and effects, and marks the messages done, in one transaction.
   *
   * @returns the contacts that were saved; one that is missing was changed by somebody else
   *   meanwhile, nothing of it was written, and it comes again from {@link pending}
   */
  save(answered: readonly Answered[]): Promise<ReadonlySet<string>>;
  /**
   * Keeps contacts from {@link pending} for so long, or until they are saved: their next answer takes its
   * time, and is to be begun once.
   *
   * @returns the contacts that are held now; one that is missing was held or saved by somebody else
   */
  hold(contacts: readonly Seen[], ms: number): Promise<ReadonlySet<string>>;
  /** Gives back what was held, unless it was saved meanwhile. */
  release(contacts: readonly Seen[]): Promise<void>;
  /** Reads what a turn asked for. */
  find<Q extends StoredQuery>(contactId: string, query: Q): Promise<Found<Q>>;
}

/** Whether a person or an association through a person proposes. */
export interface Proponent {
  readonly name: string;
  readonly surname: string;
  readonly email: string;
  readonly association?: string;
}

export interface ProposalText {
  readonly challenge: string;
  readonly title: string;
  readonly need: string;
  readonly solution: string;
  /** How it reaches all the Comuni. */
  readonly reach: string;
  /** Who of the territory takes part. */
  readonly involved: string;
  /** The place or matter it touches. */
  readonly place: string;
  /** Estimated cost in whole euros. */
  readonly cost: number;
  /** Possible conflicts with projects or plans; empty where none is known. */
  readonly conflicts: string;
}

export interface Proposal extends ProposalText {
  readonly code: string;
  readonly state: "submitted" | "withdrawn" | "admitted" | "refused";
  /** What the commission said when it admitted or refused it. */
  readonly because?: string;
}

/** A question that a person put to the office. */
export interface OwnTicket {
  readonly number: number;
  readonly state: TicketState;
}
export type TicketState = "open" | "answered" | "closed";

/** One's own proposal, with what is kept of who sent it. */
export interface OwnProposal extends Proposal {
  readonly by: Proponent;
}

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

/** What is written together with a turn. */
export type Effect =
  | AssistedEffect
  | FacilitatorEffect
  | {
      readonly kind: "submitProposal";
      readonly code: string;
      readonly text: ProposalText;
      readonly by: Proponent;
    }
  /** Only one's own, and only while it is submitted. */
  | { readonly kind: "withdrawProposal"; readonly code: string }
  | { readonly kind: "joinCoDesign"; readonly code: string; readonly by: Proponent }
  /** Asks to be told in this chat; `of` is a kind of reminders or, to be told once, the name of an `Occasion`. */
  | {
      readonly kind: "remind";
      readonly of: string;
      readonly channel: string;
      readonly address: string;
      readonly said: Said;
    }
  /**
   * Forgets the contact: session, addresses, what it received and what waits to be sent, reminders,
   * offers. Of proposals that were sent the text stays, which is public, without who sent it.
   */
  | { readonly kind: "eraseContact" }
  /**
   * Whoever writes from this address now is somebody else: it becomes a new contact's, and what the
   * former one left stays unseen until it is cleared out.
   */
  | { readonly kind: "partFrom"; readonly channel: string; readonly address: string }
  /** Wants no more reminders of something, or of anything; what is on its way is called back. */
  | { readonly kind: "forgetReminders"; readonly of?: string; readonly channel: string; readonly said: Said }
  /** How somebody wants to be reminded: what is left out stays as it was. */
  | {
      readonly kind: "preferReminders";
      readonly hours?: DayPart;
      /** `null` where they would rather not say. */
      readonly comune?: string | null;
      /** One of the channels on which they can be reached. */
      readonly chat?: string;
      readonly channel: string;
      readonly said: Said;
    }
  /** Says that they have voted, or have not: nobody can tell whether it is so. */
  | { readonly kind: "noteVoted"; readonly voted: boolean }
  /** Lets a draft be taken up on another channel by whoever types the code, until `until` (real time, ISO). */
  | { readonly kind: "offerDraft"; readonly code: string; readonly frame: string; readonly until: string }
  /** Lets a campaign's message be tried in this chat by whoever has the code, until `until` (real time, ISO). */
  | {
      readonly kind: "offerTest";
      readonly code: string;
      readonly channel: string;
      readonly address: string;
      readonly until: string;
    }
  /** Takes the draft away from where it was; its frame is already in the saved session. */
  | { readonly kind: "takeDraft"; readonly code: string }
  /** Asks a person of the office; `asked` is the assistant's question they were looking at: `proposal.title`. */
  | { readonly kind: "openTicket"; readonly number: number; readonly text: string; readonly asked?: string }
  /** Writes again in a question of one's own that is not closed. */
  | { readonly kind: "writeAgain"; readonly number: number; readonly text: string }
  /**
   * Lets who has the token to the ballot, until `until` (real time, ISO), or to the page that completes
   * a request for the register. An earlier link to the same page is worth nothing any more.
   */
  | {
      readonly kind: "openBallot";
      readonly token: string;
      readonly until: string;
      /** The number of the request. */
      readonly cityUser?: number;
    }
  /** Ties a vote to this chat, or spends a try, as the query `ballotTie` found these digits. */
  | {
      readonly kind: "tieBallot";
      readonly digits: string;
      readonly found: "right" | "wrong";
      /** The edition's day. */
      readonly on: string;
    }
  /** Counts a sentence that was not understood. Nothing tells whose it was, nor when within the day. */
  | {
      readonly kind: "noteMiss";
      readonly language: string;
      /** What is left of it without anything of a person. */
      readonly text: string;
      /** What it was thought likeliest to mean. */
      readonly guess: Intent;
      /** Real day, `YYYY-MM-DD`. */
      readonly on: string;
    }
  /** Answers a questionnaire of the edition, once. */
  | {
      readonly kind: "answerQuestionnaire";
      readonly questionnaire: string;
      /** The answers are kept without whose they are: that this contact gave some is kept apart. */
      readonly anonymous: boolean;
      /** By the question's id; those that were skipped are left out. */
      readonly answers: Readonly<Record<string, unknown>>;
      /** The edition's day. */
      readonly on: string;
      /** The edition's last day on which they are kept. */
      readonly until: string;
    }
  /** Asks to be put on the register of city users. */
  | {
      readonly kind: "requestCityUser";
      readonly number: number;
      readonly request: CityUserRequest;
      /** The edition's day, from which the wait is counted. */
      readonly on: string;
    };

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

/** What became of a message that a platform had taken. */
export interface Report {
  readonly channel: string;
  /** The id under which the platform took it. */
  readonly platformId: string;
  readonly as: "sent" | "failed" | "delivered" | "read";
  readonly at: Date;
  /** Why it failed; made of codes, never of words about a person. */
  readonly reason?: string;
  /** Nothing else is to be sent to that address. */
  readonly unreachable?: true;
}

export interface Consents {
  /**
   * Notes that a platform tells of people who want no more of what they did not ask for, or cannot be reached:
   * what they wanted to be told of there they want no more, and what is on its way to them is called back. Told
   * twice, or of somebody unknown, it does nothing.
   *
   * @param addresses ids of people on the channel
   */
  withdraw(channel: string, addresses: readonly string[], by: PlatformSignal): Promise<void>;
}

export interface Deliveries {
  /**
   * Notes what platforms tell later of messages they took. It only goes forward: sent, failed,
   * delivered, read, in whatever order and however often it is told (a message that failed on one
   * of a person's devices may have reached another). Unknown ids are passed over.
   */
  report(reports: readonly Report[]): Promise<void>;
}
