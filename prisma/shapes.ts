import { z } from "zod";
import type { Incoming, Message } from "../core/engine/message.ts";
import type { Proponent } from "../core/ports.ts";

/** Shapes of what is sealed, checked when it is opened. */

const incoming: z.ZodType<Incoming> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("choice"), data: z.string() }),
  z.object({ kind: z.literal("start"), payload: z.string() }),
  z.object({ kind: z.literal("location"), latitude: z.number(), longitude: z.number() }),
  z.object({
    kind: z.literal("media"),
    media: z.enum(["voice", "photo", "video", "document", "sticker", "contact", "unknown"]),
  }),
  z.object({ kind: z.literal("edited"), text: z.string() }),
  z.object({ kind: z.literal("group") }),
]);

const message: z.ZodType<Message> = z.object({
  text: z.string(),
  choices: z.array(z.object({ data: z.string(), label: z.string() })),
  link: z.exactOptional(z.object({ url: z.string(), label: z.string() })),
  document: z.exactOptional(
    z.object({
      template: z.literal("proposal-form"),
      fileName: z.string(),
      language: z.string(),
      fields: z.record(z.string(), z.string()),
    }),
  ),
});

/** Inbox.sealed */
export const received = z.object({
  address: z.string(),
  incoming,
  language: z.exactOptional(z.string()),
});

/** Outbox.sealed */
export const outgoing = z.object({ address: z.string(), message });

/** Address.sealed, Reminder.sealed */
export const address = z.string();

/** Proposal.proponent, CoDesigner.sealed */
export const proponent: z.ZodType<Proponent> = z.object({
  name: z.string(),
  surname: z.string(),
  email: z.string(),
  association: z.exactOptional(z.string()),
});
