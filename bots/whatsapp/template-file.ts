import { parse } from "yaml";
import { z } from "zod";
import {
  mistakesInBody,
  mistakesInLine,
  TEMPLATE_LANGUAGES,
  TEMPLATE_LIMITS,
  type TemplateLanguage,
} from "./template-rules.ts";

/** What a button of a template opens: something by its name, or whatever the message itself offers first. */
const TEMPLATE_DOORS = ["first", "now", "stop", "voted"] as const;

const language = z.enum(TEMPLATE_LANGUAGES);
const inLanguages = z.partialRecord(language, z.string("write a text"));
/** What a gap holds, shown to who reviews the template; one for all languages, or one for each. */
const parameter = z.strictObject({
  name: z.string().regex(/^[a-z_]+$/, "write small letters and underscores"),
  example: z.union([z.string().min(1), inLanguages], "write what would stand there"),
});

const templateFile = z
  .strictObject({
    name: z
      .string()
      .max(TEMPLATE_LIMITS.name)
      .regex(/^[a-z0-9_]+$/, "write small letters, figures and underscores"),
    category: z.enum(["UTILITY", "MARKETING"], "write UTILITY or MARKETING"),
    parameters: z.array(parameter, "write a list: [] where there is no gap"),
    body: inLanguages,
    footer: inLanguages.exactOptional(),
    buttons: z
      .array(
        z.strictObject({
          opens: z.enum(TEMPLATE_DOORS, `write one of ${TEMPLATE_DOORS.join(", ")}`),
          label: inLanguages,
        }),
      )
      .max(TEMPLATE_LIMITS.buttons, `${TEMPLATE_LIMITS.buttons} buttons are the most`),
    /** Languages that a program translated, and that no person has confirmed. */
    unconfirmed: z.array(language).default([]),
  })
  .superRefine((file, context) => {
    for (const [path, message] of mistakesIn(file)) context.addIssue({ code: "custom", path, message });
  });

/** A message that WhatsApp approves beforehand, in the languages that it is written in. */
export type TemplateFile = z.infer<typeof templateFile>;

/** What cannot be used of a file, with where it stands. */
export interface TemplateMistake {
  readonly path: string;
  readonly message: string;
}

/**
 * Reads a template's file; every mistake of it is listed, not just the first.
 *
 * @param called the file's name without its ending, which is the template's too
 */
export function readTemplateFile(
  text: string,
  called: string,
): { readonly file: TemplateFile } | { readonly mistakes: readonly TemplateMistake[] } {
  let content: unknown;
  try {
    content = parse(text);
  } catch {
    return { mistakes: [{ path: "", message: "is not YAML" }] };
  }
  const read = templateFile.safeParse(content, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") return `knows no ${issue.keys.join(", ")}`;
      return issue.code === "invalid_type" && issue.input === undefined ? "is missing" : undefined;
    },
  });
  if (!read.success)
    return { mistakes: read.error.issues.map(({ path, message }) => ({ path: path.join("."), message })) };
  if (read.data.name !== called)
    return { mistakes: [{ path: "name", message: `write ${called}, as the file is called` }] };
  return { file: read.data };
}

/** The languages that a template can be sent in. */
export const languagesOf = ({ body }: TemplateFile): readonly TemplateLanguage[] =>
  TEMPLATE_LANGUAGES.filter((one) => body[one] !== undefined);

/** What stands in a gap for who reviews the template. */
export const examplesIn = ({ parameters }: TemplateFile, spoken: TemplateLanguage): readonly string[] =>
  parameters.map(({ example }) => (typeof example === "string" ? example : (example[spoken] ?? "")));

type Found = readonly [path: (string | number)[], message: string];
type Content = Omit<TemplateFile, "unconfirmed">;

function mistakesIn(file: Content): readonly Found[] {
  const { parameters, body, footer, buttons } = file;
  const spoken = TEMPLATE_LANGUAGES.filter((one) => body[one] !== undefined);
  if (spoken.length === 0) return [[["body"], "write it in one language at least"]];
  const examples = parameters.flatMap(({ example }, at): Found[] =>
    typeof example === "string" ? [] : sameLanguages(["parameters", at, "example"], example, spoken),
  );
  return [
    ...spoken.flatMap((one): Found[] =>
      mistakesInBody(body[one] ?? "", parameters.length).map((message) => [["body", one], message]),
    ),
    ...(footer ? sameLanguages(["footer"], footer, spoken) : []),
    ...lines(["footer"], footer ?? {}, TEMPLATE_LIMITS.footer),
    ...buttons.flatMap(({ label }, at) => [
      ...sameLanguages(["buttons", at, "label"], label, spoken),
      ...lines(["buttons", at, "label"], label, TEMPLATE_LIMITS.button),
    ]),
    ...spoken.flatMap((one): Found[] =>
      new Set(buttons.map(({ label }) => label[one])).size < buttons.length
        ? [[["buttons"], `two buttons have one label in ${one}`]]
        : [],
    ),
    ...examples,
  ];
}

const lines = (
  path: readonly (string | number)[],
  words: z.infer<typeof inLanguages>,
  most: number,
): Found[] =>
  Object.entries(words).flatMap(([one, line]) =>
    mistakesInLine(line, most).map((message): Found => [[...path, one], message]),
  );

/** Whatever a template says it says in all of its languages: Meta reviews each by itself. */
function sameLanguages(
  path: readonly (string | number)[],
  words: z.infer<typeof inLanguages>,
  spoken: readonly TemplateLanguage[],
): Found[] {
  return TEMPLATE_LANGUAGES.flatMap((one): Found[] => {
    if (spoken.includes(one) === (words[one] !== undefined)) return [];
    return [[[...path, one], spoken.includes(one) ? "is missing" : "has no body in this language"]];
  });
}
