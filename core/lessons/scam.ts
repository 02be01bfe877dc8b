import { lesson } from "./lesson.ts";

/** Somebody asks for a code or for money, or sends a link: how to tell, and what to do. */
export const scam = lesson("scam", {
  start: { from: ["emergency"] },
  needs: [],
  steps: [
    { signs: "seen", options: ["hurry", "secret", "money", "link", "family"] },
    { step: "message", picture: "scam-message", from: ["inps"] },
    { step: "call", picture: "scam-call" },
    { step: "family", from: ["police"] },
    { step: "office", from: ["inps"] },
    "free",
    { step: "given" },
    { step: "whom", from: ["emergency"] },
    { check: "bank", options: ["tell", "wait", "hangup"], right: "hangup" },
  ],
  next: "pagopa",
});
