import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { openDatabase } from "../../prisma/client.ts";
import { createSealer } from "../../prisma/seal.ts";
import { readSecrets } from "../../prisma/secrets.ts";
import { FakeTelegram } from "../fakes/telegram.ts";
import { FakeWhatsApp } from "../fakes/whatsapp.ts";
import { type AssistantProcess, freePort, startAssistant } from "../support/assistant-process.ts";
import { type Cuttable, cuttable } from "../support/cuttable.ts";
import { createServerDatabase } from "../support/database.ts";
import type { Dice } from "../support/dice.ts";
import { newKey } from "../support/stores.ts";
import type { Mail } from "./dialogue.ts";
import type { Installation } from "./installation.ts";

/** One of the two places in which a process runs, life after life, on the same port. */
export type Seat = 0 | 1;

/** Two processes on one database, which both platforms deliver to. */
export interface Pair extends Pick<Installation, "open" | "remove" | "mails" | "telegram"> {
  readonly whatsapp: FakeWhatsApp;
  /** The way of both processes to the database. */
  readonly wire: Cuttable;
  /** The database, past the wire. */
  readonly url: string;
  /** When each life was killed, in milliseconds of real time. */
  readonly deaths: ReadonlyMap<string, number>;
  /** What all processes wrote. */
  output(): readonly string[];
  /** Begins a life; resolves when it serves. */
  start(seat: Seat): Promise<void>;
  kill(seat: Seat): Promise<void>;
  /** Asks both to end. */
  stop(): Promise<void>;
}

const SECRET = "a-secret_of-the-webhook";
const PATIENCE_MS = 150_000;
/** A mailbox is fetched so often, however many look into it. */
const FETCH_MS = 200;
const mail = z.array(z.object({ to: z.string(), text: z.string(), subject: z.string() }));

/** @param server a PostgreSQL server, on which a database is made */
export async function installPair(server: string, chance: Dice): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), "bene-comune-"));
  const made = await createServerDatabase(server);
  const direct = new URL(made.url);
  const wire = await cuttable(direct.hostname, Number(direct.port || 5432));
  const ports = [await freePort(), await freePort()] as const;
  const keys = { SECRET_KEYS: `test:${newKey()}`, LOOKUP_PEPPER: newKey() };
  const anywhere = () => `http://127.0.0.1:${ports[chance() < 0.5 ? 0 : 1]}`;
  const telegram = await new FakeTelegram({
    patienceMs: PATIENCE_MS,
    resolve: (url) => `${anywhere()}${new URL(url).pathname}`,
  }).listen();
  const whatsapp = await new FakeWhatsApp({ patienceMs: PATIENCE_MS }).listen();
  whatsapp.deliveries.to(() => `${anywhere()}/webhooks/whatsapp`);

  const running = new Map<Seat, { readonly life: string; readonly process: AssistantProcess }>();
  const deaths = new Map<string, number>();
  const all: AssistantProcess[] = [];

  function via(): string {
    const through = new URL(made.url);
    through.host = `127.0.0.1:${wire.port}`;
    return through.href;
  }

  /** All that ever came: the page shows the latest alone. */
  const seen = new Map<string, Mail>();
  let fetched: Promise<void> | undefined;
  let fetchedAt = 0;
  async function fetchMails(): Promise<void> {
    fetchedAt = Date.now();
    try {
      const response = await fetch(`${anywhere()}/posta/messages.json`, {
        signal: AbortSignal.timeout(5_000),
      });
      for (const one of mail.parse(await response.json()).toReversed()) seen.set(JSON.stringify(one), one);
    } catch {
      // The process is away: another time.
    }
  }

  return {
    telegram,
    whatsapp,
    wire,
    url: made.url,
    deaths,
    output: () => all.flatMap(({ output }) => output),
    async start(seat) {
      const life = `life-${all.length}`;
      const process = startAssistant({
        DATA_DIR: join(folder, String(seat)),
        DATABASE_URL: via(),
        ...keys,
        PORT: String(ports[seat]),
        BASE_URL: "https://example.org",
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: `${telegram.apiRoot}/${life}`,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
        WHATSAPP_ACCESS_TOKEN: whatsapp.accessToken,
        WHATSAPP_PHONE_NUMBER_ID: whatsapp.phoneNumberId,
        WHATSAPP_APP_SECRET: whatsapp.appSecret,
        WHATSAPP_VERIFY_TOKEN: "verify-me",
        WHATSAPP_API_ROOT: `${whatsapp.apiRoot}/${life}`,
        LOG_LEVEL: "fatal", // with its database away it has much to tell
      });
      all.push(process);
      running.set(seat, { life, process });
      await process.ready();
    },
    async kill(seat) {
      const one = running.get(seat);
      if (!one) return;
      running.delete(seat);
      deaths.set(one.life, Date.now());
      await one.process.kill();
    },
    async stop() {
      await Promise.all([...running.values()].map(({ process }) => process.stop()));
      running.clear();
    },
    async mails() {
      if (Date.now() - fetchedAt > FETCH_MS) fetched = fetchMails();
      await fetched;
      return [...seen.values()].toReversed();
    },
    async open() {
      const database = await openDatabase({ url: made.url, dataDirectory: "" });
      return { database, sealer: createSealer(readSecrets(keys.SECRET_KEYS, keys.LOOKUP_PEPPER)) };
    },
    async remove() {
      await Promise.all([...running.values()].map(({ process }) => process.kill()));
      await Promise.all([telegram.close(), whatsapp.close(), wire.close()]);
      await made.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
