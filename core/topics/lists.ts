import type { Localised, Text } from "../engine/message.ts";

/** A line of a list. */
export const bullet = (text: Localised): Text => ({
  key: "rules.bullet",
  params: { text: { literal: text } },
});

/** A message with things below it, a line each: `{items}`. */
export const listed = (key: string, items: readonly Localised[]): Text => ({
  key,
  params: { items: { lines: items.map(bullet) } },
});
