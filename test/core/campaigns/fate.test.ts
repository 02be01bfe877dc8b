import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Campaign, CampaignPlan } from "../../../core/campaigns/campaign.ts";
import {
  type Candidate,
  fateOf,
  type SendingRules,
  type Templates,
  type Wish,
} from "../../../core/campaigns/fate.ts";
import {
  anyRules,
  campaign,
  campaignAt,
  candidateAt,
  clock,
  DAY,
  everyTemplate,
  HOUR,
  NOW,
  plan,
  rosa,
  rules,
} from "./people.ts";

interface Case {
  readonly plan?: Partial<CampaignPlan>;
  readonly who?: Partial<Candidate>;
  readonly rules?: Partial<SendingRules>;
  readonly templates?: Partial<Templates>;
  readonly now?: Date;
}
const fate = ({ now = NOW, ...changed }: Case) =>
  fateOf(
    { ...campaign, plan: { ...plan, ...changed.plan } },
    { ...rosa, ...changed.who },
    { ...rules, ...changed.rules },
    { ...everyTemplate, ...changed.templates },
    now,
  );

const wish = (about: Partial<Wish>): Wish => ({
  of: "phase_opens",
  once: false,
  channel: "telegram",
  unreachable: false,
  ...about,
});
const onWhatsapp = (heardAt?: Date): Partial<Candidate> => ({
  wishes: [wish({ channel: "whatsapp", ...(heardAt && { heardAt }) })],
});
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const noTemplates: Partial<Templates> = { approved: () => false };

describe("A campaign is sent", () => {
  test("in the chat of the wish, in the person's language", () => {
    const who = { wishes: [wish({ channel: "whatsapp", heardAt: ago(HOUR) })], language: "ro", simple: true };
    expect(fate({ who })).toEqual({
      ...{ kind: "send", channel: "whatsapp", wish: "phase_opens" },
      ...{ language: "ro", template: false, simple: true },
    });
  });

  test("in the first language, where it has no words in theirs", () => {
    expect(fate({ who: { language: "sq" } })).toMatchObject({ kind: "send", language: "it" });
  });

  test.each<[string, Candidate["wishes"], string]>([
    [
      "on the channel that is reachable",
      [wish({ unreachable: true }), wish({ of: "vote", channel: "whatsapp", heardAt: NOW })],
      "vote",
    ],
    ["by what was asked for by name", [wish({}), wish({ of: "vote", once: true })], "vote"],
  ])("%s, where there are several wishes", (_, wishes, expected) => {
    expect(fate({ who: { wishes } })).toMatchObject({ kind: "send", wish: expected });
  });

  test("as a template once the platform's window is over, in a language in which there is one", () => {
    const approved = (_: string, language: string) => language !== "ro";
    const closed = { ...onWhatsapp(ago(DAY)), language: "ro" };
    expect(fate({ who: closed, templates: { approved } })).toMatchObject({ template: true, language: "it" });
    expect(fate({ who: { ...closed, language: "en" }, templates: { approved } })).toMatchObject({
      language: "en",
    });
    expect(fate({ who: onWhatsapp(ago(DAY - 1)), templates: noTemplates })).toMatchObject({
      template: false,
    });
  });
});

