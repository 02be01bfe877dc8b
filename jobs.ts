import type { EditionClock } from "./clock.ts";
import { Defect } from "./core/defect.ts";
import type { Misses, QuestionnaireAnswers } from "./core/desk.ts";
import { menuDoor } from "./core/doors.ts";
import { addDays } from "./core/edition/calendar.ts";
import type { Edition } from "./core/edition/schema.ts";
import type { Message } from "./core/engine/message.ts";
import type { Session } from "./core/engine/session.ts";
import { dueOccasions, type Reminder, reminderOf } from "./core/reminders.ts";
import { noticeIn } from "./core/sayable.ts";
import type { Words } from "./core/words.ts";
import type { Database } from "./prisma/client.ts";
import { purge } from "./prisma/purge.ts";
import type { DueReminder, Reminders } from "./prisma/reminders.ts";
import { dropDraftsSilentSince, forgetSilentSince } from "./prisma/retention.ts";
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
  readonly reminders: Reminders;
  readonly misses: Misses;
  readonly questionnaires: QuestionnaireAnswers;
  readonly edition: Edition;
  readonly clock: EditionClock;
  readonly words: Words;
  /** Called when notices were written to the outbox. */
  readonly wrote: () => void;
  /** What else is done at its time. */
  readonly others: readonly Job[];
}

const REMIND_MS = 60_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** So long after proposals close, an unfinished one may still be asked about. */
const DRAFT_DAYS = 30;
/** For so long a database shows by whose turn an anonymous answer was written. */
const MIX_MS = 10 * 60_000;
const PURGE_MS = 6 * 60 * 60 * 1000;

export function createJobs(options: JobsOptions): Jobs {
  const { database, reminders, misses, questionnaires, edition, clock, words, wrote, others } = options;
  const recurring = createRecurring({ ...options, edition: edition.id });

  async function sendReminders(): Promise<void> {
    const due = new Map(dueOccasions(edition, clock.now()).map((one) => [one.name, reminderOf(one)]));
    if (due.size === 0) return;
    const compose = ({ of, session }: DueReminder) => {
      const reminder = due.get(of);
      if (!reminder) throw new Defect("A reminder came that is not due.");
      return messageOf(reminder, session);
    };
    const limit = 100;
    for (let sent = limit; sent === limit; ) {
      sent = await reminders.send([...due.keys()], compose, limit);
      if (sent > 0) wrote();
    }
  }

  function messageOf({ say, doors, template }: Reminder, session: Session | null): Message {
    const asked = session?.language ?? words.languages[0] ?? "it";
    const message = noticeIn(words, asked, { notes: [say], doors: [...doors, menuDoor] });
    const { language } = message;
    const parameters = template.parameters.map((text) => words.say(language, text));
    return { ...message, template: { name: template.name, language, parameters } };
  }

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

  const reminding: Job = { name: "reminders", everyMs: REMIND_MS, run: sendReminders };
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
