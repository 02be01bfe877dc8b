import type { Message } from "../engine/message.ts";
import type { Campaign } from "./campaign.ts";
import type { Candidate, Excluded, Send, Wait } from "./fate.ts";

/* Campaigns as they are kept, and what became of everybody. */

export type CampaignState =
  /** Written, and not sent. */
  | "draft"
  /** Sent by one person, and waits for another one's approval. */
  | "waiting"
  /** Begins at its time. */
  | "scheduled"
  | "running"
  | "paused"
  | "stopped"
  | "done";

export interface KeptCampaign {
  readonly id: string;
  readonly state: CampaignState;
  readonly plan: Campaign["plan"];
  /** Made from the edition's calendar. */
  readonly automatic: boolean;
  readonly sentBy?: string;
  readonly approvedBy: readonly string[];
  /** The edition's time. */
  readonly startsAt?: Date;
  readonly endedAt?: Date;
}

/** Why a campaign could not be moved on: what it is, instead of what it was to be. */
export type Refused =
  | { readonly kind: "unknown" }
  | { readonly kind: "conflict"; readonly state: CampaignState }
  /** Two people's approval takes two people. */
  | { readonly kind: "samePerson"; readonly by: string };

export type Moved = { readonly kind: "done"; readonly state: CampaignState } | Refused;

/** A message, made for everybody who gets it in the same language on the same channel. */
export type ComposeFor = (send: Omit<Send, "kind" | "wish">) => Message;

/** How the next recipients are dealt with. */
export interface Feeding {
  readonly campaign: Campaign;
  /** The edition's time. */
  readonly now: Date;
  /** By channel: how many more messages may wait to be sent. Nobody is written to on one that is not named. */
  readonly room: ReadonlyMap<string, number>;
  /** How many people the platform lets us write to by templates within any 24 hours. */
  readonly dailyLimit: number;
  /** Recipients of one step, 200 unless given. */
  readonly batch?: number;
  /** @param left how many more may get a template now, and when the next one may */
  readonly fateOf: (candidate: Candidate, left: TemplatesLeft) => Send | Wait | Excluded;
  readonly compose: ComposeFor;
}

export interface TemplatesLeft {
  readonly left: number;
  /** When the next one may, where none is left. */
  readonly freesAt: Date;
}

/** What became of one campaign's recipients, in numbers. */
export interface Progress {
  /** Whether everybody was given a place. */
  readonly enrolled: boolean;
  readonly counts: readonly ProgressCount[];
}

export interface ProgressCount {
  readonly count: number;
  readonly as: /** In line: looked at within moments. */
    | "next"
    /** Held by `because`, until `until` at the earliest. */
    | "waiting"
    | "excluded"
    /** In the outbox. */
    | "queued"
    | "sent"
    | "delivered"
    | "read"
    | "failed"
    | "uncertain";
  /** Why they wait, do not get it, or why it failed. */
  readonly because?: string;
  readonly channel?: string;
  readonly language?: string;
  readonly template?: true;
  readonly until?: Date;
}

export interface Campaigns {
  list(): Promise<readonly KeptCampaign[]>;
  read(id: string): Promise<KeptCampaign | undefined>;
  /**
   * Keeps a draft, in the place of an earlier one.
   *
   * @returns whether it was kept: one that was sent stays as it was
   */
  write(id: string, plan: Campaign["plan"]): Promise<boolean>;
  /**
   * Sends a draft: it begins at its time, or waits for a second person's approval.
   *
   * @param startsAt the edition's time
   */
  send(id: string, by: string, startsAt: Date, toBeApproved: boolean): Promise<Moved>;
  /** Lets a campaign begin that somebody else sent. */
  approve(id: string, by: string): Promise<Moved>;
  /** Writes to nobody else until it is resumed; what was not begun to be sent is taken back at once. */
  pause(id: string): Promise<Moved>;
  resume(id: string): Promise<Moved>;
  /** Ends it for good; what was not begun to be sent is not sent. One that the calendar makes never begins. */
  stop(id: string, automatic?: Campaign["plan"]): Promise<Moved>;
  /** @returns `undefined` where there is no such campaign, or it has not begun */
  progress(id: string): Promise<Progress | undefined>;
  /**
   * Everybody, a few hundred at a time, as a campaign would find them now.
   *
   * @param id of a campaign that is kept, or not yet
   */
  everybody(id: string, campaign: Campaign, now: Date): AsyncIterable<readonly Somebody[]>;
  /** How many more people may get a template now. */
  templatesLeft(dailyLimit: number, now: Date): Promise<TemplatesLeft>;

  /** Begins what is to begin by now; one that the calendar makes once, whoever asks and how often. */
  begin(automatic: ReadonlyMap<string, Campaign["plan"]>, now: Date): Promise<void>;
  /** Those that run. */
  running(): Promise<readonly KeptCampaign[]>;
  /** Gives the next contacts their place among the recipients. @returns whether there may be more */
  enrol(id: string, now: Date): Promise<boolean>;
  /** Notices that wait to be sent, by channel. */
  waiting(): Promise<ReadonlyMap<string, number>>;
  /** Deals with the next recipients. @returns how many; 0 where nobody waits now, or another process is at it */
  feed(id: string, feeding: Feeding): Promise<number>;
  /**
   * Ends a campaign that has dealt with everybody.
   *
   * @param isOver nobody is to get it any more: who still waits, waits in vain
   */
  finish(id: string, isOver: boolean): Promise<void>;

  readonly tests: TestChats;
}

/** Somebody as a campaign finds them; `undefined` where what is kept of them cannot be read. */
export interface Somebody {
  readonly contactId: string;
  readonly candidate: Candidate | undefined;
}

/** Chats to which a campaign's message can be sent on trial. */
export interface TestChats {
  /**
   * Sends a message to the chat of a code.
   *
   * @returns where, and in which language; `undefined` where no chat has that code now
   */
  send(
    code: string,
    compose: (channel: string, language: string) => Message,
  ): Promise<{ readonly channel: string; readonly language: string } | undefined>;
}