describe("A campaign is not sent", () => {
  const { comune: _, ...homeless } = rosa;
  const audience = (of: CampaignPlan["audience"], who: Partial<Candidate> = {}): Case => ({
    plan: { audience: of },
    who,
  });

  test.each<[string, Case, string]>([
    ["to who lives elsewhere", audience({ comuni: ["podenzano"] }), "not_in_audience"],
    ["in a language that is not meant", audience({ languages: ["en"] }), "not_in_audience"],
    ["to a citizen, where proponents are meant", audience({ roles: ["proponent"] }), "not_in_audience"],
    [
      "to a proponent, where citizens are meant",
      audience({ roles: ["citizen"] }, { roles: ["proponent"] }),
      "not_in_audience",
    ],
    [
      "to who is spoken to simply, where the others are meant",
      audience({ simple: false }, { simple: true }),
      "not_in_audience",
    ],
    ["on another channel than the wish's", audience({ channels: ["whatsapp"] }), "not_in_audience"],
    ["twice", { who: { hasThis: true } }, "has_it"],
    ["to who has nothing to finish", audience({ state: "draft" }), "already_done"],
    ["to who is known to have voted", audience({ state: "notVoted" }, { voted: true }), "already_done"],
    ["to who wished for something else", { who: { wishes: [wish({ of: "news" })] } }, "no_wish"],
    [
      "to who wants nothing, whatever the channel",
      { ...audience({ channels: ["whatsapp"] }), who: { wishes: [] } },
      "no_wish",
    ],
    ["where nothing arrives", { who: { wishes: [wish({ unreachable: true })] } }, "unreachable"],
    [
      "outside the window without an approved template",
      { who: onWhatsapp(ago(DAY)), templates: noTemplates },
      "no_template",
    ],
    ["to who never wrote there, without one", { who: onWhatsapp(), templates: noTemplates }, "no_template"],
    ["once it is over", { now: new Date(plan.until) }, "too_late"],
    [
      "where it would be over by the next morning",
      { plan: { until: "2026-09-09T07:00:00Z" }, now: new Date("2026-09-08T20:00:00Z") },
      "too_late",
    ],
    [
      "on days that never come",
      {
        rules: {
          quiet: { weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], holidays: true, days: [] },
        },
      },
      "too_late",
    ],
  ])("%s", (_, one, because) => {
    expect(fate(one)).toEqual({ kind: "excluded", because });
  });

  test("to who did not say where they live, where a Comune is meant", () => {
    const meant = { ...campaign, plan: { ...plan, audience: { comuni: ["vigolzone"] } } };
    expect(fateOf(meant, rosa, rules, everyTemplate, NOW)).toMatchObject({ kind: "send" });
    expect(fateOf(meant, homeless, rules, everyTemplate, NOW)).toMatchObject({ because: "not_in_audience" });
  });

  test("without a template at all, outside the window", () => {
    const { template: _, ...plain } = plan;
    const who = { ...rosa, ...onWhatsapp(ago(DAY)) };
    expect(fateOf({ ...campaign, plan: plain }, who, rules, everyTemplate, NOW)).toMatchObject({
      because: "no_template",
    });
  });
});

describe("A campaign waits", () => {
  test.each<[string, Case, string, string]>([
    ["for its beginning", { plan: { from: "2026-09-10T10:00:00Z" } }, "early", "2026-09-10T10:00:00Z"],
    [
      "for the morning after its beginning",
      { plan: { from: "2026-09-09T22:00:00Z" } },
      "early",
      "2026-09-10T07:00:00Z",
    ],
    ["at night", { now: new Date("2026-09-08T18:00:00Z") }, "quiet", "2026-09-09T07:00:00Z"],
    ["on a Sunday", { now: new Date("2026-09-13T10:00:00Z") }, "quiet", "2026-09-14T07:00:00Z"],
    ["for somebody's own hours", { who: { hours: "evening" } }, "quiet", "2026-09-08T16:00:00Z"],
    [
      "for tomorrow's, once today's are over",
      { who: { hours: "morning" }, now: new Date("2026-09-08T11:00:00Z") },
      "quiet",
      "2026-09-09T07:00:00Z",
    ],
    [
      "after two in a week",
      { who: { got: [ago(6 * DAY), ago(DAY), ago(8 * DAY)] } },
      "weekly",
      "2026-09-09T08:00:00Z",
    ],
    [
      "after one, for who is spoken to simply",
      { who: { got: [ago(DAY)], simple: true } },
      "weekly",
      "2026-09-14T08:00:00Z",
    ],
    [
      "for a place in the platform's limit",
      { who: onWhatsapp(), templates: { left: 0, freesAt: ago(-2 * HOUR) } },
      "limit",
      "2026-09-08T10:00:00Z",
    ],
    // The longest of what is waited for, moved out of the night.
    [
      "for the longest of all",
      {
        who: { ...onWhatsapp(), got: [ago(6 * DAY), ago(5 * DAY)] },
        templates: { left: 0, freesAt: ago(-13 * HOUR) },
      },
      "weekly",
      "2026-09-09T08:00:00Z",
    ],
  ])("%s", (_, one, because, until) => {
    expect(fate(one)).toEqual({ kind: "wait", because, until: new Date(until) });
  });

  test("for no week, where it was asked for by name", () => {
    const full = { got: [ago(DAY), ago(HOUR)], wishes: [wish({ of: "vote", once: true })] };
    expect(fate({ who: full })).toMatchObject({ kind: "send" });
  });

  test("for no limit of templates, where none is needed", () => {
    expect(fate({ templates: { left: 0, freesAt: ago(-HOUR) } })).toMatchObject({ kind: "send" });
  });
});

