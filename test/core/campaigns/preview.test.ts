import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Campaign } from "../../../core/campaigns/campaign.ts";
import {
  type Candidate,
  delays,
  type Excluded,
  exclusions,
  fateOf,
  type Send,
  type SendingRules,
} from "../../../core/campaigns/fate.ts";
import type { TemplatesLeft } from "../../../core/campaigns/ports.ts";
import { type Preview, type PreviewOptions, previewOf } from "../../../core/campaigns/preview.ts";
import {
  anyRules,
  campaign,
  campaignAt,
  candidateAt,
  clock,
  DAY,
  HOUR,
  NOW,
  plan,
  rosa,
  rules,
} from "./people.ts";

const NONE_LEFT_UNTIL = { left: 0, freesAt: NOW };
const approved = (_: string, language: string) => language !== "ar";

interface Shown {
  readonly people: readonly (Candidate | undefined)[];
  readonly campaign?: Campaign;
  readonly rules?: SendingRules;
  readonly dailyLimit?: number;
  readonly templatesLeft?: TemplatesLeft;
  readonly price?: PreviewOptions["price"];
  readonly from?: Date;
}
function preview({ people, dailyLimit = Number.POSITIVE_INFINITY, ...shown }: Shown): Promise<Preview> {
  async function* everybody() {
    yield people.map((candidate, at) => ({ contactId: String(at), candidate }));
  }
  return previewOf(everybody(), {
    ...{
      campaign,
      rules,
      approved,
      dailyLimit,
      from: NOW,
      price: undefined,
      breathe: () => Promise.resolve(),
    },
    ...{ templatesLeft: { left: dailyLimit, freesAt: NOW }, ...shown },
  });
}

const many = (count: number, who: Partial<Candidate>) =>
  Array.from({ length: count }, () => ({ ...rosa, ...who }));
const silent: Partial<Candidate> = {
  wishes: [{ of: "phase_opens", once: false, channel: "whatsapp", unreachable: false }],
};
const talking: Partial<Candidate> = {
  wishes: [{ of: "phase_opens", once: false, channel: "whatsapp", unreachable: false, heardAt: NOW }],
};

describe("A preview counts", () => {
  test("who gets it, by channel, language and template", async () => {
    const people = [...many(3, {}), ...many(2, { language: "ro" }), ...many(4, silent), ...many(1, talking)];
    const seen = await preview({ people });
    expect(seen).toMatchObject({
      people: 10,
      gets: 10,
      excluded: {},
      delayed: {},
      templates: 4,
      templateDays: 1,
    });
    expect(seen.ways).toEqual([
      { channel: "whatsapp", language: "it", template: true, simple: false, count: 4 },
      { channel: "telegram", language: "it", template: false, simple: false, count: 3 },
      { channel: "telegram", language: "ro", template: false, simple: false, count: 2 },
      { channel: "whatsapp", language: "it", template: false, simple: false, count: 1 },
    ]);
  });

  test("who does not, and why", async () => {
    const people = [...many(2, { wishes: [] }), ...many(1, { hasThis: true }), ...many(3, {}), undefined];
    const excluded = { unreadable: 1, has_it: 1, no_wish: 2 };
    expect(await preview({ people })).toMatchObject({ people: 7, gets: 3, excluded });
  });

  test("who gets it later, and when the last one does", async () => {
    const week = { simple: true, got: [new Date(NOW.getTime() - DAY)] };
    const people = [...many(2, {}), ...many(2, { hours: "evening" }), ...many(1, week)];
    expect(await preview({ people })).toMatchObject({
      ...{ delayed: { quiet: 2, weekly: 1 }, firstAt: NOW },
      lastAt: new Date("2026-09-14T08:00:00Z"),
    });
  });

  test("nothing, where there is nobody", async () => {
    const nothing = {
      people: 0,
      gets: 0,
      ways: [],
      excluded: {},
      delayed: {},
      templates: 0,
      templateDays: 0,
    };
    expect(await preview({ people: [] })).toEqual(nothing);
  });

  test("what the platform bills, if the edition says what a message costs", async () => {
    const people = [...many(3, silent), ...many(2, talking), ...many(9, {})];
    const sources = ["listino"];
    const euros = async (price: PreviewOptions["price"]) => (await preview({ people, price })).euros;
    expect(await euros(undefined)).toBeUndefined();
    expect(await euros({ perTemplate: 0.0572, sources })).toBe(0.17);
    expect(await euros({ perTemplate: 0.05, perMessage: 0.04, sources })).toBe(0.23);
  });
});

