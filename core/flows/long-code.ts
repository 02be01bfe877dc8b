import { LONG_CODE_LENGTH } from "../codes.ts";
import type { Context } from "../context.ts";
import { answer, type Field, type Option, refused, spoken } from "../engine/field.ts";

/** Letters and figures of a code, however it was typed. Those that no code has are let through: it is simply not found. */
export const lettersOf = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

/**
 * A code of ours that lets somebody do something, such as `K7QM-4XAC`.
 *
 * @param instead what can be pressed instead; its id is then the answer
 */
export function longCode(...instead: readonly Option[]): Field<string, Context> {
  return spoken({
    read(text) {
      const letters = lettersOf(text);
      return letters.length === LONG_CODE_LENGTH ? answer(letters) : refused("draft_code");
    },
    choose: (id) => (instead.some((one) => one.id === id) ? answer(id) : refused("text_expected")),
    options: () => instead,
    check: (stored): stored is string => typeof stored === "string",
    show: (value) => ({ literal: value }),
    numeric: true,
    code: true,
  });
}
