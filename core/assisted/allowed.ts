/*
 * What a guest can open. Whatever is not named here is not for them, so that what is built later is refused
 * until somebody has thought of it.
 */

/** Flows and topics, by name. */
const SUBJECTS = [
  "eligibility",
  "proposal",
  "cityuser",
  "takeup",
  "questionnaire",
  "spid",
  "cie",
  "pagopa",
  "appio",
  "scam",
  "home",
  "about",
  "courtesy",
  "dates",
  "events",
  "event",
  "table",
  "challenges",
  "challenge",
  "rules",
  "conflicts",
  "contacts",
  "helpers",
  "card",
  "lessons",
  "sheet",
  "learn",
  "services",
  "service",
  "privacy",
  "mydata",
  "erase",
  "ways",
  "where",
  "when",
  "results",
  "projects",
  "project",
  "share",
  "mine",
  "withdraw",
  "withdrawn",
  "move",
  "register",
];

/** What acts on the conversation itself. */
const COMMANDS = [
  "back",
  "skip",
  "keep",
  "repeat",
  "help",
  "simpler",
  "simple",
  "normal",
  "numbers",
  "buttons",
  "cancel",
  "menu",
  "language",
  "resume",
  "discard",
  "none",
  "ahead",
];

const ALLOWED: ReadonlySet<string> = new Set([...SUBJECTS, ...COMMANDS]);

/** What is answered in another way: nobody votes on somebody else's phone, and nobody is answered there later. */
const INSTEAD: ReadonlyMap<string, "vote" | "person" | "session" | "end"> = new Map([
  ["vote", "vote"],
  ["tie", "vote"],
  ["voted", "vote"],
  ["operator", "person"],
  ["join", "person"],
  ["assisted", "session"],
  ["erased", "end"],
]);

/** How a guest's wish is met, by the name of what it opens. */
export const meeting = (name: string): "open" | "refuse" | "vote" | "person" | "session" | "end" =>
  ALLOWED.has(name) ? "open" : (INSTEAD.get(name) ?? "refuse");
