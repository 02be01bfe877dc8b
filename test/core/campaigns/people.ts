import fc from "fast-check";
import type { Campaign, CampaignPlan } from "../../../core/campaigns/campaign.ts";
import type { Candidate, SendingRules, Templates } from "../../../core/campaigns/fate.ts";
import { dayParts } from "../../../core/reminders/wishes.ts";

/* People, campaigns and rules to try fates with: one that is sent, and drawn ones. */

const ZONE = "Europe/Rome";
/** A Tuesday, at 10:00 in Rome. */
export const NOW = new Date("2026-09-08T08:00:00Z");
export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;

export const rules: SendingRules = {
  timeZone: ZONE,
  hours: { from: "09:00", to: "20:00" },
  quiet: { weekdays: ["sun"], holidays: true, days: [] },
  weeklyMost: 2,
  weeklyMostSimple: 1,
  windows: { whatsapp: DAY },
};

export const plan: CampaignPlan = {
  wishes: ["vote", "phase_opens"],
  audience: {},
  say: { key: "campaign.lead.phase_opens" },
  doors: [],
  template: { name: "phase_begins", parameters: [] },
  from: "2026-09-01T00:00:00Z",
  until: "2026-12-01T00:00:00Z",
};
export const campaign: Campaign = { plan, languages: ["it", "en", "ro"] };

export const everyTemplate: Templates = { approved: () => true, left: 1, freesAt: NOW };

/** Somebody who wrote on Telegram, and wants to be told when phases open. */
export const rosa: Candidate = {
  wishes: [{ of: "phase_opens", once: false, channel: "telegram", unreachable: false }],
  language: "it",
  simple: false,
  hours: "any",
  comune: "vigolzone",
  roles: [],
  draft: false,
  voted: false,
  got: [],
  hasThis: false,
};

const moment = (from: string, to: string) =>
  fc.integer({ min: Date.parse(from), max: Date.parse(to) }).map((ms) => new Date(ms));

const noon = fc.integer({ min: 0, max: 364 }).map((days) => new Date(NOON + days * DAY));
const NOON = Date.parse("2026-09-01T11:00:00Z");

/** Within a year that has both changes of the clock, Easter and all holidays: at noon, or at any moment. */
export const clock = fc.oneof(noon, moment("2026-09-01T00:00:00Z", "2027-09-01T00:00:00Z"));

/** One in so many. */
const rarely = (many: number) => fc.integer({ min: 1, max: many }).map((one) => one === many);

const wishAt = (now: Date) =>
  fc.record({
    of: fc.constantFrom("vote", "phase_opens", "phase_opens", "news"),
    once: rarely(4),
    channel: fc.constantFrom("telegram", "whatsapp", "whatsapp"),
    unreachable: rarely(8),
    heardAt: fc.integer({ min: 0, max: 5 * DAY }).map((ago) => new Date(now.getTime() - ago)),
  });

/** @param now messages were got shortly before it, as a rule */
export const candidateAt = (now: Date): fc.Arbitrary<Candidate> =>
  fc.record({
    wishes: fc.uniqueArray(wishAt(now), { selector: ({ of }) => of, maxLength: 3 }),
    language: fc.constantFrom("it", "en", "ar"),
    simple: fc.boolean(),
    hours: fc.constantFrom(...dayParts),
    comune: fc.constantFrom("vigolzone", "podenzano"),
    roles: fc.subarray(["proponent", "city-user"] as const),
    draft: fc.boolean(),
    voted: fc.boolean(),
    got: fc.array(
      fc.integer({ min: 0, max: 9 * DAY }).map((ago) => new Date(now.getTime() - ago)),
      { maxLength: 3 },
    ),
    hasThis: rarely(10),
  });

export const anyRules: fc.Arbitrary<SendingRules> = fc.record({
  timeZone: fc.constant(ZONE),
  hours: fc.record({
    from: fc.constantFrom("07:00", "09:00", "12:30"),
    to: fc.constantFrom("14:00", "18:00", "20:00", "22:00"),
  }),
  quiet: fc.record({
    weekdays: fc.subarray(["mon", "thu", "sat", "sun"] as const),
    holidays: fc.boolean(),
    days: fc.constantFrom([], ["11-13"], ["2026-12-24"]),
  }),
  weeklyMost: fc.constantFrom(1, 2, 7),
  weeklyMostSimple: fc.constant(1),
  windows: fc.constant({ whatsapp: DAY }),
});

export const campaignAt = (now: Date): fc.Arbitrary<Campaign> =>
  fc
    .record({
      audience: fc.constantFrom<CampaignPlan["audience"]>(
        {},
        {},
        {},
        { comuni: ["vigolzone"] },
        { state: "draft" },
        { state: "notVoted" },
        { channels: ["telegram"] },
        { simple: true },
      ),
      from: fc.integer({ min: -20 * DAY, max: 3 * DAY }),
      lasts: fc.integer({ min: HOUR, max: 30 * DAY }),
      hasTemplate: fc.boolean(),
    })
    .map(({ audience, from, lasts, hasTemplate }) => {
      const { template, ...rest } = plan;
      const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
      return {
        ...campaign,
        plan: {
          ...rest,
          audience,
          from: at(from),
          until: at(from + lasts),
          ...(hasTemplate && { template }),
        },
      };
    });
