import { z } from "zod";
import { id, localised, otherwise, sources, url } from "./values.ts";

/* What goes on around proposals and vote: events, and the table that follows the process. */

const MOMENT = /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d$/;

/** A minute on the clocks of the edition's time zone: `2027-03-05 20:30`. Those written so compare as strings do. */
const moment = z
  .string(otherwise("write a day and a time between quotes, as “2027-03-05 20:30”"))
  .refine(
    (value) => MOMENT.test(value) && z.iso.date().safeParse(value.slice(0, 10)).success,
    "write a day and a time as 2027-03-05 20:30 (in a demonstration also as +12d 20:30)",
  );

/** An assembly or a public meeting. */
export const event = z
  .strictObject({
    id,
    /** Also a button: 24 characters are seen everywhere. */
    name: localised,
    /** What happens there, in a sentence. */
    what: localised,
    from: moment,
    to: moment,
    where: localised,
    /** Where one takes part from home. */
    online: url.optional(),
    sources,
  })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "comes before the beginning" });

/** The table that follows the process, and how one asks to join it. */
export const table = z
  .strictObject({
    /** What it is, in one or two sentences. */
    what: localised,
    /** Who may ask to join, and how. */
    join: localised,
    /** Where one asks. */
    site: url.optional(),
    /** Whether the assistant takes requests, and hands them to the office. */
    assistant: z.boolean().default(false),
    sources,
  })
  .refine(({ site, assistant }) => site !== undefined || assistant, "name at least one way to ask");
