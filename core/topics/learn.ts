import type { Context } from "../context.ts";
import { operatorDoor } from "../doors.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { ANSWERS, type From } from "../lessons/answers.ts";
import { localFact } from "../lessons/local.ts";
import { isLesson, type LessonName } from "../lessons/names.ts";
import { official } from "../lessons/sources.ts";
import type { Topic } from "../topic.ts";
import { lessons } from "./lessons.ts";
import { serviceDoor } from "./services.ts";

/** After the lesson's name, asks what went wrong: `learn-spid-wrong`. */
const WRONG = "wrong";

/**
 * A few sentences on what a lesson teaches, and the doors to it: `learn-spid`. What to do when it goes wrong:
 * `learn-spid-wrong`, `learn-spid-password`.
 */
export const learn: Topic = {
  name: "learn",
  answer(context, session, about) {
    const [name = "", what] = about.split("-");
    if (!isLesson(name)) return lessons.answer(context, session, "");
    const { from, troubles } = ANSWERS[name];
    if (what === WRONG)
      return {
        say: { key: "learn.wrong" },
        doors: [
          ...Object.keys(troubles).map((one) => doorTo(name, one, `learn.${name}.option.${one}`)),
          operatorDoor,
        ],
      };
    if (what !== undefined && Object.hasOwn(troubles, what))
      return {
        say: backed({ key: `learn.${name}.${what}` }, troubles[what] ?? []),
        doors: [doorTo(name, WRONG, "learn.option.other"), helpersDoor, operatorDoor],
      };
    const here = localFact(name, name === "scam" ? "free" : "here", context.edition);
    return {
      say: { lines: [backed({ key: `learn.${name}.answer` }, from), ...(here ? [here] : [])], gap: true },
      doors: [
        { opens: name, label: { key: "lesson.option.begin" } },
        doorTo(name, WRONG, `learn.${name}.option.${WRONG}`),
        ...counter(name, context),
        helpersDoor,
      ],
    };
  },
};

/** With its sources below, if it has any. */
function backed(say: Text, from: From): Text {
  const [first, ...rest] = from;
  return { lines: [say, ...(first ? [official([first, ...rest])] : [])], gap: true };
}

/** The Union's own service of that name, where it has one. */
const counter = (name: LessonName, { edition }: Context): Door[] =>
  edition.services?.items.filter(({ id }) => id === name).map(serviceDoor) ?? [];

const doorTo = (name: LessonName, what: string, label: string): Door => ({
  opens: `learn-${name}-${what}`,
  label: { key: label },
});
const helpersDoor: Door = { opens: "helpers", label: { key: "contacts.option.helpers" } };
