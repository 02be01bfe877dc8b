import type { Question, Questionnaire } from "../edition/questionnaires.ts";
import type { Localised } from "../engine/message.ts";

/** What one person answered, by the question's id. */
type Given = Readonly<Record<string, unknown>>;
type Say = (text: Localised) => string;

/** How often something was answered; absent where it would tell of few people. */
export interface Count {
  readonly name: string;
  readonly count?: number;
}

/** What was answered to a question. */
export interface QuestionResult {
  readonly id: string;
  readonly ask: string;
  readonly kind: Question["kind"];
  /** How many answered it; absent where they are few, with all the rest. */
  readonly answered?: number;
  /** Of options and grades, in their order. */
  readonly counts?: readonly Count[];
  /** Of grades and numbers. */
  readonly average?: number;
  /** In an order that tells nothing. */
  readonly texts?: readonly string[];
}

/**
 * Counts what was answered. Answers that do not fit a question any more, as after a change of the edition's
 * file, are not counted.
 *
 * @param few below so many answers a number tells of persons, and is left out; 0 leaves out nothing
 * @param say puts the edition's words in the language of who reads
 */
export function resultsOf(
  { questions }: Pick<Questionnaire, "questions">,
  given: readonly Given[],
  few: number,
  say: Say,
): readonly QuestionResult[] {
  return questions.map((question) => {
    const { id, kind } = question;
    const ask = say(question.ask);
    const values = given.map((one) => one[id]).filter((value) => fits(question, value));
    if (values.length < few) return { id, ask, kind };
    return { id, ask, kind, answered: values.length, ...counted(question, values, few, say) };
  });
}

function fits(question: Question, value: unknown): boolean {
  switch (question.kind) {
    case "choice":
      return question.options.some(({ id }) => id === value);
    case "several":
      return Array.isArray(value);
    case "text":
      return typeof value === "string";
    case "scale":
    case "number":
      return typeof value === "number";
  }
}

function counted(
  question: Question,
  values: readonly unknown[],
  few: number,
  say: Say,
): Partial<QuestionResult> {
  const howMany = (is: (value: unknown) => boolean) => values.filter(is).length;
  switch (question.kind) {
    case "choice":
      return {
        counts: partsOfAWhole(
          question.options.map(({ id, name }) => ({
            name: say(name),
            count: howMany((value) => value === id),
          })),
          few,
        ),
      };
    case "several":
      // Who ticks one may tick another: no count follows from the rest.
      return {
        counts: question.options.map(({ id, name }) => {
          const count = howMany((value) => Array.isArray(value) && value.includes(id));
          return count < few ? { name: say(name) } : { name: say(name), count };
        }),
      };
    case "scale": {
      const grades = Array.from({ length: question.to }, (_, at) => at + 1);
      return {
        counts: partsOfAWhole(
          grades.map((grade) => ({ name: String(grade), count: howMany((value) => value === grade) })),
          few,
        ),
        ...averageOf(values),
      };
    }
    case "number":
      return averageOf(values);
    case "text":
      return { texts: values.map(String).sort((a, b) => a.localeCompare(b)) };
  }
}

/**
 * Leaves out the counts of few people, and the next smallest until those that are left out are not of few
 * together: they could be worked out from the whole.
 */
function partsOfAWhole(
  counts: readonly { readonly name: string; readonly count: number }[],
  few: number,
): readonly Count[] {
  const bySize = counts.toSorted((a, b) => a.count - b.count);
  let hidden = bySize.filter(({ count }) => count < few).length;
  const together = () => bySize.slice(0, hidden).reduce((sum, { count }) => sum + count, 0);
  while (hidden > 0 && hidden < bySize.length && together() < few) hidden += 1;
  const left = new Set(bySize.slice(0, hidden));
  return counts.map((one) => (left.has(one) ? { name: one.name } : one));
}

/** To two decimals. */
function averageOf(values: readonly unknown[]): { readonly average?: number } {
  if (values.length === 0) return {};
  const sum = values.reduce<number>((total, value) => total + Number(value), 0);
  return { average: Math.round((100 * sum) / values.length) / 100 };
}
