import { z } from "zod";
import { daysBetween } from "./calendar.ts";
import type { Mistake } from "./checks.ts";
import type { Phase } from "./schema.ts";
import {
  dayOfYear,
  id,
  localised,
  otherwise,
  phaseId,
  sources,
  timeOfDay,
  weekday,
  wholeNumber,
} from "./values.ts";

/* How the Union reminds people: when, how often, of what by itself, and what WhatsApp takes for it. */

/** Nobody is written to before or after these, whatever an edition says: people sleep. */
const EARLIEST = "07:00";
const LATEST = "22:00";

/** Between which clocks of the edition's zone people are written to. */
const hours = z
  .strictObject({
    from: timeOfDay.refine((time) => time >= EARLIEST, `must not be before ${EARLIEST}`),
    to: timeOfDay.refine((time) => time <= LATEST, `must not be after ${LATEST}`),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "comes before the beginning" });

/** Days on which nobody is written to. */
const quiet = z.strictObject({
  weekdays: z.array(weekday).max(6, "leave at least one day").default(["sun"]),
  /** Whether Italy's holidays are quiet, Easter Sunday among them. */
  holidays: z.boolean().default(true),
  /** Others, such as the patron saint's. */
  days: z.array(dayOfYear).default([]),
});

const own = {
  id: id.refine(
    (one) => !["phase", "event"].includes(one),
    "is kept for phases and events: choose another one",
  ),
  /** Said in place of our words; the dates, and how to stop, are added to it in any case. */
  text: localised.optional(),
};

const phases = z.array(phaseId).min(1, "name at least one phase").optional();

const daysBefore = wholeNumber.min(1).max(60);

const ahead = {
  /** So many days before the last one. */
  daysBefore,
  /** The same for who uses the simple profile; as for everybody where it is left out. */
  simpleDaysBefore: daysBefore.optional(),
};

/**
 * Reminders that the calendar makes. Of one kind there may be several, such as 14 days before and 3:
 * what is listed is sent, and nothing else.
 */
export const automatic = z.array(
  z.discriminatedUnion(
    "kind",
    [
      /** On the first day of the phases that are named, or of each. */
      z.strictObject({ ...own, kind: z.literal("phase_opens"), phases }),
      /** Before the last day of the phases that are named, or of each. */
      z.strictObject({ ...own, kind: z.literal("phase_closes"), phases, ...ahead }),
      /** To who has begun a proposal, before the last day on which it can be sent. */
      z.strictObject({ ...own, kind: z.literal("unfinished_proposal"), ...ahead }),
      /** To who is not known to have voted, before the last day of the vote. */
      z.strictObject({ ...own, kind: z.literal("unfinished_vote"), ...ahead }),
    ],
    otherwise("use phase_opens, phase_closes, unfinished_proposal or unfinished_vote"),
  ),
);

/**
 * Who chose the simple profile is told earlier, and less often: they read slowly, may need somebody's help
 * to go on, and helpers are not there every day. A second message before the first is dealt with only hurries.
 */
const USUAL: z.input<typeof automatic> = [
  { id: "opens", kind: "phase_opens" },
  { id: "closes", kind: "phase_closes", phases: ["proposals", "vote"], daysBefore: 7, simpleDaysBefore: 14 },
  { id: "proposal", kind: "unfinished_proposal", daysBefore: 5, simpleDaysBefore: 10 },
  { id: "vote", kind: "unfinished_vote", daysBefore: 5, simpleDaysBefore: 10 },
];

const price = z
  .number(otherwise("write euros with a point, such as 0.05"))
  .nonnegative("write euros with a point, such as 0.05")
  .max(5, "is in euros a message: was it written in cents?");

