import { createHash } from "node:crypto";
import { join } from "node:path";
import { pino } from "pino";
import { type House, wordsOf } from "../../assistant.ts";
import type { EditionClock } from "../../clock.ts";
import { findPhase } from "../../core/edition/calendar.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Words } from "../../core/words.ts";
import { loadEdition } from "../../editions/load.ts";
import type { Database } from "../../prisma/client.ts";
import type { Secrets } from "../../prisma/secrets.ts";
import { openStores } from "../../prisma/stores.ts";
import { ballotKey } from "./ballot-key.ts";
import { newSecrets } from "./stores.ts";

/** A house on a test's own database, in an edition of its own, with time and chance in the test's hands. */
export interface TestHouse extends House {
  /** Puts the edition on another day. */
  moveTo(day: string): void;
  /** Lets real time pass. */
  pass(ms: number): void;
}

/** The first day of the demonstration in every test. */
export const ANCHOR = "2026-09-07";

export async function openTestHouse(
  database: Database,
  options: {
    readonly edition?: string;
    readonly day?: string;
    readonly seed?: string;
    /** Where several share a database; otherwise those that it was first opened with. */
    readonly secrets?: Secrets;
  } = {},
): Promise<TestHouse> {
  const read = readEdition(options.edition ?? "demo");
  const seed = options.seed ?? "";
  // Proposals are an edition's: one of its own keeps a test from seeing those of others.
  const edition = { ...read.edition, id: `test-${digest(seed).subarray(0, 8).toString("hex")}` };
  let day = options.day ?? ANCHOR;
  let passed = 0;
  let drawn = 0;
  const clock: EditionClock = {
    now: () => new Date(`${day}T10:00:00Z`),
    today: () => day,
    async moveTo(to) {
      day = to;
    },
  };
  return {
    database,
    stores: await openStores(database, {
      secrets: options.secrets ?? secretsOf(database),
      edition: edition.id,
      languages: edition.languages,
      fixing: {
        from: findPhase(edition, "vote")?.from ?? "9999-12-31",
        publicKey: async () => ballotKey().publicKey,
      },
      report({ error }) {
        throw error;
      },
    }),
    edition,
    clock,
    words: read.words,
    log: pino({ level: "silent" }),
    posts: ["mail", "sms"],
    pages: (path) => `https://partecipa.example.org${path}`,
    realNow: () => new Date(Date.now() + passed),
    chance: (bytes) =>
      Buffer.concat([0, 1].map((part) => digest(`${seed} ${drawn++} ${part}`))).subarray(0, bytes),
    moveTo: (to) => {
      day = to;
    },
    pass: (ms) => {
      passed += ms;
    },
  };
}

interface ReadEdition {
  readonly edition: Edition;
  readonly words: Words;
}
const editions = new Map<string, ReadEdition>();

/** Read once: hundreds of houses are opened, and nothing changes what is read. */
function readEdition(name: string): ReadEdition {
  const known = editions.get(name);
  if (known) return known;
  const loaded = loadEdition(join(import.meta.dirname, "../../editions", `${name}.yaml`), ANCHOR);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const read = { edition: loaded.edition, words: wordsOf(loaded.edition) };
  editions.set(name, read);
  return read;
}

const secrets = new WeakMap<Database, Secrets>();

/** A database is read with the secrets that it was written with. */
function secretsOf(database: Database): Secrets {
  const made = secrets.get(database) ?? newSecrets();
  secrets.set(database, made);
  return made;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
