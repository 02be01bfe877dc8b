import type { Context } from "../context.ts";
import type { Answers } from "../engine/field.ts";
import type { Step } from "../engine/flow.ts";
import type { DrawingName, Text } from "../engine/message.ts";
import { checklist, type Item } from "../flows/checklist.ts";
import type { Check, From, Part, Signs, Teaching } from "./content.ts";
import { drawingOf } from "./drawing.ts";
import { type Local, localFact } from "./local.ts";
import type { LessonName } from "./names.ts";
import { check, PASSED, page } from "./pages.ts";
import { official } from "./sources.ts";
import { bullets, paragraphs, signOf, words } from "./words.ts";

/** The steps of one part; what comes of signs is told in a step of its own. */
export function stepsOf(name: LessonName, part: Part, all: readonly Part[]): readonly Step<Context>[] {
  const at = (context: Context) => progress(name, part, all, context);
  if (typeof part === "string") return [localStep(name, part, at)];
  if ("check" in part) return [checkStep(name, part, at)];
  if ("signs" in part) return [signsStep(name, part, at), foundStep(name, part)];
  return [teachingStep(name, part, at)];
}

type At = (context: Context) => Text;

/** "2 di 6", of what is told here: how far one is. */
function progress(name: LessonName, part: Part, all: readonly Part[], { edition }: Context): Text {
  const told = all.filter((one) => typeof one !== "string" || localFact(name, one, edition));
  return { key: "lesson.progress", params: { step: told.indexOf(part) + 1, steps: told.length } };
}

const pictured = (picture: DrawingName | undefined) =>
  picture && { picture: (_answers: Answers, context: Context) => drawingOf(context, picture) };
const sources = (from: From | undefined): Text[] => (from ? [official(from)] : []);

/** What it is for: the first message, which can still be left for another time. */
export function startStep(name: LessonName, { picture, from }: Omit<Teaching, "step">): Step<Context> {
  return {
    name: "start",
    field: page("leave"),
    says: (_answers, context) => paragraphs(words(`${name}.start.ask`, context), ...sources(from)),
    ...pictured(picture),
  };
}

function teachingStep(name: LessonName, { step, picture, from }: Teaching, at: At): Step<Context> {
  return {
    name: step,
    field: page("back"),
    says: (_answers, context) =>
      paragraphs(at(context), words(`${name}.${step}.ask`, context), ...sources(from)),
    ...pictured(picture),
  };
}

function localStep(name: LessonName, what: Local, at: At): Step<Context> {
  return {
    name: what,
    field: page("back"),
    when: (_answers, { edition }) => localFact(name, what, edition) !== undefined,
    says: (_answers, context) => {
      const fact = localFact(name, what, context.edition);
      return paragraphs(at(context), ...(fact ? [fact] : []));
    },
  };
}

/** What one needs, to be ticked off; then what is missing, with where to get it. */
export function needsSteps(name: LessonName, needs: readonly string[]): readonly Step<Context>[] {
  if (needs.length === 0) return [];
  const at = `${name}.needs`;
  const lacking = (answers: Answers) => needs.filter((need) => !ticked(answers, "needs").includes(need));
  return [
    {
      name: "needs",
      field: checklist(itemsOf(at, needs), true),
      says: (_answers, context) => words(`${at}.ask`, context),
    },
    {
      name: "lacking",
      field: page("back"),
      when: (answers) => lacking(answers).length > 0,
      says: (answers, context) => {
        const missing = lacking(answers).map((need) => words(`${at}.where.${need}`, context));
        return paragraphs({ key: "lesson.lacking" }, bullets(missing), {
          key: "lesson.lacking_yet",
        });
      },
    },
  ];
}

function checkStep(name: LessonName, { check: step, options, right, picture }: Check, at: At): Step<Context> {
  const key = `${name}.${step}`;
  return {
    name: step,
    field: check(key, options, right),
    says: (_answers, context) => paragraphs(at(context), words(`${key}.ask`, context)),
    echo: (value, _answers, context) => {
      const because = words(`${key}.right`, context);
      return value === PASSED ? because : { key: "lesson.right", params: { because } };
    },
    ...pictured(picture),
  };
}

function signsStep(name: LessonName, { signs, options }: Signs, at: At): Step<Context> {
  const key = `${name}.${signs}`;
  return {
    name: signs,
    field: checklist(itemsOf(key, options), false),
    says: (_answers, context) => paragraphs(at(context), words(`${key}.ask`, context)),
  };
}

function foundStep(name: LessonName, { signs, options, from }: Signs): Step<Context> {
  const key = `${name}.${signs}`;
  return {
    name: `${signs}Found`,
    field: page("back"),
    says: (answers, context) => {
      const seen = options.filter((sign) => ticked(answers, signs).includes(sign));
      if (seen.length === 0) return paragraphs(words(`${key}.none`, context), ...sources(from));
      const why = bullets(seen.map((sign) => signOf(key, sign, context)));
      return paragraphs(why, words(`${key}.found`, context), ...sources(from));
    },
  };
}

/** What can be ticked, under the names that the lesson gives it. */
const itemsOf = (at: string, ids: readonly string[]): readonly Item[] =>
  ids.map((id) => ({ id, label: { key: `${at}.option.${id}` } }));

/** What was ticked in a checklist. */
function ticked(answers: Answers, step: string): readonly unknown[] {
  const value = answers[step];
  return Array.isArray(value) ? value : [];
}
