import { z } from "zod";
import { language, localised } from "../edition/values.ts";
import type { Text } from "../engine/message.ts";

/* One message to many people: what is said, to whom, by which of their wishes, and until when. */

/** Words of ours by their key, or words of the edition or of the office, as JSON keeps them. */
const text: z.ZodType<Text> = z.lazy(() =>
  z.union([
    z.strictObject({ key: z.string(), params: z.record(z.string(), filling).exactOptional() }),
    z.strictObject({ literal: localised }),
    z.strictObject({ date: z.iso.date() }),
    z.strictObject({ euros: z.number() }),
    z.strictObject({ lines: z.array(text), gap: z.boolean().exactOptional() }),
    z.strictObject({ list: z.array(text) }),
  ]),
);
const filling = z.union([z.string(), z.number(), text]);

/** What somebody is in the process; who is nothing else is a citizen. */
export const roles = ["citizen", "proponent", "co-designer", "city-user", "facilitator"] as const;
export type Role = (typeof roles)[number];

/** All of what is given must hold; what is left out narrows nothing. */
const audience = z.strictObject({
  /** Ids of Comuni, for who said where they live. */
  comuni: z.array(z.string()).min(1).optional(),
  /** Any of them. */
  roles: z.array(z.enum(roles)).min(1).optional(),
  /** Who has a proposal begun and not sent; who is not known to have voted. */
  state: z.enum(["draft", "notVoted"]).optional(),
  /** Languages that people chose. */
  languages: z.array(language).min(1).optional(),
  channels: z.array(z.string()).min(1).optional(),
  /** Those who use the simple profile alone, or those who do not. */
  simple: z.boolean().optional(),
});
export type Audience = z.infer<typeof audience>;

/** An instant of the edition's time. */
const instant = z.iso.datetime({ offset: true });

export const campaignPlan = z
  .strictObject({
    /** The wishes by which people get it, any of them: kinds of reminders, phases' ids, `event-<id>`. */
    wishes: z.array(z.string()).min(1),
    audience: audience.default({}),
    say: text,
    doors: z.array(z.strictObject({ opens: z.string(), label: text })).default([]),
    /** As a platform has approved it, and what fills its gaps in their order; without it only open chats get it. */
    template: z.strictObject({ name: z.string(), parameters: z.array(text) }).optional(),
    /** Nobody gets it earlier. */
    from: instant,
    /** From then on it would come too late. */
    until: instant,
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
    path: ["until"],
    error: "comes before the beginning",
  });
export type CampaignPlan = z.infer<typeof campaignPlan>;

/** A campaign that can be sent. */
export interface Campaign {
  readonly plan: CampaignPlan;
  /** Those that it can be said in whole, the main one first. */
  readonly languages: readonly string[];
}

/** The language in which somebody gets it who chose one. */
export const languageFor = ({ languages }: Pick<Campaign, "languages">, chosen: string): string =>
  languages.includes(chosen) ? chosen : (languages[0] ?? chosen);
