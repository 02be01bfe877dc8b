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

/** What is done at its time, whoever writes or does not. */
export interface Jobs {
  start(): void;
  /** Sends the reminders that are due; called when the clock was moved, too. */
  remind(): Promise<void>;
  stop(): Promise<void>;
}

/** Something done again and again; several processes may do it at once, each row is dealt with by one. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<unknown>;
}

export interface JobsOptions {
  readonly database: Database;
  readonly reminders: Reminders;
  readonly misses: Misses;
  readonly questionnaires: QuestionnaireAnswers;
  readonly edition: Edition;
  readonly clock: EditionClock;
  readonly words: Words;
  /** Called when notices were written to the outbox. */
  readonly wrote: () => void;
  readonly failed: (job: string, error: unknown) => void;
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
  const { database, reminders, misses, questionnaires, edition, clock, words, wrote, failed, others } =
    options;
  const timers: NodeJS.Timeout[] = [];
  const under = new Set<Promise<void>>();

  function run(name: string, job: () => Promise<unknown>): Promise<void> {
    const running = job().then(
      () => undefined,
      (error: unknown) => failed(name, error),
    );
    under.add(running);
    return running.finally(() => under.delete(running));
  }

  function every(ms: number, name: string, job: () => Promise<unknown>): void {
    void run(name, job);
    timers.push(setInterval(() => void run(name, job), ms));
  }

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

  return {
    start() {
      every(REMIND_MS, "reminders", sendReminders);
      every(PURGE_MS, "purge", () => purge(database));
      every(PURGE_MS, "misses", () => misses.clear(edition.privacy.misses?.keepDays, new Date()));
      every(PURGE_MS, "retention", retain);
      every(MIX_MS, "questionnaires", settleQuestionnaires);
      for (const { name, everyMs, run } of others) every(everyMs, name, run);
    },
    remind: () => run("reminders", sendReminders),
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(under);
    },
  };
}
