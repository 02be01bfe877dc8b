import { lesson } from "./lesson.ts";

/** A key to the sites of public bodies: how to get it, and how to use it. */
export const spid = lesson("spid", {
  start: { from: ["spid", "spidLevels"] },
  needs: ["document", "card", "email", "phone"],
  steps: [
    { step: "provider", from: ["spid"] },
    "here",
    { step: "register", from: ["spidSteps"] },
    { step: "password" },
    { step: "recognise", from: ["spidSteps"] },
    { step: "button", picture: "spid-button", from: ["spid"] },
    { step: "levels", picture: "spid-levels", from: ["spidLevels"] },
    { step: "forgotten", from: ["ioScreens"] },
    { step: "lost" },
    { check: "code", options: ["tell", "who", "hangup"], right: "hangup" },
  ],
  next: "cie",
});
