import type { Context } from "../context.ts";
import { answer, type Field, type Option, refused } from "../engine/field.ts";
import { NEXT } from "../engine/question.ts";

const option = (id: string): Option => ({ id, label: { key: `lesson.option.${id}` } });

/**
 * Something to read: one goes on when one has done so.
 *
 * @param other what is offered beside going on: the page before, or to leave it for now
 */
export function page(other: "back" | "leave"): Field<typeof NEXT, Context> {
  return {
    read(given) {
      if (given.kind !== "choice") return refused("choice_expected");
      if (given.id === NEXT) return answer(NEXT);
      if (given.id === "back") return { kind: "open", payload: "back" };
      if (given.id === "leave") return { kind: "open", payload: "cancel" };
      return refused("choice_expected");
    },
    check: (stored): stored is typeof NEXT => stored === NEXT,
    options: () => [option(NEXT), option(other)],
    show: () => ({ key: "lesson.option.next" }),
  };
}

/** The answer of who would rather go on than try again. */
export const PASSED = "passed";

/**
 * Whether something was understood. A wrong answer is explained (`<at>.wrong.<id>`), and one may try again or
 * go on: nobody is examined here.
 */
export function check(at: string, ids: readonly string[], right: string): Field<string, Context> {
  return {
    read(given, _context, _answers, memo) {
      if (given.kind !== "choice") return refused("choice_expected");
      if (given.id === right || (given.id === PASSED && memo === "tried")) return answer(given.id);
      if (!ids.includes(given.id)) return refused("choice_expected");
      return { kind: "kept", memo: "tried", say: { key: `${at}.wrong.${given.id}` } };
    },
    check: (stored): stored is string => stored === right || stored === PASSED,
    options: (_context, _answers, memo) => [
      ...ids.map((id) => ({ id, label: { key: `${at}.option.${id}` } })),
      ...(memo === "tried" ? [option(PASSED)] : []),
    ],
    show: () => null,
  };
}
