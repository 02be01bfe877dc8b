import { createSecretKey, randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Hono } from "hono";
import type { Logger } from "pino";
import { z } from "zod";
import type { Channel } from "./bots/channel.ts";
import { createDispatcher, type Dispatcher } from "./bots/dispatcher.ts";
import { createListener } from "./bots/voice/listen.ts";
import { createTranscriber, type Transcribe } from "./bots/voice/transcribe.ts";
import { type EditionClock, openClock } from "./clock.ts";
import type { Conversation } from "./core/answer.ts";
import { findPhase, today } from "./core/edition/calendar.ts";
import type { Mistake } from "./core/edition/checks.ts";
import type { Edition } from "./core/edition/schema.ts";
import type { Inbox } from "./core/ports.ts";
import { payloads, repertoireOf } from "./core/repertoire.ts";
import type { Repertoire } from "./core/turn.ts";
import { makeUnderstanding } from "./core/understanding/understand.ts";
import { makeVocabulary } from "./core/understanding/vocabulary.ts";
import type { CodeChannel } from "./core/voting/identity.ts";
import { stationVotes } from "./core/voting/station-votes.ts";
import type { Words } from "./core/words.ts";
import { loadEdition } from "./editions/load.ts";
import { demonstrationKey } from "./guarantors/demonstration.ts";
import { assistedJobs } from "./jobs/assisted.ts";
import { campaignDeskOf } from "./jobs/campaign-rules.ts";
import { createCampaignJob } from "./jobs/campaigns.ts";
import { createJobs, type Jobs } from "./jobs/index.ts";
import { votingJobs } from "./jobs/voting.ts";
import { makeImpersonalIn } from "./locales/impersonal.ts";
import { loadWords } from "./locales/index.ts";
import { loadModel } from "./locales/understanding.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createOffice } from "./office/app.ts";
import { readBacklog } from "./prisma/backlog.ts";
import { type Database, openDatabase } from "./prisma/client.ts";
import { type Secrets, savedOrNewSecrets } from "./prisma/secrets.ts";
import { createSettings } from "./prisma/settings-store.ts";
import { openStores, type Stores } from "./prisma/stores.ts";
import type { Fixing } from "./prisma/voting/ballot-box.ts";
import type { Settings } from "./settings.ts";
import { createWorker, type Worker } from "./worker.ts";

/** An edition's file that cannot be used; every mistake is listed. */
class EditionError extends Error {
  override readonly name = "EditionError";
  readonly mistakes: readonly Mistake[];

  constructor(file: string, mistakes: readonly Mistake[]) {
    const list = mistakes.map(({ path, message }) => `  ${path === "" ? "" : `${path}: `}${message}`);
    super(`EDITION ${file} cannot be used:\n${list.join("\n")}`);
    this.mistakes = mistakes;
  }
}

/** The open house, before any channel: what is kept, the edition, its time and its words. */
export interface House {
  readonly database: Database;
  readonly stores: Stores;
  readonly edition: Edition;
  readonly clock: EditionClock;
  readonly words: Words;
  readonly log: Logger;
  /** The public address of a page of ours; `undefined` where no page is served. */
  readonly pages: (path: string) => string | undefined;
  /** Channels that only send, by which those on the roll are reached. */
  readonly posts: readonly CodeChannel[];
  /** Turns sounds to words; absent where no service is set for it. */
  readonly transcribe?: Transcribe;
  readonly realNow: () => Date;
  /** So many random bytes. */
  readonly chance: (bytes: number) => Uint8Array;
}

const DEMO_EDITION = join(import.meta.dirname, "editions", "demo.yaml");

