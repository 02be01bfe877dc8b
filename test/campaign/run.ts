import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { createSealer, type Sealer } from "../../prisma/seal.ts";
import { readSecrets } from "../../prisma/secrets.ts";
import { freePort } from "../support/assistant-process.ts";
import { createServerDatabase } from "../support/database.ts";
import { newKey } from "../support/stores.ts";
import { platforms } from "./crowd.ts";
import { type PlatformProcess, startPlatform } from "./platform-process.ts";
import { type Life, makeSeats, type Seats } from "./seats.ts";
import { type Known, settlePeople } from "./settle-people.ts";
import type { Figures } from "./stage.ts";
import { EDITION, editionEnv, TEMPLATE, TEXT, WISH } from "./written-campaign.ts";

export interface RunOptions {
  /** A PostgreSQL server, on which a database is made. */
  readonly server: string;
  /** On both platforms together. */
  readonly people: number;
  /** Others in dialogue, on each platform. */
  readonly talkers: number;
  /** How many on each platform write "stop" before it is their turn. */
  readonly stops: number;
  /** After how many milliseconds a process is killed, one after the other. */
  readonly kills: readonly number[];
  readonly seed: number;
  /** Begins the campaign, once both processes serve; it is one of {@link TEXT} and {@link TEMPLATE}. */
  begin(where: Place): Promise<void>;
}

/** Where a campaign is begun. */
export interface Place {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly people: readonly Known[];
  /** What every process of the installation is told. */
  readonly env: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface Outcome {
  readonly platforms: readonly (Figures & {
    /** Whom nothing has reached that was neither refused nor unwanted. */
    readonly missed: readonly Missed[];
  })[];
  readonly lives: readonly Life[];
  /** How many rows of the outbox ended how. */
  readonly outbox: readonly { readonly channel: string; readonly end: string; readonly count: number }[];
}

/** Somebody who got nothing, and what stands in the outbox of them. */
export interface Missed {
  readonly address: string;
  readonly state: string;
  readonly reason: string | null;
}

const SEATS = [0, 1];

/** Sends a message to a crowd on both platforms, at their real limits and with all that may go wrong. */
export async function runCampaign(options: RunOptions): Promise<Outcome> {
  const { server, people, talkers, stops, seed } = options;
  const folder = await mkdtemp(join(tmpdir(), "bene-comune-"));
  const made = await createServerDatabase(server);
  const keys = { SECRET_KEYS: `test:${newKey()}`, LOOKUP_PEPPER: newKey() };
  const env = { DATABASE_URL: made.url, DATA_DIR: folder, ...keys, ...(await editionEnv(folder)) };
  const ports = await Promise.all(SEATS.map(() => freePort()));
  const perPlatform = Math.floor(people / platforms.length);
  const database = await openDatabase({ url: made.url, dataDirectory: "" });
  const sealer = createSealer(readSecrets(keys.SECRET_KEYS, keys.LOOKUP_PEPPER));
  let played: readonly PlatformProcess[] = [];
  let seats: Seats | undefined;
  try {
    const known = await settlePeople(database, sealer, perPlatform, { edition: EDITION, kind: WISH });
    played = await Promise.all(
      platforms.map((platform) =>
        startPlatform({
          platform,
          people: perPlatform,
          talkers,
          stops,
          seed,
          marks: [TEXT, TEMPLATE],
          ports,
        }),
      ),
    );
    seats = makeSeats((seat, life) => ({
      ...env,
      ...seatEnv(played, life),
      DATA_DIR: join(folder, String(seat)),
      PORT: String(ports[seat]),
    }));
    await seats.start(0);
    await seats.start(1);
    for (const one of played) one.begin();
    await options.begin({ database, sealer, people: known, env });
    await Promise.all([killInTurns(seats, options.kills), untilSent(database)]);
    const figures = await Promise.all(played.map((one) => one.report()));
    await seats.stop();
    const ends = await endsOf(database);
    return {
      platforms: figures.map((one) => ({ ...one, missed: missedIn(one, known, ends) })),
      lives: seats.lives,
      outbox: countsOf(ends),
    };
  } finally {
    await seats?.stop().catch(() => undefined);
    await Promise.all(played.map((one) => one.close()));
    await database.close();
    await made.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A life is known to the platforms by what it puts before their part of an address. */
function seatEnv(played: readonly PlatformProcess[], life: number): Readonly<Record<string, string>> {
  const all = Object.assign({}, ...played.map(({ env }) => env));
  const entries = Object.entries<string>(all).map(([name, value]) => [
    name,
    name.endsWith("_API_ROOT") ? `${value}/life-${life}` : value,
  ]);
  return {
    ...Object.fromEntries(entries),
    BASE_URL: "https://example.org",
    TELEGRAM_WEBHOOK_SECRET: "a-secret_of-the-webhook",
    WHATSAPP_VERIFY_TOKEN: "verify-me",
    LOG_LEVEL: "fatal", // of what goes wrong on purpose there would be much to tell
  };
}

/** One process after the other is killed, and starts again. */
async function killInTurns(seats: Seats, kills: readonly number[]): Promise<void> {
  const began = Date.now();
  for (const [nth, afterMs] of kills.entries()) {
    await pause(Math.max(0, began + afterMs - Date.now()));
    const seat = SEATS[nth % SEATS.length] ?? 0;
    await seats.kill(seat);
    await seats.start(seat);
  }
}

/** Resolves when nothing of a campaign waits any more, twice in a row. */
async function untilSent({ pool }: Database): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await pause(500);
    const { rows } = await pool.query(`
      SELECT FROM "Outbox" WHERE campaign IS NOT NULL AND state IN ('READY', 'SENDING')
      UNION ALL
      SELECT FROM "Campaign" WHERE state IN ('SCHEDULED', 'RUNNING') LIMIT 1`);
    quiet = rows.length > 0 ? 0 : quiet + 1;
  }
}

interface End {
  readonly contactId: string;
  readonly channel: string;
  readonly state: string;
  readonly reason: string | null;
}

async function endsOf({ pool }: Database): Promise<readonly End[]> {
  const { rows } = await pool.query<End>(
    `SELECT "contactId", channel, state, reason FROM "Outbox" WHERE campaign IS NOT NULL`,
  );
  return rows;
}

function countsOf(ends: readonly End[]): Outcome["outbox"] {
  const counts = new Map<string, { channel: string; end: string; count: number }>();
  for (const { channel, state, reason } of ends) {
    const end = reason === null ? state : `${state}: ${reason}`;
    const one = counts.get(`${channel} ${end}`) ?? { channel, end, count: 0 };
    one.count++;
    counts.set(`${channel} ${end}`, one);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** Who is neither gone nor wanted nothing, and has got nothing. */
function missedIn(
  { platform, reached, stopped }: Figures,
  known: readonly Known[],
  ends: readonly End[],
): readonly Missed[] {
  const endOf = new Map(ends.map((end) => [end.contactId, end]));
  const settled = new Set([...reached, ...stopped]);
  return known
    .filter((one) => one.platform === platform && one.trouble !== "gone" && !settled.has(one.address))
    .map(({ contactId, address }) => {
      const end = endOf.get(contactId);
      return { address, state: end?.state ?? "nowhere", reason: end?.reason ?? null };
    });
}

/** How long the slower platform takes at least for so many people on both, in milliseconds. */
export const leastMs = (people: number): number => (people / platforms.length / 30) * 1000;
