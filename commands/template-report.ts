import { z } from "zod";
import { examplesIn, languagesOf, type TemplateFile } from "../bots/whatsapp/template-file.ts";
import { filled } from "../bots/whatsapp/template-words.ts";
import type { TemplateFiles } from "../bots/whatsapp/templates.ts";
import { templateStates } from "../core/campaigns/templates.ts";
import { table, when } from "./terminal.ts";

/* What is known of WhatsApp's templates, in words for who submits them. */

export const told = z.object({
  languages: z.array(z.string()),
  known: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      state: z.enum(templateStates),
      reason: z.string().optional(),
      category: z.string().optional(),
      at: z.coerce.date(),
    }),
  ),
});
export type Told = z.infer<typeof told>;

const standing = ({ known }: Told, name: string, language: string) =>
  known.find((one) => one.name === name && one.language === language);

/** A row for each template and language that the edition speaks. */
export const listed = (files: TemplateFiles, of: Told): string =>
  table(
    [...files.values()].flatMap((file) =>
      languagesOf(file)
        .filter((language) => of.languages.includes(language))
        .map((language) => {
          const at = standing(of, file.name, language);
          const category = at?.category ?? file.category;
          const about = at ? `${when(at.at)} ${at.reason ?? ""}` : "Meta has told nothing of it";
          return [file.name, language, category, at?.state ?? "unknown", about.trim()];
        }),
    ),
  );

/** A template as a person sees it, with its examples, in each of the given languages. */
export const shown = (file: TemplateFile, languages: ReturnType<typeof languagesOf>): string =>
  languages
    .map((language) => {
      const buttons = file.buttons.map(({ label, opens }) => `[${label[language]}] opens ${opens}`);
      const unconfirmed = file.unconfirmed.includes(language)
        ? ["(translated by a program: have it read before it is submitted)"]
        : [];
      const body = filled(file.body[language] ?? "", examplesIn(file, language));
      const footer = file.footer?.[language];
      return [
        `${file.name}, ${language}, ${file.category}`,
        ...unconfirmed,
        body,
        ...(footer === undefined ? [] : [footer]),
        ...buttons,
      ].join("\n");
    })
    .join("\n\n");

/** What keeps reminders from people whose chat is not open, or makes them dearer; nothing where all is well. */
export const lacking = (files: TemplateFiles, of: Told): readonly string[] =>
  [...files.values()].flatMap((file) => {
    const written: readonly string[] = languagesOf(file);
    return of.languages.flatMap((language): string[] => {
      const head = `${file.name} ${language}:`;
      if (!written.includes(language)) return [`${head} not written in this language`];
      const at = standing(of, file.name, language);
      if (!at) return [`${head} not known to be approved`];
      if (at.state !== "approved") return [`${head} ${[at.state, at.reason].filter(Boolean).join(", ")}`];
      const { category = file.category } = at;
      return category === file.category ? [] : [`${head} Meta has it under ${category}, at another price`];
    });
  });
