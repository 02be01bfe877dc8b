import type { AssistedEffect } from "./assisted/ports.ts";
import type { FacilitatorEffect } from "./facilitators/ports.ts";
import type { Proponent, ProposalText } from "./proposals.ts";
import type { DayPart, Said } from "./reminders/wishes.ts";
import type { Intent } from "./understanding/intents.ts";
import type { CityUserRequest } from "./voting/city-users.ts";

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
