import type { Concern, Edition } from "../edition/schema.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { bullet } from "./lists.ts";
import { titles } from "./sources.ts";

/** What is open in a subject: what nobody has published, and on what sources contradict each other, in a line. */
export function unsettled(edition: Edition, concern: Concern): Text[] {
  const matters = contradictions(edition, concern).map(({ matter }) => ({ literal: matter }));
  return [
    ...missing(edition, concern),
    ...(matters.length > 0 ? [{ key: "rules.differ", params: { matters: { list: matters } } }] : []),
  ];
}

/** The same, with what each source says. */
export const unsettledInFull = (edition: Edition, concern: Concern): Text[] => [
  ...missing(edition, concern),
  ...contradictions(edition, concern).map((conflict) => ({
    key: "rules.differ_on",
    params: { matter: { literal: conflict.matter }, values: values(edition, conflict) },
  })),
];

/** What has not been published in a subject. */
export function missing({ unpublished }: Edition, concern: Concern): Text[] {
  const matters = unpublished.filter(({ concerns }) => concerns.includes(concern));
  return matters.length > 0 ? [lacking(matters.map(({ matter }) => bullet(matter)))] : [];
}

/** Leads to what holds where sources contradict each other in a subject. */
export const conflictDoors = (edition: Edition, concern: Concern): Door[] =>
  contradictions(edition, concern).length > 0 ? [conflictsDoor] : [];

const contradictions = ({ conflicts }: Edition, concern: Concern) =>
  conflicts.filter(({ concerns }) => concerns.includes(concern));

/** What each source says. */
export const values = (edition: Edition, conflict: Edition["conflicts"][number]): Text => ({
  lines: conflict.values.map(({ text, source }) => ({
    key: "rules.value",
    params: { text: { literal: text }, source: titles(edition, [source]) },
  })),
});

/** The Union has not published these. */
export const lacking = (matters: readonly Text[]): Text => ({
  key: "rules.unpublished",
  params: { matters: { lines: matters } },
});

export const conflictsDoor: Door = { opens: "conflicts", label: { key: "rules.option.conflicts" } };
