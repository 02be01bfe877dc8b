import { lessons as all } from "../lessons/index.ts";
import { learn } from "../lessons/lesson.ts";
import { isLesson, lessonNames } from "../lessons/names.ts";
import type { Topic } from "../topic.ts";

/** What can be learnt here. */
export const lessons: Topic = {
  name: "lessons",
  answer: () => ({ say: { key: "lesson.all" }, doors: lessonNames.map(learn) }),
};

/** A lesson on a page, to be printed: `sheet-spid`. */
export const sheet: Topic = {
  name: "sheet",
  answer(context, session, name) {
    if (!isLesson(name)) return lessons.answer(context, session, "");
    return { say: { key: "lesson.sheet.ready" }, document: all[name].sheet(context), doors: [lessonsDoor] };
  },
};

const lessonsDoor = { opens: "lessons", label: { key: "home.option.lessons" } };
