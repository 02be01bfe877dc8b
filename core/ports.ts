import type { Effect } from "./effects.ts";
import type { Incoming, Message } from "./engine/message.ts";
import type { Session } from "./engine/session.ts";
import type { Found, StoredQuery } from "./queries.ts";
import type { PlatformSignal } from "./reminders/wishes.ts";

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
