import { z } from "zod";
import { sizeOfPng } from "../png.ts";
import { type Approved, readTemplate, template } from "./templates.ts";
import { type Pressable, Refusal, type Shown } from "./types.ts";

/** What the Cloud API takes of what this project sends, with every limit that it documents. */

const short = (most: number) => z.string().min(1).max(most).regex(/\S/);
const media = z.strictObject({ id: z.string(), filename: z.string().max(240).optional() });
const body = z.strictObject({ text: short(1024) });
const image = z.strictObject({ id: z.string() });
const header = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("document"), document: media }),
    z.strictObject({ type: z.literal("image"), image }),
  ])
  .optional();

const button = z.strictObject({
  type: z.literal("reply"),
  reply: z.strictObject({ id: short(256), title: short(20) }),
});
const row = z.strictObject({ id: short(200), title: short(24), description: short(72).optional() });

const interactive = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("button"),
    header,
    body,
    action: z.strictObject({ buttons: z.array(button).min(1).max(3) }),
  }),
  z.strictObject({
    type: z.literal("list"),
    body,
    action: z.strictObject({
      button: short(20),
      // A title is wanted where there are several sections.
      sections: z.array(z.strictObject({ rows: z.array(row).min(1) })).length(1),
    }),
  }),
  z.strictObject({
    type: z.literal("cta_url"),
    header,
    body,
    action: z.strictObject({
      name: z.literal("cta_url"),
      parameters: z.strictObject({ display_text: short(20), url: z.url({ protocol: /^https?$/ }) }),
    }),
  }),
]);

const to = {
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.literal("individual").optional(),
  to: z
    .string()
    .regex(/^\+?\d{5,20}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
};

export const outgoing = z.discriminatedUnion("type", [
  z.strictObject({
    ...to,
    type: z.literal("text"),
    text: z.strictObject({ body: short(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({
    ...to,
    type: z.literal("document"),
    document: media.extend({ caption: z.string().max(1024).optional() }),
  }),
  z.strictObject({
    ...to,
    type: z.literal("image"),
    image: image.extend({ caption: z.string().max(1024).optional() }),
  }),
  z.strictObject({ ...to, type: z.literal("interactive"), interactive }),
  z.strictObject({ ...to, type: z.literal("template"), template }),
]);
export type OutgoingMessage = z.infer<typeof outgoing>;

/** As much of a message as tells whom it goes to and what it says. */
export const addressed = z.object({
  to: z.string().optional(),
  recipient: z.string().optional(),
  text: z.object({ body: z.string() }).optional(),
  interactive: z.object({ body: z.object({ text: z.string() }) }).optional(),
  template: z.object({ name: z.string() }).optional(),
});

/** A receipt: the message was read, and perhaps an answer is being written. */
export const receipt = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: z.string(),
  typing_indicator: z.strictObject({ type: z.literal("text") }).optional(),
});

/** What was uploaded, by its media id. */
export type Files = ReadonlyMap<string, File>;
interface File {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * What the person sees of it.
 *
 * @throws {Refusal} for what no shape tells
 */
export function shown(
  message: OutgoingMessage,
  id: string,
  at: number,
  files: Files,
  approved: Approved,
): Shown {
  const uploaded = (id: string): File => {
    const file = files.get(id);
    if (!file) throw new Refusal(131053, "Media upload error");
    return file;
  };
  const fileIn = (given: NonNullable<z.infer<typeof header>>) => {
    if (given.type === "image") return { image: asImage(uploaded(given.image.id)) };
    const { name, bytes } = uploaded(given.document.id);
    return { document: { name: given.document.filename ?? name, bytes } };
  };
  const head = { id, at, pressable: [] };
  switch (message.type) {
    case "text":
      return { ...head, text: message.text.body };
    case "document":
      return { ...head, text: message.document.caption ?? "", ...fileIn(message) };
    case "image":
      return { ...head, text: message.image.caption ?? "", ...fileIn(message) };
    case "template":
      return { ...head, ...readTemplate(message.template, approved) };
    case "interactive": {
      const it = message.interactive;
      const file = "header" in it && it.header ? fileIn(it.header) : {};
      const link = it.type === "cta_url" ? { link: it.action.parameters.url } : {};
      return { ...head, text: it.body.text, pressable: pressableIn(it), ...file, ...link };
    }
  }
}

/** Pictures are PNG or JPEG, of 5 MB at most. */
function asImage({ type, bytes }: File): NonNullable<Shown["image"]> {
  const size = sizeOfPng(bytes);
  if (type !== "image/png" || !size || bytes.length > 5_000_000)
    throw new Refusal(131053, "Media upload error");
  return { ...size, bytes };
}

function pressableIn(it: z.infer<typeof interactive>): readonly Pressable[] {
  if (it.type === "cta_url") return [];
  const all: Pressable[] =
    it.type === "button"
      ? it.action.buttons.map(({ reply }) => ({ ...reply, on: "button" }))
      : it.action.sections.flatMap(({ rows }) =>
          rows.map(({ id, title, description }) => ({
            id,
            title,
            on: "row",
            ...(description && { description }),
          })),
        );
  if (all.length > 10) throw new Refusal(131009, "Parameter value is not valid: more than 10 rows");
  const unique = (values: readonly string[]) => new Set(values).size === values.length;
  if (!unique(all.map(({ id }) => id))) throw new Refusal(131009, "Parameter value is not valid: equal ids");
  if (it.type === "button" && !unique(all.map(({ title }) => title)))
    throw new Refusal(131009, "Parameter value is not valid: equal titles");
  return all;
}
