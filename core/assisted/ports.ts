import type { Notice } from "../desk.ts";

/*
 * What helping somebody without a phone needs from the store: for a while, a facilitator's chat is a guest's,
 * of whom nothing is left once it is over but what they sent.
 */

export type AssistedQuery =
  /** Whether this contact's chat on a channel is a guest's just now: what still comes from it is an echo. */
  { readonly kind: "lent"; readonly channel: string };

export interface AssistedFindings {
  readonly lent: boolean;
}

/**
 * What ended a session: the people in front of the screen, the clock, the Union, which stopped the facilitator,
 * or a platform that told of other ids of the chat.
 */
export type EndedBy = "facilitator" | "time" | "office" | "moved";
/** What ends it in a turn of the guest's. */
export type EndedHere = Extract<EndedBy, "facilitator" | "time">;

export type AssistedEffect =
  /** Gives this chat to a guest until `until` (real time, ISO), as the facilitator that this contact is. */
  | {
      readonly kind: "beginAssisted";
      readonly channel: string;
      readonly reason: string;
      readonly until: string;
    }
  /** Gives the chat back to whose it is, and forgets this contact, who is the guest. */
  | { readonly kind: "endAssisted"; readonly by: EndedHere };

/** What a session that is over came to. */
export interface Over {
  readonly channel: string;
  /** Names of the flows that were gone through to their end. */
  readonly done: readonly string[];
}

/** A session as the log keeps it: nothing tells who was helped. */
export interface AssistedSession {
  /** The facilitator's. */
  readonly facilitatorId: string;
  readonly reason: string;
  readonly startedAt: Date;
  /** Absent while it goes on. */
  readonly endedAt?: Date;
  readonly endedBy?: EndedBy;
  /** Names of the flows that were gone through to their end. */
  readonly done: readonly string[];
}

/** The log of assisted sessions, and what becomes of those that nobody ends. */
export interface AssistedSessions {
  /** In the order in which they began. */
  list(): Promise<readonly AssistedSession[]>;
  /**
   * Ends the sessions whose time is over, and forgets what was to be gone on with by a code that is good no
   * more. Several processes may do it at once: each session is ended by one.
   *
   * @param now real time
   * @param notice what the facilitator is told
   * @returns how many were ended
   */
  endForgotten(now: Date, notice: (over: Over) => Notice): Promise<number>;
  /** Forgets the log of sessions that ended before a moment. */
  clear(before: Date): Promise<void>;
}
