import { addDays, type Day } from "../edition/calendar.ts";
import { dayOf, type Event } from "../edition/events.ts";
import type { Edition, Phase } from "../edition/schema.ts";

/** What people can be reminded of, once: a phase when it begins, an event on the day before. */
export type Occasion = {
  /** What a wish is kept under: a phase's id, or `event-<id>`. */
  readonly name: string;
  /** The day on which people are told. */
  readonly on: Day;
} & ({ readonly kind: "phase"; readonly phase: Phase } | { readonly kind: "event"; readonly event: Event });

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
