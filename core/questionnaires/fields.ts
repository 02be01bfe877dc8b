import type { Question } from "../edition/questionnaires.ts";
import { answer, choiceFrom, type Field, type Read, refused, spoken, text } from "../engine/field.ts";
import { checklist } from "../flows/checklist.ts";
import { fold, readNumberWord } from "../understanding/numbers.ts";

const LONGEST = 1000;

/** How a question of its kind is answered. */
export function fieldOf(question: Question): Field<unknown> {
  switch (question.kind) {
    case "choice": {
      const options = labelled(question);
      return choiceFrom(() => options);
    }
    case "several":
      return checklist(labelled(question), false);
    case "scale":
      return { ...number(1, question.to), options: () => grades(question.to) };
    case "number":
      return number(question.min, question.max);
    case "text":
      return text({ min: 1, max: LONGEST });
  }
}

const labelled = ({ options }: Extract<Question, { kind: "choice" | "several" }>) =>
  options.map(({ id, name }) => ({ id, label: { literal: name } }));

const grades = (to: number) =>
  Array.from({ length: to }, (_, at) => ({ id: String(at + 1), label: { literal: String(at + 1) } }));

/** A whole number, pressed or written in digits or as a word. */
function number(min: number, max: number): Field<number> {
  const read = (said: string): Read<number> => {
    const value = wholeNumber(said);
    return value !== undefined && min <= value && value <= max
      ? answer(value)
      : refused("number_expected", { min, max });
  };
  return spoken<number>({
    read,
    choose: read,
    check: (stored): stored is number =>
      typeof stored === "number" && Number.isInteger(stored) && min <= stored && stored <= max,
    show: (value) => ({ literal: String(value) }),
    numeric: true,
  });
}

/** The one number of what was said: `76`, "settantasei", "ho 76 anni"; words count where there are no digits. */
function wholeNumber(said: string): number | undefined {
  const text = fold(said);
  const digits = text.match(/-?\d+/g)?.map(Number);
  const words = () =>
    (text.match(/[a-z]+/g) ?? []).flatMap((word) => {
      const number = readNumberWord(word);
      return number?.kind === "value" ? [number.value] : [];
    });
  const [value, ...others] = digits ?? words();
  return others.length === 0 ? value : undefined;
}
