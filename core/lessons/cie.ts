import { lesson } from "./lesson.ts";

/** The electronic identity card as a key: its codes, its app, and what to do when it is blocked. */
export const cie = lesson("cie", {
  start: { from: ["cieCodes"] },
  needs: ["card", "paper", "letter", "phone"],
  steps: [
    { step: "codes", picture: "cie-codes", from: ["cieCodes"] },
    { step: "join", from: ["ioScreens"] },
    "here",
    { step: "app", from: ["cieCodes"] },
    { step: "read", from: ["ioScreens"] },
    { step: "enter", from: ["cieLevels"] },
    { step: "without", from: ["cieLevels"] },
    { step: "blocked", from: ["cieCodes"] },
    { step: "puk", from: ["ciePuk"] },
    { step: "lost", from: ["cieLost"] },
    { check: "pin", options: ["again", "chat", "stop"], right: "stop" },
  ],
  next: "appio",
});
