import type { EditionClock } from "../clock.ts";
import type { Misses, QuestionnaireAnswers } from "../core/desk.ts";
import { addDays } from "../core/edition/calendar.ts";
import type { Edition } from "../core/edition/schema.ts";
import type { Database } from "../prisma/client.ts";
import { purge } from "../prisma/purge.ts";
import { dropDraftsSilentSince, forgetSilentSince } from "../prisma/retention.ts";
import { createRecurring, type Job, type RecurringOptions } from "./recurring.ts";

/** What is done at its time, whoever writes or does not. */
export interface Jobs {
  start(): void;
  /** Sends the reminders that are due, at once: the clock was moved. */
  remind(): Promise<void>;
  stop(): Promise<void>;
}

export interface JobsOptions extends Pick<RecurringOptions, "turns" | "failed" | "timer"> {
  readonly database: Database;
  readonly misses: Misses;
  readonly questionnaires: QuestionnaireAnswers;
  readonly edition: Edition;
  readonly clock: EditionClock;
  /** Begins campaigns that are due, and goes on with those that run. */
  readonly campaign: () => Promise<void>;
  /** What else is done at its time. */
  readonly others: readonly Job[];
}

/** What campaigns have put in the outbox lasts longer than this. */
const CAMPAIGN_MS = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** So long after proposals close, an unfinished one may still be asked about. */
const DRAFT_DAYS = 30;
/** For so long a database shows by whose turn an anonymous answer was written. */
const MIX_MS = 10 * 60_000;
const PURGE_MS = 6 * 60 * 60 * 1000;

export function createJobs(options: JobsOptions): Jobs {
  const { database, misses, questionnaires, edition, clock, campaign, others } = options;
  const recurring = createRecurring({ ...options, edition: edition.id });

  /** Drafts are kept until proposals close, people until they have been silent for long. */
  async function retain(): Promise<void> {
    const now = new Date();
    const months = new Date(now);
    months.setMonth(now.getMonth() - edition.privacy.keepMonths);
    await forgetSilentSince(database, months);
    const proposals = edition.phases.find(({ id }) => id === "proposals");
    if (!proposals || clock.today() <= addDays(proposals.to, DRAFT_DAYS)) return;
    await dropDraftsSilentSince(database, new Date(now.getTime() - DRAFT_DAYS * DAY_MS));
  }

  async function settleQuestionnaires(): Promise<void> {
    await questionnaires.clear(clock.today());
    await questionnaires.mix();
  }

  const reminding: Job = { name: "campaigns", everyMs: CAMPAIGN_MS, run: campaign };
  const jobs: readonly Job[] = [
    reminding,
    { name: "purge", everyMs: PURGE_MS, run: () => purge(database) },
    {
      name: "misses",
      everyMs: PURGE_MS,
      run: () => misses.clear(edition.privacy.misses?.keepDays, new Date()),
    },
    { name: "retention", everyMs: PURGE_MS, run: retain },
    { name: "questionnaires", everyMs: MIX_MS, run: settleQuestionnaires },
    ...others,
  ];

  return {
    start: () => recurring.start(jobs),
    remind: () => recurring.run(reminding),
    stop: recurring.stop,
  };
}
