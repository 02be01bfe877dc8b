import { DOOR } from "../../core/compose.ts";
import type { Message } from "../../core/engine/message.ts";
import { shorten } from "../text.ts";
import { PARAMETER } from "./limits.ts";
import { languagesOf, type TemplateFile } from "./template-file.ts";
import { fitting } from "./template-words.ts";
import type { TemplateFiles } from "./templates.ts";

/** What fills a template: the gaps of its body in their order, and what comes back when a button is pressed. */
export type WhatsAppComponent =
  | {
      readonly type: "body";
      readonly parameters: readonly { readonly type: "text"; readonly text: string }[];
    }
  | {
      readonly type: "button";
      readonly sub_type: "quick_reply";
      /** Which button, counted from 0. */
      readonly index: string;
      readonly parameters: readonly [{ readonly type: "payload"; readonly payload: string }];
    };

/** A message that was approved under a name, and what fills it. */
export interface WhatsAppApproved {
  readonly type: "template";
  readonly template: {
    readonly name: string;
    readonly language: { readonly code: string; readonly policy: "deterministic" };
    readonly components: readonly WhatsAppComponent[];
  };
}

/**
 * What may be sent in a message's place when the person has not written for a day, if anything.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview (5 May 2026)
 */
export function renderTemplate(
  message: Message,
  files: TemplateFiles,
): readonly WhatsAppApproved[] | undefined {
  const { template } = message;
  if (!template) return undefined;
  const { name, language } = template;
  const file = files.get(name);
  const components = [...bodyOf(template, file), ...(file?.buttons ?? []).map(pressing(message))];
  return [
    {
      type: "template",
      template: { name, language: { code: language, policy: "deterministic" }, components },
    },
  ];
}

function bodyOf(
  { language, parameters }: NonNullable<Message["template"]>,
  file: TemplateFile | undefined,
): readonly WhatsAppComponent[] {
  if (parameters.length === 0) return [];
  const spoken = file && languagesOf(file).find((one) => one === language);
  const body = spoken && file.body[spoken];
  const texts = body ? fitting(body, parameters) : parameters.map((text) => shorten(text, PARAMETER));
  return [{ type: "body", parameters: texts.map((text) => ({ type: "text", text })) }];
}

/** A button opens what it names, or the first thing that can be pressed in the message it stands for. */
const pressing =
  ({ choices }: Message) =>
  ({ opens }: TemplateFile["buttons"][number], index: number): WhatsAppComponent => {
    const payload = opens === "first" ? (choices[0]?.data ?? `${DOOR}now`) : DOOR + opens;
    const parameters = [{ type: "payload", payload }] as const;
    return { type: "button", sub_type: "quick_reply", index: String(index), parameters };
  };
