import { z } from "zod";
import { instantOf, momentAt } from "../edition/events.ts";
import type { Edition } from "../edition/schema.ts";
import { id, language } from "../edition/values.ts";
import type { Localised } from "../engine/message.ts";
import { kinds } from "../reminders/kinds.ts";
import { occasions } from "../reminders/occasions.ts";
import type { Repertoire } from "../turn.ts";
import type { Words } from "../words.ts";
import { type CampaignPlan, roles } from "./campaign.ts";
import { campaignOf, messageOf } from "./message.ts";

/* A campaign as the office writes it in a file, and what is wrong with it, by place. */

/** What is wrong, and where: `text.en`, `doors.0.opens`. */
export interface WrittenMistake {
  readonly path: string;
  readonly message: string;
}

/** What channels carry, in UTF-16 code units. */
export interface Carried {
  readonly channel: string;
  readonly textWithChoices: number;
}

export interface WritingRules {
  readonly edition: Edition;
  readonly repertoire: Repertoire;
  readonly words: Words;
  readonly carried: readonly Carried[];
  /** Languages of a platform's template; `undefined` where there is none of that name. */
  readonly templateLanguages: (name: string) => readonly string[] | undefined;
  /** Longest text of a template's gap. */
  readonly parameter: number;
  /** The edition's time. */
  readonly now: Date;
}

/** What says anything where a platform wants a template: its one gap is the text. */
const NEWS_TEMPLATE = "campaign_news";
/** Longest label that no phone cuts. */
const LABEL = 24;

const text = z.string().trim().min(1, "write something");
/** In the language of the edition alone, or by language. */
const texts = z.union([text, z.record(language, text)], { error: "write a text, or one for each language" });
const moment = z
  .string({ error: "write a time as 2026-10-05 09:00" })
  .regex(/^\d{4}-\d\d-\d\d[ T]([01]\d|2[0-3]):[0-5]\d$/, "write a time as 2026-10-05 09:00");

const written = z.strictObject({
  id,
  /** The wishes by which people get it, any of them. */
  wishes: z.array(z.string()).min(1, "name at least one wish").default(["news"]),
  audience: z
    .strictObject({
      comuni: z.array(z.string()).min(1).optional(),
      roles: z
        .array(z.enum(roles, { error: `use ${roles.join(", ")}` }))
        .min(1)
        .optional(),
      state: z.enum(["draft", "notVoted"], { error: "use draft or notVoted" }).optional(),
      languages: z.array(language).min(1).optional(),
      channels: z.array(z.string()).min(1).optional(),
      simple: z.boolean().optional(),
    })
    .default({}),
  text: texts,
  doors: z
    .array(z.strictObject({ opens: z.string(), label: texts }))
    .max(3, "three buttons are the most")
    .default([{ opens: "now", label: "" }]),
  /** `none`: only who has written within the platform's window gets it there. */
  template: z.string().default(NEWS_TEMPLATE),
  /** Clocks of the edition; at once where left out. */
  from: moment.optional(),
  until: moment,
});
type Written = z.infer<typeof written>;

/**
 * Reads what the office wrote; every mistake of it is listed.
 *
 * @param input as YAML or JSON gives it
 */
export function readWritten(
  input: unknown,
  rules: WritingRules,
):
  | { readonly ok: true; readonly id: string; readonly plan: CampaignPlan }
  | { readonly ok: false; readonly mistakes: readonly WrittenMistake[] } {
  const read = written.safeParse(input, {
    error: ({ code, input: given }) =>
      code === "invalid_type" && given === undefined ? "is missing" : undefined,
  });
  if (!read.success) {
    const { issues } = read.error;
    return { ok: false, mistakes: issues.map(({ path, message }) => ({ path: path.join("."), message })) };
  }
  const plan = planOf(read.data, rules);
  const mistakes = [...mistakesIn(read.data, rules), ...lengths(read.data, plan, rules)];
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, id: read.data.id, plan };
}

function planOf(
  { wishes, audience, text: say, doors, template, from, until }: Written,
  { edition, now }: WritingRules,
): CampaignPlan {
  const instant = (clock: string) => instantOf(clock.replace("T", " "), edition.timeZone).toISOString();
  return {
    wishes,
    audience,
    say: { literal: say },
    doors: doors.map(({ opens, label }) => ({
      opens,
      label: label === "" ? { key: "campaign.option.now" } : { literal: label },
    })),
    ...(template !== NONE && { template: { name: template, parameters: [{ literal: say }] } }),
    from: from === undefined ? now.toISOString() : instant(from),
    until: instant(until),
  };
}
const NONE = "none";

