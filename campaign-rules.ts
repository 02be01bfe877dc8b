import { WINDOW_MS } from "./bots/whatsapp/limits.ts";
import type { DailyLimits } from "./core/campaigns/daily-limit.ts";
import type { SendingRules } from "./core/campaigns/fate.ts";
import type { Edition } from "./core/edition/schema.ts";

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