const whatsapp = z.strictObject({
  /**
   * How many people WhatsApp lets a business write to outside its 24-hour window within any 24 hours, by approved
   * templates: 250 for a new one, then 2,000, 10,000, 100,000 and no limit, as its messages prove welcome.
   * https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits, read on 22
   * November 2026.
   */
  dailyLimit: z
    .union([z.literal("unlimited"), wholeNumber.positive()], otherwise("write a whole number, or unlimited"))
    .default(250),
  /**
   * What a delivered message costs, in euros. It depends on category, country and volume, and changes with a
   * quarter of the year: only Meta's own rate card tells, so nothing is assumed where this is left out. It is linked at
   * https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing (as of 30 March 2026).
   */
  price: z
    .strictObject({
      /** One template of the category utility, outside the 24-hour window. */
      perTemplate: price,
      /** One of the category marketing, as news of the office are; without it their cost is not known. */
      perMarketing: price.optional(),
      /**
       * One message within it. Meta's partners tell that it bills these too since 1 October 2026:
       * https://help.hello-charles.com/en/articles/344939-understand-meta-s-whatsapp-pricing-revised-july-1-2026,
       * read on 22 November 2026. To be left out where the rate card does not say so.
       */
      perMessage: price.optional(),
      sources,
    })
    .optional(),
});

export const reminders = z
  .strictObject({
    hours: hours.prefault({ from: "09:00", to: "20:00" }),
    quiet: quiet.prefault({}),
    /** How many messages of campaigns a person gets within seven days, and one with the simple profile. */
    weeklyMost: wholeNumber.min(1).max(7).default(2),
    weeklyMostSimple: wholeNumber.min(1).max(7).default(1),
    /** A campaign to more people than this waits for a second person's approval. */
    approvalAbove: wholeNumber.nonnegative().default(500),
    automatic: automatic.default(() => automatic.parse(USUAL)),
    whatsapp: whatsapp.prefault({}),
  })
  .refine(({ weeklyMost, weeklyMostSimple }) => weeklyMostSimple <= weeklyMost, {
    path: ["weeklyMostSimple"],
    error: "must not be more than weeklyMost",
  });

export type ReminderRules = z.infer<typeof reminders>;
export type AutomaticReminder = ReminderRules["automatic"][number];

/** Reminders of phases that the edition has not got, of one twice, or before it begins. */
export function misplacedReminders(all: readonly AutomaticReminder[], phases: readonly Phase[]): Mistake[] {
  const found: Mistake[] = [];
  const opened = new Set<Phase["id"]>();
  for (const [at, reminder] of all.entries()) {
    const add = (path: string, message: string) =>
      found.push({ path: `reminders.automatic.${at}${path}`, message });
    const named = namedIn(reminder);
    for (const [index, id] of named.entries())
      if (!phases.some((phase) => phase.id === id))
        add("phases" in reminder ? `.phases.${index}` : "", `needs the phase ${id}`);
    const meant = phases.filter(({ id }) => named.length === 0 || named.includes(id));
    if (reminder.kind === "phase_opens") {
      for (const { id } of meant) {
        if (opened.has(id)) add("", `tells again that the phase ${id} begins`);
        opened.add(id);
      }
      continue;
    }
    const { daysBefore, simpleDaysBefore = daysBefore } = reminder;
    if (simpleDaysBefore < daysBefore)
      add(".simpleDaysBefore", "must not be less than daysBefore: who reads slowly is told earlier");
    for (const [name, days] of Object.entries({ daysBefore, simpleDaysBefore })) {
      const early = meant.find(({ from, to }) => daysBetween(from, to) < days);
      if (early && name in reminder)
        add(`.${name}`, `comes before the phase ${early.id} begins, ${early.from}`);
    }
  }
  return found;
}

/** The phases that a reminder is about; none where it is about all. */
function namedIn(reminder: AutomaticReminder): readonly Phase["id"][] {
  if (reminder.kind === "unfinished_proposal") return ["proposals"];
  if (reminder.kind === "unfinished_vote") return ["vote"];
  return reminder.phases ?? [];
}
