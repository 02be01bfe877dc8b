import type { Params, Text } from "./message.ts";

/** Answers by the name of their step. */
export type Answers = Readonly<Record<string, unknown>>;

/** What a person gave to the question they were looking at. */
export type Given =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "choice"; readonly id: string };

/** Why an answer was refused: a message of `locales/<language>/field.yaml`, and what fills it. */
export interface Problem {
  readonly code: string;
  readonly params?: Params;
}

/** What came of reading an answer. */
export type Read<T> =
  | { readonly kind: "answer"; readonly value: T }
  /** Asks the same question again, after saying why; `memo` replaces what the step keeps for itself. */
  | { readonly kind: "refused"; readonly problem: Problem; readonly memo?: unknown }
  /** Asks the same question again with another memo: nothing is wrong, it is not answered yet. */
  | { readonly kind: "kept"; readonly memo: unknown; readonly say?: Text }
  /** Begins the step anew, as when another code is asked for. */
  | { readonly kind: "anew" }
  /** Another question has to be answered again first. */
  | { readonly kind: "goto"; readonly step: string }
  /** Something else first, on top of this flow; then this question again. */
  | { readonly kind: "open"; readonly payload: string };

export const answer = <T>(value: T): Read<T> => ({ kind: "answer", value });
export const refused = (code: string, params?: Params): Read<never> => ({
  kind: "refused",
  problem: { code, ...(params && { params }) },
});

/** One of the answers that a question offers. */
export interface Option {
  /** ASCII letters, digits, `-` and `_`, 40 at most: with the question's number it stays within 64 bytes. */
  readonly id: string;
  /** Where it is left out, the message `<flow>.<step>.option.<id>`. */
  readonly label?: Text;
}

/**
 * How one question is answered: how an answer is read, shown, and checked again.
 *
 * @typeParam T type of the answer; it must survive JSON
 * @typeParam C what the field may look at: the edition, today, what was looked up
 */
export interface Field<T, C = unknown> {
  read(given: Given, context: C, answers: Answers, memo: unknown): Read<T>;
  /** Run on every load, so that an answer saved by an older version, or for other options, is asked again. */
  check(stored: unknown, context: C, answers: Answers): stored is T;
  /** @param memo what the step keeps for itself, where its question is being asked */
  options(context: C, answers: Answers, memo?: unknown): readonly Option[];
  /** How an answer is read back; `null` where it is the label of the option of that name. */
  show(value: T, context: C): Text | null;
  /** A typed number is the answer itself, never the number of an option. */
  readonly numeric?: boolean;
  /** It asks for a code that was made here: digits are no secret of the person's. */
  readonly code?: boolean;
}

const none: readonly Option[] = [];
const quote = (value: string): Text => ({ literal: value });

/** Free words, trimmed; line breaks are kept, other control characters are not. */
export function text(limits: { readonly min: number; readonly max: number }): Field<string> {
  return {
    read(given) {
      if (given.kind !== "text") return refused("text_expected");
      const value = tidy(given.text);
      if (value.length < limits.min) return refused("too_short", { ...limits, length: value.length });
      if (value.length > limits.max) return refused("too_long", { ...limits, length: value.length });
      return answer(value);
    },
    check: (stored): stored is string =>
      typeof stored === "string" && stored.length >= limits.min && stored.length <= limits.max,
    options: () => none,
    show: quote,
  };
}

/** Removes what no reader can see: control characters but line breaks, and space at the ends. */
export const tidy = (value: string): string =>
  value
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Cs}]/gu, (character) => (character === "\n" ? character : " "))
    .replace(/[ \t\u00A0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

/** One of the ids given. Their labels are `<flow>.<step>.option.<id>`. */
export function choice<const Id extends string>(...ids: readonly Id[]): Field<Id> {
  const known = (id: unknown): id is Id => ids.some((one) => one === id);
  return {
    read: (given) =>
      given.kind === "choice" && known(given.id) ? answer(given.id) : refused("choice_expected"),
    check: (stored): stored is Id => known(stored),
    options: () => ids.map((id) => ({ id })),
    show: () => null,
  };
}

/** One of the options that the context and the answers before it offer now. */
export function choiceFrom<C>(
  options: (context: C, answers: Answers) => readonly Option[],
): Field<string, C> {
  const known = (id: unknown, context: C, answers: Answers): id is string =>
    options(context, answers).some((one) => one.id === id);
  return {
    read: (given, context, answers) =>
      given.kind === "choice" && known(given.id, context, answers)
        ? answer(given.id)
        : refused("choice_expected"),
    check: (stored, context, answers): stored is string => known(stored, context, answers),
    options,
    show: () => null,
  };
}

/** A field that is read from words by a function, with options beside it. */
export function spoken<T, C = unknown>(how: {
  read(text: string, context: C, answers: Answers, memo: unknown): Read<T>;
  check(stored: unknown, context: C): stored is T;
  show(value: T, context: C): Text | null;
  options?(context: C, answers: Answers): readonly Option[];
  /** Reads the option of that id. */
  choose?(id: string, context: C): Read<T>;
  numeric?: boolean;
  code?: boolean;
}): Field<T, C> {
  return {
    read(given, context, answers, memo) {
      if (given.kind === "text") return how.read(tidy(given.text), context, answers, memo);
      return how.choose?.(given.id, context) ?? refused("text_expected");
    },
    check: (stored, context): stored is T => how.check(stored, context),
    show: how.show,
    options: how.options ?? (() => none),
    numeric: how.numeric ?? false,
    code: how.code ?? false,
  };
}
