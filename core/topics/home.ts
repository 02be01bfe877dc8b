import { endDoor } from "../assisted/end.ts";
import type { Context } from "../context.ts";
import { findPhase, isOpen } from "../edition/calendar.ts";
import { takesRequests } from "../edition/eligibility.ts";
import { openQuestionnaires } from "../edition/questionnaires.ts";
import type { Door } from "../engine/flow.ts";
import type { Frame } from "../engine/session.ts";
import { isLesson } from "../lessons/names.ts";
import type { Topic } from "../topic.ts";
import { eventDoors, phaseDoors, standing } from "./dates.ts";

/** What can be done today, by the phase; first what was left unfinished. */
export const home: Topic = {
  name: "home",
  lookup: ({ edition, today }) => (openQuestionnaires(edition, today).length > 0 ? answered : undefined),
  answer(context, session) {
    const { edition } = context;
    const draft = session.parked.findLast((frame) => isTimely(frame, context));
    const lesson = session.parked.findLast(({ flow }) => isLesson(flow));
    const doors: Door[] = [
      ...(draft ? [resumeDoor(draft)] : []),
      ...(lesson ? [resumeLesson(lesson)] : []),
      ...phaseDoors(context),
      ...(isChoosing(context) ? [door("projects")] : []),
      ...(draft?.flow !== "questionnaire" && unanswered(context).length > 0 ? [door("questionnaire")] : []),
      ...(isOpen(edition, "promotion", context.today) ? eventDoors(edition) : []),
      ...["eligibility", "mine", "dates", "rules", "lessons", "operator"].map(door),
      ...(edition.languages.length + edition.alsoIn.length > 1 ? [door("language")] : []),
      ...(session.assisted ? [endDoor] : []),
    ];
    return { say: { lines: [standing(context), { key: "home.ask" }], gap: true }, doors };
  },
};

const answered = { kind: "answeredQuestionnaires" } as const;

/** Ids of the questionnaires that the person may still answer. */
function unanswered({ edition, today, found }: Context): readonly string[] {
  const done = found(answered) ?? [];
  return openQuestionnaires(edition, today).flatMap(({ id }) => (done.includes(id) ? [] : [id]));
}

/** Whether there are projects to be made known, or to be voted for. */
function isChoosing({ edition, today }: Context): boolean {
  const [from, to] = [findPhase(edition, "promotion")?.from, findPhase(edition, "vote")?.to];
  return from !== undefined && to !== undefined && from <= today && today <= to;
}

/** Whether what was put aside can still be sent; a lesson is not. */
function isTimely({ flow, answers }: Frame, context: Context): boolean {
  const { edition, today } = context;
  if (isLesson(flow)) return false;
  if (flow === "questionnaire") return unanswered(context).some((id) => id === answers["which"]);
  if (flow === "cityuser") return takesRequests(edition, today);
  const proposals = findPhase(edition, "proposals");
  return proposals !== undefined && today <= proposals.to;
}

const resumeDoor = ({ id, flow }: Frame): Door => ({
  opens: `resume-${id}`,
  label: { key: RESUME[flow] ?? "home.option.resume" },
});

const RESUME: Readonly<Record<string, string>> = {
  cityuser: "home.option.resume_register",
  questionnaire: "home.option.resume_questionnaire",
};

const resumeLesson = ({ flow }: Frame): Door => ({
  opens: flow,
  label: { key: "lesson.resume", params: { lesson: { key: `${flow}.name` } } },
});

const door = (name: string): Door => ({ opens: name, label: { key: `home.option.${name}` } });
