import { addDays, type Day } from "./edition/calendar.ts";
import { dayOf, type Event, momentAt, timeOf } from "./edition/events.ts";
import type { Edition, Phase } from "./edition/schema.ts";
import type { Door } from "./engine/flow.ts";
import type { Text } from "./engine/message.ts";

/** What people can be reminded of, once: a phase when it begins, an event on the day before. */
export type Occasion = {
  /** What a wish is kept under: a phase's id, or `event-<id>`. */
  readonly name: string;
  /** The day on which people are told. */
  readonly on: Day;
} & ({ readonly kind: "phase"; readonly phase: Phase } | { readonly kind: "event"; readonly event: Event });

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

/** All that there is to be reminded of, over or to come. */
export const occasions = ({ phases, events }: Pick<Edition, "phases" | "events">): readonly Occasion[] => [
  ...phases.map((phase): Occasion => ({ kind: "phase", name: phase.id, on: phase.from, phase })),
  ...events.map(
    (event): Occasion => ({
      kind: "event",
      name: `event-${event.id}`,
      on: addDays(dayOf(event.from), -1),
      event,
    }),
  ),
];

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
