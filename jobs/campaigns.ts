import type { Channel } from "../bots/channel.ts";
import type { EditionClock } from "../clock.ts";
import { automaticCampaigns, dueCampaigns } from "../core/campaigns/automatic.ts";
import type { DailyLimits } from "../core/campaigns/daily-limit.ts";
import { fateOf } from "../core/campaigns/fate.ts";
import { campaignOf, messageOf } from "../core/campaigns/message.ts";
import type { Campaigns, KeptCampaign } from "../core/campaigns/ports.ts";
import type { TemplateRegister } from "../core/campaigns/templates.ts";
import type { Edition } from "../core/edition/schema.ts";
import type { Words } from "../core/words.ts";
import { dailyLimitOf, sendingRulesOf } from "./campaign-rules.ts";

export interface CampaignJobsOptions {
  readonly campaigns: Campaigns;
  readonly templates: TemplateRegister;
  readonly dailyLimits: DailyLimits;
  readonly edition: Edition;
  readonly clock: EditionClock;
  readonly words: Words;
  readonly channels: readonly Pick<Channel, "name" | "pace">[];
  /** Called when notices were written to the outbox. */
  readonly wrote: () => void;
}

/**
 * So long may what waits in the outbox take to be sent. What is not there yet can still be taken back, and
 * goes by what the person has said meanwhile; what is there bridges the time to the next look.
 */
const AHEAD_S = 10;
/** Nothing is added before so much of it is free: batches are to be worth their transaction. */
const LEAST = 0.2;
/** Where a channel has no pace. */
const MOST_AHEAD = 1000;

/**
 * Begins campaigns that are due, and feeds the outbox with those that run, as fast as it is emptied.
 *
 * @returns does so once; who calls while that goes on gets one more round after it
 */
export function createCampaignJob(options: CampaignJobsOptions): () => Promise<void> {
  const { campaigns, edition, clock, words, channels, wrote } = options;
  const rules = sendingRulesOf(edition);
  const calendar = automaticCampaigns(edition);
  /** Those that the calendar makes, once their row stands. */
  const begun = new Set<string>();

  async function round(): Promise<void> {
    const now = clock.now();
    const due = new Map([...dueCampaigns(calendar, now)].filter(([id]) => !begun.has(id)));
    await campaigns.begin(due, now);
    for (const id of due.keys()) begun.add(id);
    const running = await campaigns.running();
    if (running.length === 0) return;
    const approved = await options.templates.approved();
    const dailyLimit = await dailyLimitOf(edition, options.dailyLimits);
    const failures: unknown[] = [];
    // What would come too late soonest comes first: all that run share the room there is.
    for (const kept of running.toSorted((a, b) => Date.parse(a.plan.until) - Date.parse(b.plan.until)))
      await work(kept, now, { approved, dailyLimit }).catch((error: unknown) => failures.push(error));
    // One that cannot be worked at does not keep the others from it.
    if (failures.length > 0) throw failures[0];
  }

  async function work(
    { id, plan, automatic }: KeptCampaign,
    now: Date,
    {
      approved,
      dailyLimit,
    }: { approved: Awaited<ReturnType<TemplateRegister["approved"]>>; dailyLimit: number },
  ): Promise<void> {
    const isOver = now >= new Date(plan.until);
    // A day was moved: nobody is told of the old one. Its end is left to time, as another process may have it still.
    if (automatic && !calendar.has(id)) return campaigns.finish(id, isOver);
    while (await campaigns.enrol(id, now));
    const campaign = campaignOf(plan, words);
    for (let dealtWith = 1; dealtWith > 0; ) {
      dealtWith = await campaigns.feed(id, {
        ...{ campaign, now, dailyLimit, room: await room() },
        fateOf: (candidate, templates) => fateOf(campaign, candidate, rules, { approved, ...templates }, now),
        compose: (way) => messageOf(campaign, way, words, approved),
      });
      if (dealtWith > 0) wrote();
    }
    await campaigns.finish(id, isOver);
  }

  /** How many more messages of each channel may wait to be sent. */
  async function room(): Promise<ReadonlyMap<string, number>> {
    const waiting = await campaigns.waiting();
    return new Map(
      channels.map(({ name, pace }) => {
        const most = Math.min(MOST_AHEAD, pace.perSecond * AHEAD_S);
        const free = most - (waiting.get(name) ?? 0);
        return [name, free >= most * LEAST ? Math.floor(free) : 0];
      }),
    );
  }

  let going: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  function run(): Promise<void> {
    if (!going) {
      going = round().finally(() => {
        going = undefined;
      });
      return going;
    }
    next ??= going
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  }
  return run;
}
