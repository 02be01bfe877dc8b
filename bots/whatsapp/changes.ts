import { type Fields, fields, list, text } from "../read.ts";

/** One thing that a webhook's body tells. */
export interface Change {
  readonly field: string;
  readonly value: Fields;
  /** When the platform wrote it; absent where it does not say. */
  readonly at?: Date;
}

/** Every change of every entry, in their order. */
export function changesIn(delivery: unknown): readonly Change[] {
  return list(fields(delivery)["entry"]).flatMap((one) => {
    const entry = fields(one);
    const seconds = secondsOf(entry["time"]);
    return list(entry["changes"]).flatMap((inner): Change[] => {
      const { field, value } = fields(inner);
      const name = text(field);
      if (name === undefined) return [];
      return [{ field: name, value: fields(value), ...(seconds > 0 && { at: new Date(seconds * 1000) }) }];
    });
  });
}

export const valuesOf = (changes: readonly Change[], field: string): readonly Fields[] =>
  changes.filter((change) => change.field === field).map(({ value }) => value);

/** The ids among them, each once. */
export const idsIn = (...values: readonly unknown[]): readonly string[] => [
  ...new Set(values.flatMap((value) => text(value) || [])),
];

/** Seconds since 1970 as the platform writes them, in a number or a text; 0 where it is neither. */
export function secondsOf(timestamp: unknown): number {
  const seconds = Number(text(timestamp) ?? timestamp);
  return Number.isSafeInteger(seconds) && seconds >= 0 && seconds < 1e11 ? seconds : 0;
}
