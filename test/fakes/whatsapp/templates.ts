import { z } from "zod";
import type { Change } from "./deliveries.ts";
import { type Pressable, Refusal, type Shown } from "./types.ts";

/** A template as it was approved. */
export interface ApprovedTemplate {
  readonly languages: readonly string[];
  /** How many gaps its body has. */
  readonly gaps: number;
  readonly category?: "UTILITY" | "MARKETING";
  /** Its body, and the labels of its buttons, by language. */
  readonly body?: Readonly<Record<string, string>>;
  readonly buttons?: Readonly<Record<string, readonly string[]>>;
}
export type Approved = ReadonlyMap<string, ApprovedTemplate>;

const BODY = 1024;

export const template = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.looseObject({ code: z.string() }),
  components: z.array(
    z.discriminatedUnion("type", [
      z.strictObject({
        type: z.literal("body"),
        parameters: z.array(z.strictObject({ type: z.literal("text"), text: z.string().min(1).max(BODY) })),
      }),
      z.strictObject({
        type: z.literal("button"),
        sub_type: z.literal("quick_reply"),
        /** A text in Meta's schemas, a number in its older examples. */
        index: z.union([z.string().regex(/^[0-9]$/), z.number().int().min(0).max(9)]),
        parameters: z.tuple([
          z.strictObject({ type: z.literal("payload"), payload: z.string().min(1).max(256) }),
        ]),
      }),
    ]),
  ),
});

/**
 * What the person sees of a template.
 *
 * @throws {Refusal} where it is not approved, or not filled as it was
 */
export function readTemplate(
  { name, language, components }: z.infer<typeof template>,
  approved: Approved,
): Pick<Shown, "text" | "template" | "pressable"> {
  const found = approved.get(name);
  if (!found?.languages.includes(language.code))
    throw new Refusal(132001, "Template name does not exist in the translation", 404);
  const parameters = components.flatMap((one) =>
    one.type === "body" ? one.parameters.map(({ text }) => text) : [],
  );
  if (parameters.length !== found.gaps) throw new Refusal(132000, "Number of parameters does not match");
  if (parameters.some((text) => /\n|\t| {5}/.test(text))) throw new Refusal(132018, "Parameter format");
  const text = (found.body?.[language.code] ?? "").replace(
    /\{\{(\d+)\}\}/g,
    (_, number) => parameters[Number(number) - 1] ?? "",
  );
  if (text.length > BODY) throw new Refusal(132005, "Translated text too long");
  const labels = found.buttons?.[language.code] ?? [];
  const payloads = new Map(
    components.flatMap((one) =>
      one.type === "button" ? [[Number(one.index), one.parameters[0].payload] as const] : [],
    ),
  );
  if ([...payloads.keys()].some((index) => index >= labels.length))
    throw new Refusal(132018, "There is no such button");
  const pressable = labels.map((title, index): Pressable => {
    // Without a payload the label comes back.
    return { id: payloads.get(index) ?? title, title, on: "template" };
  });
  return { text, pressable, template: { name, language: code(language), parameters } };
}

const code = (language: { readonly code: string }): string => language.code;

/** What the webhook is told when something happens to a template. */
export const templateEvent = (name: string, language: string, event: string, more: object = {}): Change => ({
  field: "message_template_status_update",
  value: {
    event,
    message_template_id: 1_689_556_908_129_832,
    message_template_name: name,
    message_template_language: language,
    reason: "NONE",
    ...more,
  },
});
