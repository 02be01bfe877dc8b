import { z } from "zod";

/* The kinds of values that an edition's file is made of, each with what to do where it does not fit. */

/** What to say of a value that is absent, and of one that does not fit. */
export const otherwise = (message: string) => ({
  error: (issue: { readonly input?: unknown }) => (issue.input === undefined ? "is missing" : message),
});

export const id = z.string().regex(/^[a-z0-9-]{1,32}$/, "use 1 to 32 lowercase letters, digits or hyphens");

export const language = z.string().regex(/^[a-z]{2}$/, "use a language code of two letters, such as it");

/** Both ends of a span are included. */
export const day = z.iso.date(
  otherwise("write a day of the calendar as YYYY-MM-DD (in a demonstration also as +12d)"),
);

export const phaseIds = ["proposals", "evaluation", "promotion", "vote"] as const;
export const phaseId = z.enum(phaseIds, otherwise(`use one of ${phaseIds.join(", ")}`));

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const weekday = z.enum(weekdays, otherwise(`use ${weekdays.join(", ")}`));

/** On the clocks of the edition's time zone. Those written so compare as strings do. */
export const timeOfDay = z
  .string(otherwise("write a time as 09:00"))
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write a time as 09:00");

/** `11-13` every year, `2027-11-02` once. */
export const dayOfYear = z.union(
  [day, z.string().regex(/^\d\d-\d\d$/)],
  otherwise("write a day as MM-DD or YYYY-MM-DD"),
);

export const words = z.string().trim().min(1, "must not be empty");

/** One text for every language (names, mostly), or one text for each. */
export const localised = z.union(
  [words, z.record(language, words)],
  otherwise("write a text, or a text for each language: {it: …, en: …}"),
);

export const url = z.url({
  protocol: /^https?$/,
  ...otherwise("write an address that starts with https://"),
});

export const wholeNumber = z.int(otherwise("write a whole number"));

/** In euros: the assistant knows no cents. */
export const amount = wholeNumber.positive("write a whole number of euros above 0");

export const sources = z.array(id).min(1, "name at least one source");

/** Something stated by a source. */
export const statement = z.strictObject({ text: localised, sources });

/** Things listed by a source. */
export const listing = z.strictObject({ items: z.array(localised).min(1), sources });
