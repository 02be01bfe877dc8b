import { shorten } from "../text.ts";
import { examplesIn, languagesOf, type TemplateFile } from "./template-file.ts";
import { TEMPLATE_LIMITS, type TemplateLanguage } from "./template-rules.ts";

/** A template's body with its gaps filled, as a person sees it. */
export const filled = (body: string, parameters: readonly string[]): string =>
  body.replace(/\{\{(\d+)\}\}/g, (_, number) => parameters[Number(number) - 1] ?? "");

/**
 * What fills the gaps, on one line each, the longest shortened first until the whole body is no longer than
 * Meta carries.
 */
export function fitting(body: string, parameters: readonly string[]): readonly string[] {
  const room = TEMPLATE_LIMITS.body - filled(body, []).length;
  let longest: number = TEMPLATE_LIMITS.body;
  const within = () => parameters.map((text) => shorten(text, longest));
  while (longest > 1 && within().join("").length > room) longest -= 1;
  return within();
}

/**
 * What Meta takes to review a template in one language.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview (5 May 2026)
 */
export interface TemplateSubmission {
  readonly name: string;
  readonly category: TemplateFile["category"];
  readonly language: string;
  readonly parameter_format: "POSITIONAL";
  readonly components: readonly object[];
}

/** The body of `POST /<WhatsApp Business account>/message_templates`, for each language of a template. */
export const submissionsOf = (file: TemplateFile): readonly TemplateSubmission[] =>
  languagesOf(file).map((language) => ({
    name: file.name,
    category: file.category,
    language,
    parameter_format: "POSITIONAL",
    components: componentsIn(file, language),
  }));

function componentsIn(file: TemplateFile, language: TemplateLanguage): readonly object[] {
  const examples = examplesIn(file, language);
  const footer = file.footer?.[language];
  const buttons = file.buttons.map(({ label }) => ({ type: "QUICK_REPLY", text: label[language] }));
  return [
    {
      type: "BODY",
      text: file.body[language],
      ...(examples.length > 0 && { example: { body_text: [examples] } }),
    },
    ...(footer === undefined ? [] : [{ type: "FOOTER", text: footer }]),
    ...(buttons.length > 0 ? [{ type: "BUTTONS", buttons }] : []),
  ];
}
