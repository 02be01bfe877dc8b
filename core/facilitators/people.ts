import type { Context } from "../context.ts";
import { dayOf, momentAt, timeOf } from "../edition/events.ts";
import type { Params, Text } from "../engine/message.ts";
import type { Facilitator } from "./ports.ts";

/** Who accompanies, as the office presented them: name, and where they are found. */
export const who = ({ name, place }: Facilitator): Text =>
  place === undefined
    ? { literal: name }
    : { key: "companion.who", params: { name: { literal: name }, place: { literal: place } } };

/** The first of somebody's names: what fits on a button. */
export const firstName = (name: string): string => name.split(" ", 1)[0] ?? name;

/** When something began, by the clocks of the edition. */
export function since(iso: string, { edition }: Pick<Context, "edition">): Params {
  const moment = momentAt(new Date(iso), edition.timeZone);
  return { time: timeOf(moment), day: { date: dayOf(moment) } };
}

/** Nobody's name is told to who accompanies them: "la persona delle 10:30". */
export const person = (iso: string, context: Pick<Context, "edition">): Text => ({
  key: "facilitator.person",
  params: since(iso, context),
});