describe("The platform's limit of people a day", () => {
  const people = many(100, silent);

  test("spreads templates over days, and passes over quiet ones", async () => {
    const end = (iso: string) => new Date(`${iso}T08:00:00Z`);
    const plain = await preview({ people, dailyLimit: 25 });
    expect(plain).toMatchObject({
      gets: 100,
      templateDays: 4,
      lastAt: end("2026-09-11"),
      delayed: { limit: 75 },
    });
    const closed = { ...rules, quiet: { ...rules.quiet, days: ["2026-09-09", "2026-09-10"] } };
    const holiday = await preview({ people, rules: closed, dailyLimit: 25 });
    expect(holiday).toMatchObject({ gets: 100, templateDays: 4, lastAt: new Date("2026-09-14T07:00:00Z") });
  });

  test("has less room where others have used it", async () => {
    const templatesLeft = { left: 10, freesAt: new Date(NOW.getTime() + HOUR) };
    const seen = await preview({ people: people.slice(0, 20), dailyLimit: 25, templatesLeft });
    expect(seen).toMatchObject({ gets: 20, templateDays: 1, lastAt: templatesLeft.freesAt });
  });

  test("leaves out who would get it too late, and takes no place for them", async () => {
    const short = { ...campaign, plan: { ...plan, until: "2026-09-10T08:00:00Z" } };
    const seen = await preview({ people, campaign: short, dailyLimit: 25 });
    expect(seen).toMatchObject({ gets: 50, excluded: { too_late: 50 } });
  });

  test("holds up nobody who needs no template", async () => {
    const seen = await preview({ people: many(9, {}), dailyLimit: 25, templatesLeft: NONE_LEFT_UNTIL });
    expect(seen).toMatchObject({ gets: 9, delayed: {} });
  });
});

/** Sends as a process would that looks at whoever may be due, whenever something may have changed. */
function outcomeOf({
  people,
  campaign,
  rules,
  dailyLimit,
  from,
}: Required<Pick<Shown, "campaign" | "rules" | "dailyLimit" | "from">> & {
  readonly people: readonly Candidate[];
}) {
  const waiting = new Map(people.map((who) => [who, from]));
  const ended: (Send | Excluded)[] = [];
  const used: Date[] = [];
  for (
    let now = from;
    waiting.size > 0;
    now = [...waiting.values()].reduce((one, due) => (due < one ? due : one), LATEST)
  ) {
    for (const [who, due] of waiting) {
      if (due > now) continue;
      const taken = used.filter((at) => now.getTime() - at.getTime() < DAY);
      const freesAt = new Date((taken[0] ?? now).getTime() + DAY);
      const templates = { approved, left: dailyLimit - taken.length, freesAt };
      const fate = fateOf(campaign, who, rules, templates, now);
      if (fate.kind === "wait") {
        waiting.set(who, fate.until);
        continue;
      }
      waiting.delete(who);
      ended.push(fate);
      if (fate.kind === "send" && fate.template) used.push(now);
    }
  }
  return ended;
}
const LATEST = new Date(8.64e15);

describe("What is previewed is what comes about,", () => {
  const drawn = clock.chain((from) =>
    fc.record({
      ...{ from: fc.constant(from), campaign: campaignAt(from), rules: anyRules },
      ...{
        people: fc.array(candidateAt(from), { maxLength: 20 }),
        dailyLimit: fc.constant(Number.POSITIVE_INFINITY),
      },
    }),
  );
  const countOf = (came: readonly (Send | Excluded)[], wanted: object) =>
    came.filter((fate) => JSON.stringify({ ...fate, ...wanted }) === JSON.stringify(fate)).length;

  test("for every reason, and in every way", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(drawn, async (shown) => {
        const { people, ways, excluded, delayed } = await preview(shown);
        const came = outcomeOf(shown);
        expect(people).toBe(came.length);
        for (const { count, ...way } of ways) expect(count).toBe(countOf(came, { kind: "send", ...way }));
        for (const [because, count] of Object.entries(excluded))
          expect(count).toBe(countOf(came, { because }));
        for (const reason of Object.keys({ ...excluded, ...delayed })) seen.add(reason);
      }),
      { numRuns: 200 },
    );
    const all = [...exclusions, ...delays].filter((reason) => reason !== "unreadable" && reason !== "limit");
    expect([...seen].toSorted()).toEqual(all.toSorted());
  });

  // Who gets a place depends on who is asked first, where people have hours of their own; their number does not.
  test("whatever the platform's limit is", async () => {
    const templated = (days: number, from: Date) => {
      const until = new Date(from.getTime() + days * DAY).toISOString();
      return { ...campaign, plan: { ...plan, from: from.toISOString(), until } };
    };
    const limits = clock.chain((from) =>
      fc.record({
        ...{ from: fc.constant(from), rules: anyRules, dailyLimit: fc.constantFrom(1, 2) },
        campaign: fc.integer({ min: 1, max: 9 }).map((days) => templated(days, from)),
        people: fc.array(
          candidateAt(from).map((who) => ({ ...who, ...silent, hours: "any" }) as const),
          { minLength: 3, maxLength: 9 },
        ),
      }),
    );
    let limited = 0;
    await fc.assert(
      fc.asyncProperty(limits, async (shown) => {
        const { gets, excluded, delayed } = await preview(shown);
        const came = outcomeOf(shown);
        expect(gets).toBe(countOf(came, { kind: "send" }));
        for (const [because, count] of Object.entries(excluded))
          expect(count).toBe(countOf(came, { because }));
        limited += delayed.limit ?? 0;
      }),
      { numRuns: 100 },
    );
    expect(limited).toBeGreaterThan(20);
  });
});
