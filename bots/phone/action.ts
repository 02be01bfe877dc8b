import { z } from "zod";

/** Chosen by the page: an action that it sends twice, not knowing whether it arrived, has one effect. */
const key = z.string().regex(/^[\w-]{8,64}$/);

/** What a person did on a simulated phone. */
export const phoneAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), key, text: z.string().min(1) }),
  /** Something was pressed, in a message (`button`) or in the list that it opens (`row`). */
  z.strictObject({
    kind: z.literal("press"),
    key,
    on: z.enum(["button", "row"]),
    data: z.string().min(1).max(256),
    label: z.string().max(4096),
    /** The entry of the message that it was drawn with. */
    message: z.string().regex(/^\d{1,18}$/),
  }),
  /** A voice note; without a sound it shows what the assistant answers to one. */
  z.strictObject({
    kind: z.literal("voice"),
    key,
    seconds: z.number().int().min(1).max(600),
    /** MIME type of the sound that came before it, which itself is not kept. */
    sound: z
      .string()
      .regex(/^audio\/[\w.+;= -]{1,60}$/)
      .exactOptional(),
  }),
]);
export type PhoneAction = z.infer<typeof phoneAction>;

/** The two looks, each with its platform's own messages and limits. */
export const phoneStyle = z.enum(["telegram", "whatsapp"]);
export type PhoneStyle = z.infer<typeof phoneStyle>;

/** The owner of a simulated phone, as a platform would introduce them. */
export const phoneOwner = z.strictObject({
  phone: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(64),
  /** BCP 47 tag of the phone's language. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
});

/** Something that a person did, numbered and dated by the phone's history. */
export const happened = z.object({
  id: z.bigint().positive(),
  at: z.date(),
  owner: phoneOwner,
  action: phoneAction,
});
export type Happened = z.infer<typeof happened>;
