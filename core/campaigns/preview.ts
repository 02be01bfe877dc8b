import type { Campaign } from "./campaign.ts";
import type { Delay, Exclusion, Send, SendingRules, Templates } from "./fate.ts";
import { Allotment, foresee } from "./foresee.ts";
import type { Somebody, TemplatesLeft } from "./ports.ts";

/** A way in which people get it, and how many do. */
export interface PreviewedWay extends Pick<Send, "channel" | "language" | "template" | "simple"> {
  readonly count: number;
}

/** What a campaign would do if it began now, or when it is to. */
export interface Preview {
  /** How many people there are. */
  readonly people: number;
  /** How many get it. */
  readonly gets: number;
  readonly ways: readonly PreviewedWay[];
  /** How many do not, by why. */
  readonly excluded: Readonly<Partial<Record<Exclusion | "unreadable", number>>>;
  /** How many of those who get it wait first, by what for. */
  readonly delayed: Readonly<Partial<Record<Delay, number>>>;
  /** When the first and the last get it, of the edition's time; absent where nobody does. */
  readonly firstAt?: Date;
  readonly lastAt?: Date;
}

export interface PreviewOptions {
  readonly campaign: Campaign;
  readonly rules: SendingRules;
  readonly approved: Templates["approved"];
  readonly templatesLeft: TemplatesLeft;
  readonly dailyLimit: number;
  /** The edition's time at which it begins, or now. */
  readonly from: Date;
}

/** Counts what it would do for everybody, a few hundred at a time; nothing is written or sent. */
export async function previewOf(
  everybody: AsyncIterable<readonly Somebody[]>,
  { campaign, rules, approved, templatesLeft, dailyLimit, from }: PreviewOptions,
): Promise<Preview> {
  const allotment = new Allotment(templatesLeft, dailyLimit);
  const ways = new Map<string, PreviewedWay>();
  const excluded: Partial<Record<Exclusion | "unreadable", number>> = {};
  const delayed: Partial<Record<Delay, number>> = {};
  let people = 0;
  let gets = 0;
  let first: Date | undefined;
  let last: Date | undefined;
  for await (const some of everybody) {
    for (const { candidate } of some) {
      people += 1;
      const fate = candidate
        ? foresee(campaign, candidate, rules, approved, allotment, from)
        : ({ kind: "excluded", because: "unreadable" } as const);
      if (fate.kind === "excluded") {
        excluded[fate.because] = (excluded[fate.because] ?? 0) + 1;
        continue;
      }
      gets += 1;
      const { channel, language, template, simple, because, at } = fate;
      const way = { channel, language, template, simple };
      const key = JSON.stringify(way);
      ways.set(key, { ...way, count: (ways.get(key)?.count ?? 0) + 1 });
      if (because) delayed[because] = (delayed[because] ?? 0) + 1;
      if (!first || at < first) first = at;
      if (!last || at > last) last = at;
    }
  }
  return {
    ...{ people, gets, excluded, delayed },
    ways: [...ways.values()].sort((a, b) => b.count - a.count),
    ...(first && last && { firstAt: first, lastAt: last }),
  };
}
