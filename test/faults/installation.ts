import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { openDatabase } from "../../prisma/client.ts";
import { createSealer, type Sealer } from "../../prisma/seal.ts";
import { readSecrets, savedOrNewSecrets } from "../../prisma/secrets.ts";
import { FakeTelegram } from "../fakes/telegram.ts";
import { type AssistantProcess, freePort, startAssistant } from "../support/assistant-process.ts";
import { createServerDatabase, putEmbeddedDatabase } from "../support/database.ts";
import { newKey } from "../support/stores.ts";
import type { Mail } from "./dialogue.ts";

/** How updates come. */
export type Mode = "polling" | "webhook";

/** One installation through all the lives of its process: a folder, a database, a port, a bot on Telegram. */
export interface Installation {
  readonly telegram: FakeTelegram;
  readonly port: number;
  readonly secret: string;
  /** What every process of it is told: where its store is, and its keys. */
  readonly env: Readonly<Record<string, string>>;
  /** Begins the next life; a life is known to Telegram by its number. */
  start(mode: Mode, more?: Readonly<Record<string, string>>): AssistantProcess;
  /** What stands in the demo's mailbox, latest first; nothing while the process is away. */
  mails(): Promise<readonly Mail[]>;
  /** Opens the store, once no process has it. */
  open(): Promise<{ readonly database: Awaited<ReturnType<typeof openDatabase>>; readonly sealer: Sealer }>;
  remove(): Promise<void>;
}

const mail = z.array(z.object({ to: z.string(), text: z.string(), subject: z.string() }));

/** @param server a PostgreSQL server; absent: the embedded database */
export async function install(options: {
  readonly server?: string | undefined;
  /** Another address of the server's, through which the process goes. */
  readonly via?: (url: string) => string;
  readonly patienceMs?: number;
}): Promise<Installation> {
  const { server, via = (url: string) => url, patienceMs = 120_000 } = options;
  const folder = await mkdtemp(join(tmpdir(), "bene-comune-"));
  const port = await freePort();
  const secret = "a-secret_of-the-webhook";
  const made = server === undefined ? undefined : await createServerDatabase(server);
  if (!made) await putEmbeddedDatabase(folder);
  const keys = { SECRET_KEYS: `test:${newKey()}`, LOOKUP_PEPPER: newKey() };
  const telegram = await new FakeTelegram({
    patienceMs,
    resolve: (url) => `http://127.0.0.1:${port}${new URL(url).pathname}`,
  }).listen();
  const env = { DATA_DIR: folder, ...(made && { DATABASE_URL: via(made.url), ...keys }) };
  let lives = 0;
  return {
    telegram,
    port,
    secret,
    env,
    start: (mode, more = {}) =>
      startAssistant({
        ...env,
        PORT: String(port),
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: `${telegram.apiRoot}/life-${++lives}`,
        LOG_LEVEL: "warn",
        ...(mode === "webhook" && { BASE_URL: "https://example.org", TELEGRAM_WEBHOOK_SECRET: secret }),
        ...more,
      }),
    async mails() {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/posta/messages.json`);
        return mail.parse(await response.json());
      } catch {
        return [];
      }
    },
    async open() {
      const secrets = made
        ? readSecrets(keys.SECRET_KEYS, keys.LOOKUP_PEPPER)
        : await savedOrNewSecrets(folder);
      const database = await openDatabase({ url: made?.url, dataDirectory: folder });
      return { database, sealer: createSealer(secrets) };
    },
    async remove() {
      await telegram.close();
      await made?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
