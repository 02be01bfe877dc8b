import { lettersOf } from "../flows/long-code.ts";
import { simply } from "../manner/preferences.ts";
import type { Command } from "../turn.ts";

/**
 * Opens what a facilitator's link is for, on the phone of whoever is accompanied: simply, and in the language
 * that was chosen for them, before anything else is said.
 */
export const arrive: Command = (turn, about) => {
  const code = lettersOf(about);
  const query = { kind: "accompaniment", code } as const;
  const offered = turn.context.found(query);
  if (!offered) return { kind: "lookup", query };
  if (offered.kind === "good" && offered.until > turn.now()) {
    simply(turn);
    turn.speak(offered.language);
  }
  return turn.open(`companion-${code}`);
};
