import type { Over } from "../assisted/ports.ts";
import type { Notice } from "../desk.ts";
import type { Given } from "../engine/field.ts";

/*
 * What accompanying somebody needs from the store. Who accompanies sees how far somebody is, by the names of
 * steps, and what that person hands over; there is no query here for what was answered, nor for anything of
 * the vote.
 */

/** Somebody whom the Union has asked to accompany others. */
export interface Facilitator {
  readonly id: string;
  readonly name: string;
  /** Where they are found, as the office wrote it. */
  readonly place?: string;
}

export type FacilitatorQuery =
  /** Who this contact is as a facilitator of the edition; `null` where they are none, or none any more. */
  | { readonly kind: "facilitator" }
  /** What a code of the Union's invitation is worth to this contact. */
  | { readonly kind: "invitation"; readonly code: string }
  /** What the code of a facilitator's link is worth to this contact. */
  | { readonly kind: "accompaniment"; readonly code: string }
  /** Since when this contact is accompanied, by whom and in what; `null` where by nobody. */
  | { readonly kind: "ownAccompaniment" }
  /** Those whom this contact accompanies. */
  | { readonly kind: "accompanied" }
  /** A question that somebody whom this contact accompanies handed over, and that waits for its answer. */
  | { readonly kind: "handedOver"; readonly id: string }
  /** What is proposed to this contact in answer to a question that they handed over. */
  | { readonly kind: "proposedAnswer"; readonly id: string };

export interface FacilitatorFindings {
  readonly facilitator: Facilitator | null;
  readonly invitation: Invitation;
  readonly accompaniment: OfferedAccompaniment;
  readonly ownAccompaniment: OwnAccompaniment | null;
  readonly accompanied: AccompaniedPeople;
  readonly handedOver: HandedOver | null;
  readonly proposedAnswer: ProposedAnswer | null;
}

/** After too many wrong codes no other is looked at for an hour; `until` is real time, ISO. */
type NoCode = { readonly kind: "unknown" | "used" | "resting" };
export type Invitation = NoCode | { readonly kind: "good"; readonly until: string };

export type OfferedAccompaniment =
  | NoCode
  /** It is of a link that this contact made. */
  | { readonly kind: "own" }
  /** Somebody accompanies this contact already. */
  | { readonly kind: "busy" }
  | {
      readonly kind: "good";
      readonly until: string;
      readonly id: string;
      readonly by: Facilitator;
      /** The name of a flow. */
      readonly task: string;
      readonly language: string;
    };

/** Being accompanied, as the person sees it. */
export interface OwnAccompaniment {
  readonly id: string;
  readonly by: Facilitator;
  readonly task: string;
  /** When they agreed (real time, ISO). */
  readonly since: string;
}

/** How far somebody is: what they answered is not here. */
export interface Progress {
  /** Names of the steps that have an answer. */
  readonly answered: readonly string[];
  /** Name of the step that is being asked, or `review`. */
  readonly asking: string;
  /** The person has put it aside for now. */
  readonly isAside: boolean;
}

/** Somebody who is or was accompanied, as who accompanies them sees it. */
export interface Accompanied {
  readonly id: string;
  /** Counted by each facilitator from 1. */
  readonly number: number;
  /** When they agreed (real time, ISO). */
  readonly since: string;
  readonly task: string;
  readonly state: "going" | "finished" | "ended";
  /** Only while it goes on; absent where the task is not begun, or was put aside and thrown away. */
  readonly progress?: Progress;
}

export interface AccompaniedPeople {
  readonly started: number;
  readonly finished: number;
  /** Those who began last, the latest first: ten at most. */
  readonly latest: readonly Accompanied[];
}

/** A question that waits for its answer. */
export interface HandedOver {
  /** Who is asked. */
  readonly by: Facilitator;
  /** When the accompaniment began (real time, ISO). */
  readonly since: string;
  readonly flow: string;
  readonly step: string;
}

/** What a facilitator gave to a question, as if the person had. */
export interface ProposedAnswer {
  readonly flow: string;
  readonly step: string;
  /** The frame in the person's session that asked. */
  readonly frame: string;
  readonly given: Given;
}

export type FacilitatorEffect =
  /** Takes up the Union's invitation; who was one before is that no more. */
  | { readonly kind: "joinFacilitators"; readonly code: string }
  /** Counts a code that was wrong. */
  | { readonly kind: "missCode" }
  /** Makes a link by which somebody can be accompanied, until `until` (real time, ISO). */
  | {
      readonly kind: "offerAccompaniment";
      readonly code: string;
      readonly task: string;
      readonly language: string;
      readonly until: string;
    }
  /** Agrees to be accompanied, and tells the facilitator so. */
  | { readonly kind: "acceptAccompaniment"; readonly code: string; readonly notice: Notice }
  /** Wants to be accompanied no more: from now on nothing is seen. */
  | { readonly kind: "endAccompaniment"; readonly id: string }
  /** The task was done. */
  | { readonly kind: "finishAccompaniment"; readonly id: string }
  /** Asks who accompanies for an answer; a question that was handed over already is not told again. */
  | {
      readonly kind: "handOver";
      /** Of the accompaniment. */
      readonly id: string;
      readonly flow: string;
      readonly step: string;
      readonly frame: string;
      /** Tells the facilitator, with the id of what is handed over. */
      readonly notice: (handOver: string) => Notice;
    }
  /** Proposes an answer to a question that was handed over, and tells the person so. */
  | {
      readonly kind: "answerHandOver";
      readonly id: string;
      readonly given: Given;
      readonly notice: Notice;
    }
  /** The answer was taken, or the person gave one of their own: what was proposed is forgotten. */
  | { readonly kind: "closeHandOver"; readonly id: string };

/** A facilitator as the office sees them: numbers, and never whom they accompany. */
export interface FacilitatorSummary {
  readonly id: string;
  /** Absent once they have erased their data. */
  readonly facilitator?: Facilitator;
  readonly state: "invited" | "expired" | "active" | "stopped";
  readonly invitedAt: Date;
  /** Until when the code is good. */
  readonly until: Date;
  readonly started: number;
  readonly finished: number;
  readonly goingOn: number;
  readonly assisted: number;
}

/** What the office does with facilitators. */
export interface Facilitators {
  /** @param until real time */
  invite(who: Omit<Facilitator, "id">, code: string, until: Date): Promise<{ readonly id: string }>;
  /** In the order in which they were invited. */
  list(): Promise<readonly FacilitatorSummary[]>;
  /**
   * Ends all that a facilitator is allowed to, and all their accompaniments; the people are told.
   *
   * @param notice what those are told who were accompanied
   * @param ended what the facilitator is told of an assisted session that was going on
   */
  stop(id: string, notice: Notice, ended: (over: Over) => Notice): Promise<"stopped" | "unknown">;
}
