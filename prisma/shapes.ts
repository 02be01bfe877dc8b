import { z } from "zod";
import type { Writing } from "../core/desk.ts";
import {
  type BarChart,
  type Choice,
  type DocumentRequest,
  DRAWINGS,
  type Drawing,
  type DrawingName,
  type Incoming,
  type Media,
  type Message,
  type ProjectCard,
  type QrCode,
  type Recording,
  type Template,
} from "../core/engine/message.ts";
import type { Proponent } from "../core/proposals.ts";

/*
 * Shapes of what is sealed, checked when it is opened. Each names every property of what it stands
 * for: one that was forgotten here would be lost on its way through the store.
 */

type Shape<T> = { readonly [K in keyof Required<T>]: z.ZodType };
type Of<K extends Incoming["kind"]> = Extract<Incoming, { kind: K }>;

const medium: z.ZodType<Media> = z.enum([
  "voice",
  "photo",
  "video",
  "document",
  "sticker",
  "contact",
  "unknown",
] satisfies Media[]);

const recording: z.ZodType<Recording> = z.object({
  file: z.string(),
  type: z.exactOptional(z.string()),
  seconds: z.exactOptional(z.number()),
} satisfies Shape<Recording>);

const incomingKinds = {
  text: z.object({ kind: z.literal("text"), text: z.string() } satisfies Shape<Of<"text">>),
  choice: z.object({ kind: z.literal("choice"), data: z.string() } satisfies Shape<Of<"choice">>),
  start: z.object({ kind: z.literal("start"), payload: z.string() } satisfies Shape<Of<"start">>),
  location: z.object({
    kind: z.literal("location"),
    latitude: z.number(),
    longitude: z.number(),
  } satisfies Shape<Of<"location">>),
  media: z.object({
    kind: z.literal("media"),
    media: medium,
    recording: z.exactOptional(recording),
  } satisfies Shape<Of<"media">>),
  edited: z.object({ kind: z.literal("edited"), text: z.string() } satisfies Shape<Of<"edited">>),
  group: z.object({ kind: z.literal("group") } satisfies Shape<Of<"group">>),
} satisfies Record<Incoming["kind"], z.ZodType<Incoming>>;

const choice: z.ZodType<Choice> = z.object({ data: z.string(), label: z.string() } satisfies Shape<Choice>);

const document: z.ZodType<DocumentRequest> = z.object({
  fileName: z.string(),
  language: z.string(),
  large: z.exactOptional(z.literal(true)),
  title: z.string(),
  intro: z.array(z.string()),
  rows: z.array(z.object({ label: z.string(), value: z.string() })),
  boxes: z.exactOptional(z.array(z.string())),
  notes: z.array(z.string()),
  signature: z.exactOptional(z.object({ date: z.string(), sign: z.string() })),
} satisfies Shape<DocumentRequest>);

const card: z.ZodType<ProjectCard> = z.object({
  kind: z.literal("card"),
  alt: z.string(),
  heading: z.array(z.string()),
  title: z.string(),
  summary: z.string(),
  cost: z.string(),
  invitation: z.string(),
  link: z.exactOptional(z.string()),
} satisfies Shape<ProjectCard>);

const chart: z.ZodType<BarChart> = z.object({
  kind: z.literal("chart"),
  alt: z.string(),
  title: z.string(),
  bars: z.array(
    z.object({
      label: z.string(),
      value: z.number(),
      shown: z.string(),
      mark: z.exactOptional(z.string()),
    } satisfies Shape<BarChart["bars"][number]>),
  ),
  note: z.string(),
} satisfies Shape<BarChart>);

const drawing: z.ZodType<Drawing> = z.object({
  kind: z.literal("drawing"),
  drawing: z.custom<DrawingName>((name) => typeof name === "string" && Object.hasOwn(DRAWINGS, name)),
  alt: z.string(),
  labels: z.array(z.string()),
} satisfies Shape<Drawing>);

const qr: z.ZodType<QrCode> = z.object({
  kind: z.literal("qr"),
  alt: z.string(),
  title: z.string(),
  invitation: z.string(),
  by: z.string(),
  typed: z.string(),
  link: z.string(),
} satisfies Shape<QrCode>);

const template: z.ZodType<Template> = z.object({
  name: z.string(),
  language: z.string(),
  parameters: z.array(z.string()),
} satisfies Shape<Template>);

const message: z.ZodType<Message> = z.object({
  text: z.string(),
  choices: z.array(choice),
  link: z.exactOptional(z.object({ url: z.string(), label: z.string() })),
  document: z.exactOptional(document),
  picture: z.exactOptional(z.union([card, chart, drawing, qr])),
  language: z.exactOptional(z.string()),
  template: z.exactOptional(template),
  page: z.exactOptional(z.number()),
} satisfies Shape<Message>);

/** Inbox.sealed */
export const received = z.object({
  address: z.string(),
  incoming: z.union(Object.values(incomingKinds)),
  language: z.exactOptional(z.string()),
});

/** Outbox.sealed */
export const outgoing = z.object({ address: z.string(), message });

/** Proposal.proponent, CoDesigner.sealed */
export const proponent: z.ZodType<Proponent> = z.object({
  name: z.string(),
  surname: z.string(),
  email: z.string(),
  association: z.exactOptional(z.string()),
} satisfies Shape<Proponent>);

/** Address.sealed, Reminder.sealed */
export const address = z.string();

/** Ticket.sealed */
export const writings: z.ZodType<Writing[]> = z.array(
  z.object({
    from: z.enum(["person", "office"]),
    text: z.string(),
    at: z.string(),
  } satisfies Shape<Writing>),
);
