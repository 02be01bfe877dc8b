import type { AssistedSessions } from "./assisted/ports.ts";
import type { Day } from "./edition/calendar.ts";
import type { Message } from "./engine/message.ts";
import type { Facilitators } from "./facilitators/ports.ts";
import type { Proponent, Proposal } from "./proposals.ts";
import type { TicketState } from "./tickets.ts";
import type { CityUserDesk } from "./voting/city-users.ts";
import type { RollKeeping } from "./voting/roll-keeping.ts";

/** What the people of the Union do: answer questions, judge proposals, keep the roll. */
export interface Desk {
  readonly tickets: Tickets;
  readonly commission: Commission;
  readonly roll: RollKeeping;
  readonly cityUsers: CityUserDesk;
  readonly misses: Misses;
  readonly questionnaires: QuestionnaireAnswers;
  readonly facilitators: Facilitators;
  readonly assistedSessions: AssistedSessions;
}

/** What one person answered, by the question's id. */
export type Given = Readonly<Record<string, unknown>>;

/** What was answered to the edition's questionnaires. */
export interface QuestionnaireAnswers {
  /** All of a questionnaire, in an order that tells nothing. */
  given(
    questionnaire: string,
  ): Promise<{ readonly anonymous: readonly Given[]; readonly named: readonly Given[] }>;
  /** Leaves nothing in the database that ties an anonymous answer to who gave it. */
  mix(): Promise<void>;
  /**
   * Drops what was to be kept until an earlier day.
   *
   * @param today the edition's day
   * @returns how many rows were dropped
   */
  clear(today: Day): Promise<number>;
}

/** A sentence that was not understood, with nothing of a person left in it. */
export interface Miss {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  /** The intent that it was thought likeliest to be. */
  readonly guess: string;
  /** How often it was said. */
  readonly count: number;
}

export interface Misses {
  /** In a language, or all of them; what was said most often first. */
  list(language?: string): Promise<readonly Miss[]>;
  /** @returns whether it was there */
  drop(id: string): Promise<boolean>;
  /**
   * Drops what was last said longer ago.
   *
   * @param keepDays absent where none is to be kept: all are dropped
   * @param now real time
   * @returns how many were dropped
   */
  clear(keepDays: number | undefined, now: Date): Promise<number>;
}

/** Puts what a person is told in their language. Called while a transaction is open: it does no I/O. */
export type Notice = (language: string) => Message;

/** What came of something that was to be done; refusals are values. */
export type Done<State> =
  /** `told`: whether there is a chat in which the person is told, where they were to be. */
  | { readonly kind: "done"; readonly told: boolean }
  | { readonly kind: "unknown" }
  /** Somebody else was there before, or the person thought better of it. */
  | { readonly kind: "conflict"; readonly state: State };

export interface TicketSummary {
  readonly number: number;
  readonly state: TicketState;
  /** The assistant's question that the person was looking at: `proposal.title`. */
  readonly asked?: string;
  readonly openedAt: Date;
  readonly changedAt: Date;
  /** What was written last; absent where the row cannot be read any more. */
  readonly last?: Writing;
}

export interface Writing {
  readonly from: "person" | "office";
  readonly text: string;
  /** Real time, ISO. */
  readonly at: string;
}

export interface Ticket extends TicketSummary {
  readonly writings: readonly Writing[];
}

export interface Tickets {
  /** Those that wait for an answer, the oldest first; or all of them. 1000 at most. */
  list(all: boolean): Promise<readonly TicketSummary[]>;
  read(number: number): Promise<Ticket | undefined>;
  /**
   * Answers in the chat that the person used last. Of two who answer at once, one does.
   *
   * @param again also where it is answered already
   */
  answer(number: number, text: string, again: boolean, notice: Notice): Promise<Done<TicketState>>;
  /** Closes a question; the person is told where there is something to say. */
  close(
    number: number,
    because: { readonly text: string; readonly notice: Notice } | undefined,
  ): Promise<Done<TicketState>>;
}

export interface JudgedProposal extends Proposal {
  readonly sentAt: Date;
}

/** What was decided of a proposal, or noted by the commission for itself. */
export interface ProposalNote {
  readonly decision?: Decision;
  readonly text?: string;
  readonly at: Date;
}
export type Decision = "admitted" | "refused";

/** What the commission writes for the ballot. What is absent stays as it was: at first, as it was proposed. */
export interface BallotEntry {
  readonly summary?: string;
  /** Whole euros. */
  readonly cost?: number;
}

/** What the commission rules of a proposal. */
export interface Ruling extends BallotEntry {
  readonly decision: Decision;
  /** What the proponent is told. */
  readonly because?: string;
  /** Also where the contrary was decided before. */
  readonly again: boolean;
}

/** What the edition leaves the commission to decide. */
export interface Bounds {
  /** The edition's day. */
  readonly today: Day;
  /** What can be spent in all, in whole euros, where it is known. */
  readonly budget?: number;
}

/** What came of the commission's work. */
export type Ruled =
  | Done<Proposal["state"]>
  /** What stands on the ballot was fixed when the vote began. */
  | { readonly kind: "fixed"; readonly since: Day }
  /** It would cost more than there is to spend. */
  | { readonly kind: "tooDear"; readonly cost: number; readonly budget: number };

export interface Commission {
  /** Every proposal of the edition, in the order in which they came. */
  list(): Promise<readonly JudgedProposal[]>;
  read(code: string): Promise<
    | {
        readonly proposal: JudgedProposal;
        /** What the commission wrote for the ballot. */
        readonly onBallot: BallotEntry;
        readonly by: Proponent;
        readonly notes: readonly ProposalNote[];
      }
    | undefined
  >;
  /** Admits or refuses what was sent, and tells the proponent. Of two who decide at once, one does. */
  decide(code: string, ruling: Ruling, bounds: Bounds, notice: (title: string) => Notice): Promise<Ruled>;
  /** Writes anew what stands on the ballot of a proposal that was admitted. Nobody is told. */
  describe(code: string, entry: BallotEntry, bounds: Bounds): Promise<Ruled>;
  /** Notes something for the commission alone. */
  note(code: string, text: string): Promise<Done<Proposal["state"]>>;
}
