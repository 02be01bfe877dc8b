import type { House } from "../assistant.ts";
import { telegramLimits } from "../bots/telegram/limits.ts";
import { PARAMETER, WINDOW_MS, whatsappLimits } from "../bots/whatsapp/limits.ts";
import { languagesOf, type TemplateFile } from "../bots/whatsapp/template-file.ts";
import { filled, fitting } from "../bots/whatsapp/template-words.ts";
import { ownTemplates } from "../bots/whatsapp/templates.ts";
import type { DailyLimits } from "../core/campaigns/daily-limit.ts";
import type { CampaignDesk } from "../core/campaigns/desk.ts";
import type { SendingRules } from "../core/campaigns/fate.ts";
import type { Edition } from "../core/edition/schema.ts";
import { repertoireOf } from "../core/repertoire.ts";

/** What an edition, and the platforms it is on, ask of whoever writes first. */
export const sendingRulesOf = ({ reminders, timeZone }: Edition): SendingRules => ({
  ...{ timeZone, hours: reminders.hours, quiet: reminders.quiet },
  ...{ weeklyMost: reminders.weeklyMost, weeklyMostSimple: reminders.weeklyMostSimple },
  windows: { whatsapp: WINDOW_MS },
});

/** How many people may get a template within 24 hours: as the platform told last, or as the edition says. */
export async function dailyLimitOf({ reminders }: Edition, limits: DailyLimits): Promise<number> {
  const limit = (await limits.told()) ?? reminders.whatsapp.dailyLimit;
  return limit === "unlimited" ? Number.POSITIVE_INFINITY : limit;
}

/** The browser phones of a demonstration carry what those do that they look like. */
const SIMULATED = [
  { channel: "phone-telegram", textWithChoices: telegramLimits.textWithChoices },
  { channel: "phone-whatsapp", textWithChoices: whatsappLimits.textWithChoices },
];

/** What the office needs to write to many, over the open house. */
export function campaignDeskOf({ stores, edition, clock }: House): CampaignDesk {
  const files = ownTemplates();
  return {
    campaigns: stores.campaigns,
    rules: sendingRulesOf(edition),
    templates: stores.templates,
    dailyLimit: () => dailyLimitOf(edition, stores.dailyLimits),
    repertoire: repertoireOf(edition),
    carried: [
      { channel: "telegram", textWithChoices: telegramLimits.textWithChoices },
      { channel: "whatsapp", textWithChoices: whatsappLimits.textWithChoices },
      ...(edition.demo ? SIMULATED : []),
    ],
    parameter: PARAMETER,
    templateCategory: (name) => files.get(name)?.category,
    templateLanguages(name) {
      const file = files.get(name);
      return file && languagesOf(file);
    },
    drawTemplate(name, language, parameters) {
      const file = files.get(name);
      return file && drawTemplate(file, language, parameters);
    },
    now: clock.now,
  };
}

/** As a person sees it, its footer below and its buttons beside. */
function drawTemplate(file: TemplateFile, asked: string, parameters: readonly string[]) {
  const language = languagesOf(file).find((one) => one === asked);
  const body = language && file.body[language];
  if (language === undefined || body === undefined) return undefined;
  const footer = file.footer?.[language];
  return {
    text: [filled(body, fitting(body, parameters)), ...(footer === undefined ? [] : [footer])].join("\n\n"),
    buttons: file.buttons.map(({ label }) => label[language] ?? ""),
  };
}
