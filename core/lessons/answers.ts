import type { LessonName } from "./names.ts";
import type { OfficialSource } from "./sources.ts";

/* What is answered in short about what a lesson teaches. Its words are the messages of
 * `locales/<language>/learn.yaml`:
 *
 *   <lesson>.answer                           what it is, where one gets it, what it costs
 *   <lesson>.<trouble> .option.<trouble>      what to do when that goes wrong; its label
 *   <lesson>.asked.<trouble>                  phrases that people tell it by: all words of one have to be there
 */

/** The official pages that an answer rests on, if any. */
export type From = readonly OfficialSource[];

interface Answer {
  readonly from: From;
  /** What may go wrong, by name; where a sentence tells of several, the first is meant. */
  readonly troubles: Readonly<Record<string, From>>;
}

export const ANSWERS: Readonly<Record<LessonName, Answer>> = {
  spid: {
    from: ["spid"],
    troubles: { password: ["ioScreens"], code: [], blocked: ["ioScreens"], phone: [] },
  },
  cie: {
    from: ["cieCodes"],
    troubles: { pin: ["cieCodes"], puk: ["ciePuk"], card: ["cieLost"], read: ["ioScreens"] },
  },
  pagopa: {
    from: ["pagopaPlaces", "pagopaCosts"],
    troubles: { notice: [], amount: ["pagopaCosts"], twice: [], refused: ["pagopaCodes"] },
  },
  appio: {
    from: ["io", "ioScreens"],
    troubles: { code: ["ioScreens"], enter: ["ioScreens"], phone: ["ioScreens"], empty: [] },
  },
  scam: {
    from: ["inps", "emergency"],
    troubles: { told: [], paid: [], pressed: [], document: [] },
  },
};
