import type { Spoken, Turn } from "../turn.ts";

/**
 * Notes a sentence that was not understood, so that people can label it and it is learnt: only where the
 * edition says that such sentences are kept, and only what is left of it without anything of a person.
 */
export function noteMiss(turn: Turn, spoken: Spoken, sentence: string | undefined): Spoken {
  const { context, session } = turn;
  if (spoken.kind === "lookup" || !sentence || !context.edition.privacy.misses) return spoken;
  const { language } = session;
  const meant = { kind: "meaning", language, text: sentence } as const;
  const meaning = context.found(meant);
  if (meaning === undefined) return { kind: "lookup", query: meant };
  const left = { kind: "impersonal", language, text: sentence } as const;
  const text = context.found(left);
  if (text === undefined) return { kind: "lookup", query: left };
  // A language without a classifier has nothing that could learn.
  if (text === null || !meaning) return spoken;
  const on = context.realNow.toISOString().slice(0, 10);
  const effect = { kind: "noteMiss", language, text, guess: meaning.intent, on } as const;
  return { ...spoken, effects: [...spoken.effects, effect] };
}
