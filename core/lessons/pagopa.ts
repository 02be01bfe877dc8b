import { lesson } from "./lesson.ts";

/** Paying a public body: how to read a notice, where to pay it, and what it may cost more. */
export const pagopa = lesson("pagopa", {
  start: { from: ["pagopaCosts", "pagopaCash"] },
  needs: ["notice", "money"],
  steps: [
    { step: "notice", picture: "pagopa-notice", from: ["pagopaCodes"] },
    { step: "trust" },
    { step: "where", from: ["pagopaPlaces"] },
    "here",
    { step: "cost", from: ["pagopaCosts"] },
    { step: "receipt" },
    { step: "phone", from: ["pagopaNotice"] },
    { step: "wrong" },
    "free",
    { check: "message", options: ["press", "answer", "call"], right: "call" },
  ],
  next: "appio",
});