function mistakesIn(given: Written, rules: WritingRules): readonly WrittenMistake[] {
  const { edition, repertoire, now, templateLanguages } = rules;
  const found: WrittenMistake[] = [];
  const add = (path: string, message: string) => found.push({ path, message });
  const among = (path: string, names: readonly string[] | undefined, known: readonly string[]) => {
    for (const [at, name] of (names ?? []).entries())
      if (!known.includes(name)) add(`${path}.${at}`, `there is no ${name}: use ${known.join(", ")}`);
  };
  const wishes = [...kinds, ...occasions(edition).map(({ name }) => name)];
  among("wishes", given.wishes, wishes);
  among(
    "audience.comuni",
    given.audience.comuni,
    edition.comuni.map((one) => one.id),
  );
  among("audience.languages", given.audience.languages, rules.words.languages);
  among(
    "audience.channels",
    given.audience.channels,
    rules.carried.map(({ channel }) => channel),
  );

  const spoken = (path: string, said: Localised) => {
    if (typeof said === "string") {
      const [, ...others] = edition.languages;
      if (others.length > 0 && said !== "")
        add(path, `is missing in ${others.join(", ")}: write one for each language`);
      return;
    }
    for (const one of edition.languages) if (said[one] === undefined) add(`${path}.${one}`, "is missing");
    for (const one of Object.keys(said))
      if (!rules.words.languages.includes(one)) add(`${path}.${one}`, "is no language of this assistant");
  };
  spoken("text", given.text);
  for (const [at, { opens, label }] of given.doors.entries()) {
    if (!opensSomething(repertoire, opens)) add(`doors.${at}.opens`, `nothing is opened by ${opens}`);
    if (label === "") continue;
    spoken(`doors.${at}.label`, label);
    for (const [path, one] of inLanguages(`doors.${at}.label`, label))
      if (one.length > LABEL) add(path, `has ${one.length} characters: ${LABEL} are seen everywhere`);
  }

  if (given.template !== NONE) {
    const languages = templateLanguages(given.template);
    if (!languages) add("template", `there is no template ${given.template}: use ${NEWS_TEMPLATE} or none`);
    for (const [path, one] of inLanguages("text", given.text))
      if (one.length > rules.parameter)
        add(path, `has ${one.length} characters: ${rules.parameter} are the most in a WhatsApp template`);
  }
  const from = given.from?.replace("T", " ") ?? momentAt(now, edition.timeZone);
  const until = given.until.replace("T", " ");
  if (given.from !== undefined && from >= until) add("until", "comes before the beginning");
  else if (until <= momentAt(now, edition.timeZone)) add("until", "is over");
  return found;
}

/** How long it is with what is added to it, where it is longest, for the channel that carries least. */
function lengths(
  given: Written,
  plan: CampaignPlan,
  { words, carried }: WritingRules,
): readonly WrittenMistake[] {
  const [least] = carried.toSorted((a, b) => a.textWithChoices - b.textWithChoices);
  if (!least) return [];
  const campaign = campaignOf(plan, words);
  return campaign.languages.flatMap((one) => {
    const { length } = messageOf(campaign, { language: one, simple: false }, words, () => false).text;
    if (length <= least.textWithChoices) return [];
    const path = typeof given.text === "string" ? "text" : `text.${one}`;
    const carries = `${least.channel} carries ${least.textWithChoices}`;
    return [{ path, message: `makes a message of ${length} characters: ${carries}` }];
  });
}

const inLanguages = (path: string, said: Localised): readonly (readonly [string, string])[] =>
  typeof said === "string"
    ? [[path, said]]
    : Object.entries(said).map(([one, words]) => [`${path}.${one}`, words]);

/** A link may carry anything; what is done at once is opened by our own buttons alone. */
function opensSomething({ flows, topics, commands, pressedOnly }: Repertoire, payload: string): boolean {
  const [name = ""] = payload.split("-");
  if (pressedOnly.includes(name)) return false;
  return Object.hasOwn(commands, name) || [...flows, ...topics].some((one) => one.name === name);
}
