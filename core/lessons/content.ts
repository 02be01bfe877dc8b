import type { DrawingName } from "../engine/message.ts";
import type { Local } from "./local.ts";
import type { LessonName } from "./names.ts";
import type { OfficialSource } from "./sources.ts";

/* What a lesson is made of. Its words are the messages of `locales/<language>/<lesson>.yaml`:
 *
 *   name title start.ask end                     its short name, the printed page's title, its first and last message
 *   needs.ask .option.<need> .where.<need>       the checklist; where one gets what is not ticked
 *   <step>.ask .name .short                      the message; in print, its heading and its short form
 *   <check>.ask .option.<id> .wrong.<id> .right  a question; why an answer is wrong, and why the right one is right
 *   <signs>.ask .option.<sign> .why.<sign> .found .none   signs to tick; what each means; what to do, also where none is
 *   <any of them>.help                           said to "aiuto", where there is more to say
 *
 * `{phone}` and `{union}` may stand in any of them. Names of steps, needs and choices are never changed: how far
 * people are in a lesson is kept by them.
 */

/** The official pages that a message rests on. */
export type From = readonly [OfficialSource, ...OfficialSource[]];

/** Something to read, a message long. */
export interface Teaching {
  readonly step: string;
  readonly picture?: DrawingName;
  readonly from?: From;
}

/** A short check of understanding: two or three choices. */
export interface Check {
  readonly check: string;
  readonly options: readonly string[];
  readonly right: string;
  readonly picture?: DrawingName;
}

/** Signs to tick where they are seen; a message on what they mean follows. */
export interface Signs {
  readonly signs: string;
  readonly options: readonly string[];
  readonly from?: From;
}

/** A step of a lesson; what is {@link Local} comes from the edition, and is left out where that says nothing. */
export type Part = Teaching | Check | Signs | Local;

export interface Content {
  /** What it is for. */
  readonly start: Omit<Teaching, "step">;
  /** What one needs, to be ticked off; empty where nothing is needed. */
  readonly needs: readonly string[];
  readonly steps: readonly Part[];
  /** What to learn next. */
  readonly next: LessonName;
}
