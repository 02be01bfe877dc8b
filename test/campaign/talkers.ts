import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../support/dice.ts";

/** Somebody with a phone, on whichever platform. */
export interface Talker {
  says(text: string): void;
  hears(): Promise<{ readonly at: number }>;
}

/** What citizens ask while a campaign runs; each is answered by one message. */
const LINES = ["quando si vota?", "menu", "chi può partecipare?", "menu", "privacy", "menu"];
/** On average; WhatsApp takes a message every six seconds to one person, once the first forty are through. */
const THINK_MS = 8_000;

/** What citizens in dialogue have seen. */
export interface Talk {
  /** How long each answer took, from when it was written to when the answer came, in milliseconds. */
  readonly times: number[];
  /** Those that never came. */
  unanswered: number;
  /** Ends it after the answers that are awaited. */
  stop(): Promise<void>;
}

/** When the answer came. A message may repeat that came before, where a process died right after it was sent. */
async function answerAfter(person: Talker, saidAt: number): Promise<number> {
  for (;;) {
    const { at } = await person.hears();
    if (at >= saidAt) return at;
  }
}

/** Lets people write, wait for the answer, think and write again. */
export function talk(people: readonly Talker[], chance: Dice): Talk {
  const times: number[] = [];
  let stopped = false;
  const result = { times, unanswered: 0, stop };

  async function live(person: Talker): Promise<void> {
    await pause(chance() * THINK_MS);
    for (let nth = 0; !stopped; nth++) {
      const saidAt = Date.now();
      person.says(LINES[nth % LINES.length] ?? "");
      try {
        times.push((await answerAfter(person, saidAt)) - saidAt);
      } catch {
        result.unanswered++;
      }
      await pause(THINK_MS * (0.5 + chance()));
    }
  }

  const lives = Promise.all(people.map(live));
  async function stop(): Promise<void> {
    stopped = true;
    await lives;
  }
  return result;
}
