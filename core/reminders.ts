import { dayOf, momentAt, timeOf } from "./edition/events.ts";
import type { Edition } from "./edition/schema.ts";
import type { Door } from "./engine/flow.ts";
import type { Text } from "./engine/message.ts";
import { type Occasion, occasions } from "./reminders/occasions.ts";

/** A reminder in words, and as it is filled in a template of a platform that wants one. */
export interface Reminder {
  readonly say: Text;
  /** What can be opened from it, besides the menu. */
  readonly doors: readonly Door[];
  /** The name under which a platform has approved the template, and what fills its gaps in their order. */
  readonly template: { readonly name: string; readonly parameters: readonly Text[] };
}

/** Nobody is told of an event before this time of the day before. */
const MORNING = "09:00";

/** Those of which people are to be told now: none that is over, as after a long stop. */
export function dueOccasions(edition: Edition, now: Date): readonly Occasion[] {
  const present = momentAt(now, edition.timeZone);
  const today = dayOf(present);
  return occasions(edition).filter((one) =>
    one.kind === "phase"
      ? one.on <= today && today <= one.phase.to
      : `${one.on} ${MORNING}` <= present && present < one.event.from,
  );
}

/** What people are told. */
export function reminderOf(occasion: Occasion): Reminder {
  if (occasion.kind === "phase") {
    const { name, to } = occasion.phase;
    const parts = { phase: { literal: name }, to: { date: to } };
    return {
      say: { key: "remind.begins", params: parts },
      doors: [],
      template: { name: "phase_begins", parameters: Object.values(parts) },
    };
  }
  const { name, from, where } = occasion.event;
  const parts = {
    name: { literal: name },
    day: { date: dayOf(from) },
    at: { literal: timeOf(from) },
    where: { literal: where },
  };
  return {
    say: { key: "events.soon", params: parts },
    doors: [{ opens: occasion.name, label: { key: "events.option.event" } }],
    template: { name: "event_tomorrow", parameters: Object.values(parts) },
  };
}
