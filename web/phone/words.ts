import type { Text } from "../../core/engine/message.ts";

/** Writes core's texts out; the assistant's `Words` is one. */
export interface Say {
  readonly languages: readonly string[];
  covers(language: string, file: string): boolean;
  say(language: string, text: Text): string;
}

/** What the page's own scripts say. */
const FOR_SCRIPTS = [
  "phoneOf newPhoneAsk assistantRole typing offline log from fromYou",
  "voiceNote beginHint begin hello waiting sent answered notSent today document download open",
  "listOpen listClose listSend phaseNone phaseNow phaseGo dateMoved dateFailed mailNone mailNew mailTo",
  "message send voice record stop firstOwner secondOwner",
]
  .join(" ")
  .split(" ");

/** Placeholders fill themselves here: it is the page that knows what goes in. */
const KEEP = Object.fromEntries(
  ["name", "assistant", "phase", "date", "count", "address"].map((name) => [name, `{${name}}`]),
);

/** The page's words in one language, by name. */
export function pageWords({ say }: Say, language: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    FOR_SCRIPTS.map((name) => [name, say(language, { key: `phone.${name}`, params: KEEP })]),
  );
}
