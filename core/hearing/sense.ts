import { lost } from "../commands.ts";
import { operatorDoor } from "../doors.ts";
import type { Door } from "../engine/flow.ts";
import { isLesson } from "../lessons/names.ts";
import { top } from "../stack.ts";
import type { Spoken, Turn } from "../turn.ts";
import type { Intent } from "../understanding/intents.ts";
import { OPENS } from "../understanding/meanings.ts";
import { normal } from "../understanding/normal.ts";
import type { Understood } from "../understanding/understand.ts";
import { askedFor, tellAsked } from "./asked.ts";
import { noteMiss } from "./miss.ts";

/** Fewer words, and no question mark, are an answer to what was asked, however poor. */
const SENTENCE_WORDS = 8;

/** What a free sentence means: it is answered, asked about, or not understood. */
export function makeSense(turn: Turn, text: string): Spoken {
  const meaning = meaningOf(turn, text);
  if (meaning === undefined) return { kind: "lookup", query: meaningQuery(turn, text) };
  const scam = scamTold(turn, text, meaning);
  if (scam) return turn.open(scam);
  const services = askedFor(turn, text);
  if (!meaning || meaning.decision === "fallback")
    return tellAsked(turn, services) ?? noteMiss(turn, lost(turn), text);
  if (meaning.decision === "answer") return turn.open(opens(turn, meaning.intent, text), text);
  const meant = meaning.top3.filter(isTask).map(
    (intent): Door => ({
      opens: opens(turn, intent, text),
      label: { key: `meaning.option.${intent}` },
    }),
  );
  const none: Door = { opens: "none", label: { key: "meaning.option.none" } };
  const person = turn.session.misses > 0 ? [operatorDoor] : [];
  // Who may be proposing something does not ask for the service that it is about.
  const asked = meaning.intent === "submit_proposal" ? [] : services;
  const doors = [...asked, ...meant, none, ...person];
  // Two meanings may open the same.
  const each = doors.filter(({ opens }, at) => doors.findIndex((other) => other.opens === opens) === at);
  return turn.spoken({ notes: [{ key: "meaning.ask" }], doors: each });
}

/** Nobody is asked whether they meant to say hello. */
const isTask = (intent: Intent): boolean => !["greeting", "thanks", "goodbye"].includes(intent);

/**
 * A question that is no answer to the pending one is answered, and the pending one asked again. It begins
 * nothing else: «83 anni» is a poor date, and no wish to take part. In a lesson, few words are enough to tell
 * what has gone wrong.
 */
export function digress(turn: Turn, text: string): Spoken | undefined {
  const wrong = goneWrong(turn, text);
  if (!text.includes("?") && normal(text).split(" ").length < SENTENCE_WORDS)
    return wrong === undefined ? undefined : turn.open(wrong);
  const meaning = meaningOf(turn, text);
  if (meaning === undefined) return { kind: "lookup", query: meaningQuery(turn, text) };
  const scam = scamTold(turn, text, meaning);
  if (scam) return turn.open(scam);
  if (wrong !== undefined && meaning?.decision !== "answer") return turn.open(wrong);
  if (!meaning || meaning.decision === "fallback") return tellAsked(turn, askedFor(turn, text));
  if (meaning.decision !== "answer") return undefined;
  const payload = opens(turn, meaning.intent, text);
  return turn.flow(payload) && payload !== "operator" ? undefined : turn.open(payload);
}

/**
 * The answer to who tells of a scam: before what is not sure, and, where it can be nothing else, before what we
 * teach, as there the same words come up. Who has an idea for it proposes it.
 */
function scamTold(
  { vocabulary, session }: Turn,
  text: string,
  meaning: Understood | null,
): string | undefined {
  if (meaning?.intent === "submit_proposal" && meaning.decision !== "fallback") return undefined;
  const scam = vocabulary.scam(session.language, text);
  const isAnswered = meaning?.decision === "answer";
  const isTaught = meaning !== null && OPENS[meaning.intent].startsWith("learn-");
  return isAnswered && !(scam?.isSure && isTaught) ? undefined : scam?.payload;
}

/** What to do about what has gone wrong, told in few words while a lesson goes on: with what it teaches, or by a scam. */
function goneWrong({ vocabulary, session }: Turn, text: string): string | undefined {
  const lesson = top(session)?.flow;
  if (lesson === undefined || !isLesson(lesson)) return undefined;
  const taught = `learn-${lesson}`;
  const told = vocabulary.trouble(session.language, taught, text, 2);
  if (told !== taught) return told;
  const scam = vocabulary.scam(session.language, text);
  return scam?.isSure ? scam.payload : undefined;
}

/** What a wish opens: where the sentence tells what has gone wrong, what to do then. */
const opens = ({ vocabulary, session }: Turn, intent: Intent, text: string): string =>
  vocabulary.trouble(session.language, OPENS[intent], text);

const meaningQuery = ({ session }: Turn, text: string) =>
  ({ kind: "meaning", language: session.language, text }) as const;

/** What a sentence was found to mean; `undefined` until it is looked up. */
export const meaningOf = (turn: Turn, text: string) => turn.context.found(meaningQuery(turn, text));
