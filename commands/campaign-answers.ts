import { z } from "zod";

/* What the office tells of campaigns. */

const date = z.coerce.date();
const numbers = z.record(z.string(), z.number());

export const listed = z.array(
  z.object({ id: z.string(), state: z.string(), automatic: z.boolean(), from: date, until: date }),
);

export const written = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("written"), id: z.string() }),
  z.object({ kind: z.literal("sent"), id: z.string() }),
  z.object({
    kind: z.literal("mistakes"),
    mistakes: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
]);

export const tried = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tried"), channel: z.string(), language: z.string() }),
  z.object({ kind: z.literal("noChat") }),
]);

export const moved = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("moved"),
    state: z.string(),
    gets: z.number().optional(),
    approvalAbove: z.number().optional(),
  }),
  z.object({ kind: z.literal("conflict"), state: z.string() }),
  z.object({ kind: z.literal("samePerson"), by: z.string() }),
  z.object({ kind: z.literal("tooLate"), until: date }),
]);
export type Moved = z.infer<typeof moved>;

const way = z.object({
  channel: z.string(),
  language: z.string(),
  template: z.boolean(),
  simple: z.boolean(),
  count: z.number(),
});

export const previewed = z.object({
  id: z.string(),
  state: z.string(),
  preview: z.object({
    people: z.number(),
    gets: z.number(),
    ways: z.array(way),
    excluded: numbers,
    delayed: numbers,
    firstAt: date.optional(),
    lastAt: date.optional(),
    templates: z.number(),
    templateDays: z.number(),
    euros: z.number().optional(),
  }),
  dailyLimit: z.number().nullable(),
  template: z.string().optional(),
  standing: z.array(z.object({ language: z.string(), state: z.string(), reason: z.string().optional() })),
  approval: z.boolean(),
  approvalAbove: z.number(),
  looks: z.array(
    z.object({
      channels: z.array(z.string()),
      language: z.string(),
      simple: z.boolean(),
      template: z.boolean(),
      text: z.string(),
      buttons: z.array(z.string()),
    }),
  ),
});
export type Previewed = z.infer<typeof previewed>;

const counted = z.object({
  count: z.number(),
  as: z.string(),
  because: z.string().optional(),
  channel: z.string().optional(),
  language: z.string().optional(),
  template: z.boolean().optional(),
  until: date.optional(),
});
export type Counted = z.infer<typeof counted>;

export const status = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("calendar"), id: z.string(), from: date, until: date }),
  z.object({
    kind: z.literal("kept"),
    id: z.string(),
    state: z.string(),
    automatic: z.boolean(),
    sentBy: z.string().optional(),
    approvedBy: z.array(z.string()),
    startsAt: date.optional(),
    endedAt: date.optional(),
    until: date,
    progress: z.object({ enrolled: z.boolean(), counts: z.array(counted) }).optional(),
  }),
]);
export type Status = z.infer<typeof status>;
