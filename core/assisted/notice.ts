import type { Notice } from "../desk.ts";
import { menuDoor } from "../doors.ts";
import { noticeIn } from "../sayable.ts";
import type { Words } from "../words.ts";
import { anotherDoor, farewell } from "./end.ts";
import type { Over } from "./ports.ts";

/** What a facilitator is told of a session that nobody in front of the screen has ended. */
export const endedNotice =
  (words: Words, by: "time" | "office") =>
  ({ done, channel }: Over): Notice =>
  (language) =>
    noticeIn(words, language, {
      notes: farewell(by, done, channel),
      doors: by === "time" ? [anotherDoor, menuDoor] : [menuDoor],
    });
