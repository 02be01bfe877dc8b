import type { Context } from "../context.ts";
import { menuDoor } from "../doors.ts";
import { type Door, type Finished, type Flow, flow } from "../engine/flow.ts";
import type { DocumentRequest } from "../engine/message.ts";
import { sourced } from "../topics/sources.ts";
import type { Content } from "./content.ts";
import type { LessonName } from "./names.ts";
import { sheet } from "./sheet.ts";
import { needsSteps, startStep, stepsOf } from "./steps.ts";
import { filling, words } from "./words.ts";

/** Something to learn, one step a message, at one's own pace. */
export interface Lesson {
  readonly name: LessonName;
  readonly flow: Flow<Context>;
  /** What to take to the counter. */
  sheet(context: Context): DocumentRequest;
}

/** Makes a lesson of what it is made of; its words are those of the locale file of its name. */
export function lesson(name: LessonName, content: Content): Lesson {
  const { start, needs, steps, next } = content;
  const doors = [{ opens: `sheet-${name}`, label: { key: "lesson.option.sheet" } }, learn(next), menuDoor];
  return {
    name,
    flow: {
      ...flow<Context>(name).finish((_answers, context) => end(name, doors, context), { aside: true }),
      steps: [
        startStep(name, start),
        ...needsSteps(name, needs),
        ...steps.flatMap((part) => stepsOf(name, part, steps)),
      ],
    },
    sheet: (context) => sheet(name, content, context),
  };
}

/** "Impara: SPID" */
export const learn = (name: LessonName): Door => ({
  opens: name,
  label: { key: "lesson.learn", params: { lesson: { key: `${name}.name` } } },
});

/** What one can do now, and who helps in person. */
function end(name: LessonName, doors: readonly Door[], context: Context): Finished {
  const { edition } = context;
  const helpers = edition.helpers?.items.map((literal) => ({ literal }));
  const help = [
    ...(helpers ? [{ key: "lesson.helpers", params: { helpers: { list: helpers } } }] : []),
    ...(edition.union.phone ? [{ key: "lesson.phone", params: filling(context) }] : []),
  ];
  return {
    say: sourced(
      edition,
      [words(`${name}.end`, context), ...(help.length > 0 ? [{ lines: help }] : [])],
      edition.helpers?.sources ?? [],
    ),
    doors,
  };
}
