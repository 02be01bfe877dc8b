import { type Day, today } from "../edition/calendar.ts";
import type { ReminderRules } from "../edition/reminders.ts";
import type { Campaign } from "./campaign.ts";
import type { Candidate, Delay, Exclusion, Send, SendingRules, Templates } from "./fate.ts";
import { type Foreseen, foresee } from "./foresee.ts";
import { createLine } from "./line.ts";
import { placesIn } from "./places.ts";
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
  /** Those of most people first. */
  readonly ways: readonly PreviewedWay[];
  /** How many do not, by the first reason that holds. */
  readonly excluded: Readonly<Partial<Record<Exclusion, number>>>;
  /** How many of those who get it wait before, by what they wait for first. */
  readonly delayed: Readonly<Partial<Record<Delay, number>>>;
  /** When the first and the last get it, of the edition's time; absent where nobody does. */
  readonly firstAt?: Date;
  readonly lastAt?: Date;
  /** How many go out by an approved template, and over how many days the platform's limit spreads them. */
  readonly templates: number;
  readonly templateDays: number;
  /** What the platform bills, in euros to the cent; absent where the edition gives no price. */
  readonly euros?: number;
}

export interface PreviewOptions {
  readonly campaign: Campaign;
  readonly rules: SendingRules;
  readonly approved: Templates["approved"];
  readonly templatesLeft: TemplatesLeft;
  /** Infinite where there is none. */
  readonly dailyLimit: number;
  readonly price: ReminderRules["whatsapp"]["price"];
  /** The edition's time at which it begins, or now. */
  readonly from: Date;
  /** Lets others work in between: with thousands who wait for places it takes a second or two. */
  readonly breathe?: () => Promise<unknown>;
}

/** How many people are dealt with in one breath: some hundredths of a second. */
const BREATH = 500;

/** Somebody who gets it by a template, as soon as the platform has a place. */
interface Limited {
  readonly candidate: Candidate;
  readonly foreseen: Foreseen;
}

/** Counts what it would do for everybody, a few hundred at a time; nothing is written or sent. */
export async function previewOf(
  everybody: AsyncIterable<readonly Somebody[]>,
  options: PreviewOptions,
): Promise<Preview> {
  const { campaign, rules, approved, from } = options;
  const tally = createTally(options);
  const limited: Limited[] = [];
  for await (const some of everybody) {
    for (const { candidate } of some) {
      if (!candidate) {
        tally.exclude("unreadable");
        continue;
      }
      const foreseen = foresee(campaign, candidate, rules, approved, from);
      const { fate } = foreseen;
      if (fate.kind === "send" && fate.template) limited.push({ candidate, foreseen });
      else tally.count(foreseen);
    }
  }
  for await (const foreseen of throughTheLimit(limited, options)) tally.count(foreseen);
  return tally.sum();
}

/**
 * Who is ready first takes the place that is free first; a place that is free at nobody's hours stays free. Where
 * some are too late in the end, the numbers are right, and who they are is for the sending to find.
 */
async function* throughTheLimit(
  limited: readonly Limited[],
  options: PreviewOptions,
): AsyncIterable<Foreseen> {
  const { campaign, rules, approved, templatesLeft, dailyLimit, from } = options;
  const places = placesIn(templatesLeft, dailyLimit, from);
  const line = createLine<Limited>();
  for (const one of limited) line.add(one.foreseen.at, one);
  let people = 0;
  for (let next = line.first(); next; next = line.first()) {
    if (++people % BREATH === 0) await options.breathe?.();
    const { candidate, foreseen } = next.one;
    const free = places.next();
    const isFree = free <= next.at;
    const after = foresee(campaign, candidate, rules, approved, isFree ? next.at : free);
    const until = after.at;
    const waits: Foreseen["waits"] =
      until > foreseen.at ? [...foreseen.waits, { kind: "wait", because: "limit", until }] : foreseen.waits;
    if (after.fate.kind === "send" && !isFree && until > free) {
      line.add(until, { candidate, foreseen });
      continue;
    }
    if (after.fate.kind === "send") places.take(until);
    yield { ...after, waits };
  }
}

function createTally({ rules, price }: PreviewOptions) {
  const ways = new Map<string, PreviewedWay>();
  const excluded: Partial<Record<Exclusion, number>> = {};
  const delayed: Partial<Record<Delay, number>> = {};
  const templateDays = new Set<Day>();
  let [firstAt, lastAt]: (Date | undefined)[] = [];
  const exclude = (because: Exclusion): void => {
    excluded[because] = (excluded[because] ?? 0) + 1;
  };

  return {
    exclude,
    count({ fate, at, waits: [wait] }: Foreseen): void {
      if (fate.kind === "excluded") {
        exclude(fate.because);
        return;
      }
      const { channel, language, template, simple } = fate;
      const way = { channel, language, template, simple };
      const key = JSON.stringify(way);
      ways.set(key, { ...way, count: (ways.get(key)?.count ?? 0) + 1 });
      if (wait) delayed[wait.because] = (delayed[wait.because] ?? 0) + 1;
      if (template) templateDays.add(today(at, rules.timeZone));
      if (!firstAt || at < firstAt) firstAt = at;
      if (!lastAt || at > lastAt) lastAt = at;
    },
    sum(): Preview {
      const all = [...ways.values()].toSorted((a, b) => b.count - a.count);
      const gets = sumOf(all);
      const templates = sumOf(all.filter(({ template }) => template));
      const inWindow = sumOf(all.filter(({ channel, template }) => !template && channel in rules.windows));
      return {
        ...{ people: gets + sumOf(Object.values(excluded).map((count) => ({ count }))), gets },
        ...{ ways: all, excluded, delayed, templates, templateDays: templateDays.size },
        ...(firstAt && lastAt && { firstAt, lastAt }),
        ...(price && { euros: cents(templates * price.perTemplate + inWindow * (price.perMessage ?? 0)) }),
      };
    },
  };
}

const sumOf = (all: readonly { readonly count: number }[]): number =>
  all.reduce((sum, { count }) => sum + count, 0);

const cents = (euros: number): number => Math.round(euros * 100) / 100;
