import { z } from "zod";
import type { DailyLimits } from "../core/campaigns/daily-limit.ts";
import type { Settings } from "./settings-store.ts";

const KEY = "whatsapp.dailyLimit";
const known = z.object({
  limit: z.union([z.number().int().positive(), z.literal("unlimited")]),
  at: z.iso.datetime(),
});

/** Of two that are told at the same moment either may stay: the platform tells of a change once. */
export function createDailyLimits(settings: Settings): DailyLimits {
  return {
    async note(limit, at) {
      const before = await settings.get(KEY, known);
      if (!before || new Date(before.at) <= at) await settings.set(KEY, { limit, at: at.toISOString() });
    },
    told: async () => (await settings.get(KEY, known))?.limit,
  };
}
