import type { Spoken, Turn } from "../turn.ts";
import { normal } from "../understanding/normal.ts";

/* A free sentence that opens something says more than what it opens: it goes with it. */

/** The most that a message of any channel holds. */
export const LONGEST = 4096;

/**
 * Lets a sentence wait for the next message, where something on the screen opens a flow that it says
 * something to, or may tell that it was misunderstood and such sentences are learnt from. Else nothing is
 * kept of it.
 */
export function letWait(turn: Turn, spoken: Spoken, sentence: string): Spoken {
  if (spoken.kind === "lookup" || sentence.length > LONGEST) return spoken;
  const { misses } = turn.context.edition.privacy;
  const doors = spoken.parts.doors ?? [];
  const isMeant = doors.some(({ opens }) => saysTo(turn, opens, sentence) || (misses && opens === "none"));
  return isMeant ? { ...spoken, session: { ...spoken.session, sentence } } : spoken;
}

function saysTo(turn: Turn, opens: string, sentence: string): boolean {
  const [name] = turn.split(opens.replace(IN_A_LANGUAGE, ""));
  return Object.keys(turn.flow(name)?.suggest?.(sentence, turn.context) ?? {}).length > 0;
}

/** What is opened in a language that has it is meant all the same. */
const IN_A_LANGUAGE = /^language-[^-]+-/;

/** The name of a task and what it is about: "proposta: wifi a Gropparello". */
const HEADING = /^\s*([^:,;.\n]{2,40})[:,;.\n]/;

/** What a sentence opens that begins with the name of a flow, as it stands in the list of words. */
export function headed(turn: Turn, text: string): string | undefined {
  const heading = HEADING.exec(text)?.[1];
  const word = heading && turn.vocabulary.word(turn.session.language, normal(heading));
  return word && turn.flow(turn.split(word)[0])?.suggest ? word : undefined;
}