describe("Whoever it is, and whenever,", () => {
  type Drawn = readonly [now: Date, campaign: Campaign, who: Candidate, by: SendingRules];
  const drawn: fc.Arbitrary<Drawn> = clock.chain((now) =>
    fc.tuple(fc.constant(now), campaignAt(now), candidateAt(now), anyRules),
  );
  const always = (holds: (...drawn: Drawn) => void) =>
    fc.assert(
      fc.property(drawn, (one) => holds(...one)),
      { numRuns: 500 },
    );
  const fateAt = (now: Date, one: Campaign, who: Candidate, by: SendingRules) =>
    fateOf(one, who, by, { ...everyTemplate, freesAt: now }, now);

  /** As an almanac has them, with Easter. */
  const holidays =
    "2026-10-04 2026-11-01 2026-12-08 2026-12-25 2026-12-26 2027-01-01 2027-01-06 2027-03-28 2027-03-29 2027-04-25 2027-05-01 2027-06-02 2027-08-15";

  test("nothing is sent in quiet time, too often, too early or too late", () => {
    const sent = new Set<string>();
    always((drawn, one, who, by) => {
      const first = fateAt(drawn, one, who, by);
      const now = first.kind === "wait" ? first.until : drawn;
      const fate = fateAt(now, one, who, by);
      if (fate.kind !== "send") return;
      const [day = "", time = ""] = now.toLocaleString("sv", { timeZone: by.timeZone }).split(" ");
      const weekday = now.toLocaleString("en", { timeZone: by.timeZone, weekday: "short" }).toLowerCase();
      sent.add(day);
      expect(by.hours.from <= time && time < by.hours.to).toBe(true);
      expect(by.quiet.weekdays).not.toContain(weekday);
      expect(by.quiet.holidays && holidays.includes(day)).toBe(false);
      const week = who.got.filter((at) => now.getTime() - at.getTime() < 7 * DAY);
      const named = who.wishes.some(({ of, once }) => of === fate.wish && once);
      expect(named || week.length < (who.simple ? by.weeklyMostSimple : by.weeklyMost)).toBe(true);
      expect(new Date(one.plan.from) <= now && now < new Date(one.plan.until)).toBe(true);
    });
    expect(sent.size).toBeGreaterThan(50);
  });

  test("a wait ends in the very next moment that is allowed, before the campaign does", () => {
    const waited = new Set<string>();
    always((now, one, who, by) => {
      const fate = fateAt(now, one, who, by);
      if (fate.kind !== "wait") return;
      waited.add(fate.because);
      expect(fate.until > now && fate.until < new Date(one.plan.until)).toBe(true);
      expect(fateAt(fate.until, one, who, by).kind).not.toBe("wait");
      const almost = fateAt(new Date(Math.max(now.getTime(), fate.until.getTime() - 60_000)), one, who, by);
      // The platform's window may close meanwhile; else the same moment is waited for, until it comes.
      if (almost.kind === "wait") expect(almost.until).toEqual(fate.until);
      else expect(almost).toEqual({ kind: "excluded", because: "no_template" });
    });
    expect([...waited].toSorted()).toEqual(["early", "quiet", "weekly"]);
  });
});
