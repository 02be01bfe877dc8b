import { today } from "../../../core/edition/calendar.ts";
import type { Edition } from "../../../core/edition/schema.ts";
import type { Params } from "../../../core/engine/message.ts";

/** The time of day where the edition is, as the language writes it. */
export const time = (at: Date, { timeZone }: Edition, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: "short", hourCycle: "h23", timeZone }).format(at);

export const dayAndTime = (at: Date, edition: Edition, language: string): Params => ({
  day: { date: today(at, edition.timeZone) },
  until: time(at, edition, language),
});
