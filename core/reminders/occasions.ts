import { isQuiet } from "../campaigns/hours.ts";
import { addDays, type Day } from "../edition/calendar.ts";
import { dayOf, type Event } from "../edition/events.ts";
import type { Edition, Phase } from "../edition/schema.ts";

/** What people can be reminded of, once: a phase when it begins, an event on the day before, as a rule. */
export type Occasion = {
  /** What a wish is kept under: a phase's id, or `event-<id>`. */
  readonly name: string;
  /** The day on which people are told. */
  readonly on: Day;
} & ({ readonly kind: "phase"; readonly phase: Phase } | { readonly kind: "event"; readonly event: Event });

type Rules = Pick<Edition, "phases" | "events" | "reminders">;

/** All that there is to be reminded of, over or to come. */
export const occasions = ({ phases, events, reminders }: Rules): readonly Occasion[] => [
  ...phases.map((phase): Occasion => ({ kind: "phase", name: phase.id, on: phase.from, phase })),
  ...events.map(
    (event): Occasion => ({
      kind: "event",
      name: `event-${event.id}`,
      on: lastBefore(dayOf(event.from), reminders),
      event,
    }),
  ),
];

/** The day before, or an earlier one where nobody is written to on that: what was promised is told in time. */
function lastBefore(day: Day, reminders: Edition["reminders"]): Day {
  const before = [1, 2, 3, 4, 5, 6, 7].map((days) => addDays(day, -days));
  return before.find((one) => !isQuiet(reminders, one)) ?? addDays(day, -1);
}
