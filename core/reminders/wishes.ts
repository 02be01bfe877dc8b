import type { Day } from "../edition/calendar.ts";

/** At which hours somebody wants to be reminded. */
export const dayParts = ["any", "morning", "afternoon", "evening"] as const;
export type DayPart = (typeof dayParts)[number];

/** What somebody wants to be told without asking, and how. */
export interface Wishes {
  /** Kinds of reminders, and occasions they were not told of yet, by their names. */
  readonly of: readonly string[];
  readonly hours: DayPart;
  /** The id of the Comune they say they live in. */
  readonly comune?: string;
  /** The chat they are told in; absent where they want nothing. */
  readonly chat?: string;
  /** The chats in which they can be reached. */
  readonly chats: readonly string[];
  /** They want nothing, and it was they, or their platform, who said so last. */
  readonly withdrawn: boolean;
}

/** Looks up one's own. */
export const wishesQuery = { kind: "wishes" } as const;

/**
 * How somebody said that they want something, or want it no more: on a button, in words, by a link, in a voice
 * note, through their platform, or not at all, where their number has passed to somebody else.
 */
export type SaidBy = "button" | "word" | "link" | "voice" | "parted" | PlatformSignal;

/** What platforms tell: that somebody blocked us or unsubscribed, or cannot be reached. */
export type PlatformSignal = "blocked" | "unsubscribed" | "unreachable";

/** What is about one channel, and not about all that somebody wants. */
export const ABOUT_CHANNEL: readonly SaidBy[] = ["blocked", "unsubscribed", "unreachable", "parted"];

/** What is kept of how something was said, as proof. */
export interface Said {
  readonly by: SaidBy;
  /** The question that was answered: its key, its language and a digest of its words. */
  readonly words?: string;
}

/** That somebody gave their consent to reminders, or withdrew it. */
export interface ConsentGiven {
  /** What of; absent: everything. */
  readonly of?: string;
  readonly act: "given" | "withdrawn";
  /** As in {@link Said}. */
  readonly by: string;
  readonly words?: string;
  readonly channel: string;
  readonly on: Day;
}
