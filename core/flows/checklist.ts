import { answer, type Field, type Read, refused } from "../engine/field.ts";
import type { Text } from "../engine/message.ts";
import { NEXT } from "../engine/question.ts";

/** Puts a mark on an item, or takes it away: two presses of the same button are one. */
const TICK = "have-";
const UNTICK = "lack-";

/** Something that can be ticked. */
export interface Item {
  readonly id: string;
  readonly label: Text;
}

/**
 * A list that is ticked off, an item at a press; the answer is what was ticked, in the order of the list.
 *
 * @param all offers "I have everything" too
 */
export function checklist(list: readonly Item[], all: boolean): Field<readonly string[]> {
  const items = list.map(({ id }) => id);
  const ticked = (memo: unknown): readonly string[] =>
    Array.isArray(memo) ? items.filter((item) => memo.includes(item)) : [];
  const labelsOf = (ids: readonly string[]) =>
    list.filter(({ id }) => ids.includes(id)).map(({ label }) => label);

  const marked = (now: readonly string[]): Read<readonly string[]> => ({
    kind: "kept",
    memo: now,
    say:
      now.length > 0
        ? { key: "lesson.ticks", params: { items: { list: labelsOf(now) } } }
        : { key: "lesson.no_ticks" },
  });

  return {
    read(given, _context, _answers, memo) {
      if (given.kind !== "choice") return refused("choice_expected");
      const now = ticked(memo);
      if (given.id === NEXT) return answer(now);
      if (given.id === "all" && all) return answer(items);
      const item = items.find((one) => given.id === TICK + one || given.id === UNTICK + one);
      if (item === undefined) return refused("choice_expected");
      const others = now.filter((one) => one !== item);
      return marked(given.id.startsWith(TICK) ? ticked([...others, item]) : others);
    },
    check: (stored): stored is readonly string[] =>
      Array.isArray(stored) && stored.every((item) => items.includes(item)),
    options(_context, _answers, memo) {
      const now = ticked(memo);
      const isWhole = now.length === items.length;
      return [
        ...list.map(({ id, label }) => {
          const isTicked = now.includes(id);
          return {
            id: (isTicked ? UNTICK : TICK) + id,
            label: { key: isTicked ? "lesson.ticked" : "lesson.unticked", params: { item: label } },
          };
        }),
        ...(all ? [{ id: "all", label: { key: "lesson.option.all" } }] : []),
        ...(all && isWhole ? [] : [{ id: NEXT, label: { key: "lesson.option.next" } }]),
      ];
    },
    show: (value) => (value.length > 0 ? { list: labelsOf(value) } : { key: "engine.none" }),
  };
}