/** @throws {EditionError} and what the database and the secrets say of themselves */
export async function openHouse(settings: Settings, log: Logger): Promise<House> {
  const database = await openDatabase({
    url: settings.databaseUrl,
    dataDirectory: settings.dataDir,
    onError: (error) => log.warn({ err: error }, "An idle connection to the database was lost"),
  });
  try {
    const kept = createSettings(database);
    const file = settings.editionFile ?? DEMO_EDITION;
    const startsAt = settings.clock?.startsAt;
    // The day that `+0d` of a demonstration stands for is that of its first start.
    const anchor = await kept.getOrSet("edition.anchor", z.iso.date(), today(startsAt ?? new Date(), ZONE));
    const loaded = loadEdition(file, anchor);
    if (!loaded.ok) throw new EditionError(file, loaded.mistakes);
    const { edition } = loaded;
    const stores = await openStores(database, {
      secrets: await secretsOf(settings),
      edition: edition.id,
      languages: edition.languages,
      fixing: fixingOf(edition, settings.dataDir),
      report: ({ table, id, failure, error }) =>
        log.error({ err: error, table, row: id, failure }, "A row could not be read and was set aside"),
    });
    const clock = await openClock(kept, edition.timeZone, startsAt);
    const words = wordsOf(edition);
    const { baseUrl } = settings;
    const pages = (path: string) => (baseUrl === undefined ? undefined : `${baseUrl}${path}`);
    const realNow = () => new Date();
    const posts = postsOf(settings, edition);
    const transcribe = settings.transcription && createTranscriber(settings.transcription);
    return {
      ...{ database, stores, edition, clock, words, log, pages, posts, realNow, chance: randomBytes },
      ...(transcribe && { transcribe }),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Those that the settings set up; a demonstration has both. */
const postsOf = ({ mail, sms }: Settings, { demo }: Edition): readonly CodeChannel[] => [
  ...(mail || demo ? ["mail" as const] : []),
  ...(sms || demo ? ["sms" as const] : []),
];

/** When the ballot is fixed, and under whose key, where the assistant holds a vote. */
function fixingOf(edition: Edition, dataDir: string): Fixing | undefined {
  const from = findPhase(edition, "vote")?.from ?? edition.vote?.online?.from;
  const publicKey = edition.vote?.ballot?.publicKey;
  if (!from || !edition.vote?.ballot) return undefined;
  if (publicKey) return { from, publicKey: async () => publicKey };
  return edition.demo ? { from, publicKey: () => demonstrationKey(dataDir) } : undefined;
}

/** The zone that a demonstration's first day is counted in, before its file is read. */
const ZONE = "Europe/Rome";

async function secretsOf({ secrets, dataDir }: Settings): Promise<Secrets> {
  if (!secrets) return savedOrNewSecrets(dataDir);
  const keys = new Map(secrets.keys.map(({ id, key }) => [id, createSecretKey(key)]));
  const [currentKey = ""] = keys.keys();
  return { keys, currentKey, pepper: createSecretKey(secrets.pepper) };
}

/** The languages that the edition speaks and that there are words in, the edition's main one first. */
export function wordsOf({ languages, alsoIn }: Edition): Words {
  const words = loadWords();
  const isOffered = (language: string) => words.languages.includes(language);
  return { ...words, languages: [...languages, ...alsoIn].filter(isOffered) };
}

/**
 * What the office's people do, over the open house.
 *
 * @param wrote called when notices were written to the outbox
 */
export function officeOf(house: House, wrote: () => void): Hono {
  const { stores, edition, clock, words, pages, posts, log } = house;
  return createOffice({
    ...stores.voting,
    desk: stores.desk,
    campaignDesk: campaignDeskOf(house),
    pages,
    edition,
    today: clock.today,
    words,
    stationVotes: () => stationVotes(edition, words, posts),
    wrote,
    failed: (error) => log.error({ err: error }, "The office's work failed"),
  });
}

/** What sentences mean does not depend on the house: what was trained is read once for all. */
const understand = makeUnderstanding(loadModel, "it");

/** The house at work: messages are answered and sent. */
export interface Assistant {
  readonly inbox: Inbox;
  readonly worker: Worker;
  readonly dispatcher: Dispatcher;
  readonly jobs: Jobs;
  readonly metrics: Metrics;
  start(): void;
  /** Finishes what is in hand; nothing that was acknowledged is lost if it does not get so far. */
  stop(): Promise<void>;
}

/**
 * Puts an open house to work on some channels.
 *
 * @param subjects what it can talk about; everything, unless given
 */
export function createAssistant(
  house: House,
  channels: (inbox: Inbox) => readonly Channel[],
  subjects: Repertoire = repertoireOf(house.edition),
): Assistant {
  const { database, stores, edition, clock, words, log, pages, transcribe, realNow, chance } = house;
  const inbox: Inbox = {
    async receive(arrivals) {
      dispatcher.heard(arrivals);
      await stores.inbox.receive(arrivals);
      worker.notify();
    },
  };
  const all = channels(inbox);
  const named = new Map(all.map((channel) => [channel.name, channel]));
  const anywhere = { text: 1024, textWithChoices: 1024 };
  const conversation: Conversation = {
    repertoire: subjects,
    vocabulary: makeVocabulary(words, payloads, edition.name),
    words,
    surroundings: () => ({
      edition,
      today: clock.today(),
      now: clock.now(),
      realNow: realNow(),
      mail: named.has("mail"),
      pages,
      entropy: chance(64),
    }),
    room: (channel) => named.get(channel)?.limits ?? anywhere,
    opening: (channel, ...link) => named.get(channel)?.opening?.(...link),
    openings: (...link) =>
      all.flatMap(({ name, opening }) => {
        const url = opening?.(...link);
        return url === undefined ? [] : [{ channel: name, url }];
      }),
    find: (contactId, query) => stores.conversations.find(contactId, query),
    understand,
    impersonal: makeImpersonalIn(edition),
    hears: (channel) => transcribe !== undefined && named.get(channel)?.fetchRecording !== undefined,
    listen: transcribe
      ? createListener({ channel: (name) => named.get(name), transcribe, log })
      : async () => ({ kind: "failed" }),
    failed: (failure, error) => log.error({ err: error, failure }, "A message could not be answered"),
  };
  const metrics = createMetrics(() => readBacklog(database));
  const dispatcher = createDispatcher({
    outbox: stores.outbox,
    slots: stores.slots,
    channels: all,
    log,
    onOutcome: metrics.sent,
  });
  const worker = createWorker(
    {
      conversations: stores.conversations,
      conversation,
      wrote: () => dispatcher.notify(),
      saveFailed: (error) => log.error({ err: error }, "Answers could not be saved yet"),
    },
    metrics.turned,
  );
  const jobs = createJobs({
    database,
    turns: stores.jobTurns,
    misses: stores.desk.misses,
    questionnaires: stores.desk.questionnaires,
    edition,
    clock,
    campaign: createCampaignJob({
      ...{ edition, clock, words, channels: all },
      ...{ campaigns: stores.campaigns, templates: stores.templates, dailyLimits: stores.dailyLimits },
      wrote: () => dispatcher.notify(),
    }),
    failed: (job, error) => log.error({ err: error, job }, "A job failed and will be tried again"),
    others: [
      ...votingJobs(house, [...named.keys()], () => dispatcher.notify()),
      ...assistedJobs(house, () => dispatcher.notify()),
    ],
  });
  return {
    inbox,
    worker,
    dispatcher,
    jobs,
    metrics,
    start() {
      worker.start();
      dispatcher.start();
      jobs.start();
    },
    async stop() {
      await jobs.stop();
      await worker.stop();
      await dispatcher.stop();
    },
  };
}
