import { lesson } from "./lesson.ts";

/** Messages of public bodies on the telephone: how to get in, read them and pay. */
export const appio = lesson("appio", {
  start: { from: ["io", "ioScreens"] },
  needs: ["phone", "key", "email"],
  steps: [
    { step: "find", from: ["io"] },
    { step: "enter", from: ["ioScreens"] },
    { step: "unlock", from: ["ioScreens"] },
    { step: "email", from: ["ioScreens"] },
    { step: "messages", picture: "appio-messages", from: ["ioScreens"] },
    { step: "scan", from: ["ioScreens"] },
    { step: "forgotten", from: ["ioScreens"] },
    { step: "lost", from: ["ioScreens"] },
    { check: "message", options: ["press", "pin", "open"], right: "open" },
  ],
  next: "pagopa",
});
