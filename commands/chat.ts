import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createAssistant, openHouse } from "../assistant.ts";
import type { Channel } from "../bots/channel.ts";
import { createConsole, type Printed, runConsole, type TypedLine } from "../bots/console/index.ts";
import { makeDocument } from "../bots/documents/index.ts";
import { createMail, type Post } from "../bots/mail/index.ts";
import type { Arrival } from "../core/ports.ts";
import { readTime } from "../environment.ts";
import { makeLog } from "../log.ts";
import type { Database } from "../prisma/client.ts";
import { clockProblem, readSettings, type Settings } from "../settings.ts";

const usage = `npm run chat -- [--person NAME] [--at ISO-TIME] [--lang it] [--data DIR]

The assistant in a terminal. Where the input is no terminal: one message a line, every reply in full,
and 0 at the end of the input.

  --person NAME  who is writing (default: io); each has a conversation of their own
  --at ISO-TIME  when it is; takes any edition (EDITION), on a throw-away directory unless --data is given
  --lang it      the language of the first reply
  --data DIR     where the embedded database lives (default: DATA_DIR)

E-mails are printed. {code} in a line stands for the code that came last by e-mail or in a reply.`;

const { values } = parseArgs({
  options: {
    person: { type: "string", default: "io" },
    at: { type: "string" },
    lang: { type: "string" },
    data: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});

async function main(): Promise<void> {
  const at = values.at === undefined ? undefined : readTime(values.at);
  if (values.at !== undefined && !at) return fail(["--at is not a time: write it as 2022-05-02T10:00."]);
  const read = readSettings(process.env);
  if (!read.ok) return fail(read.problems.map((one) => `${one.variable} ${one.problem}: ${one.remedy}.`));
  const throwAway = at && values.data === undefined;
  const directory = throwAway
    ? await mkdtemp(join(tmpdir(), "chat-"))
    : (values.data ?? read.settings.dataDir);
  try {
    // What is printed on paper outlives a rehearsal.
    const documents = throwAway ? join(tmpdir(), "bene-comune") : join(directory, "documents");
    const settings: Settings = {
      ...read.settings,
      dataDir: directory,
      // With a time of its own it is a rehearsal, never something on the real database.
      ...(at && { clock: { startsAt: at, inTest: true }, databaseUrl: undefined, secrets: undefined }),
    };
    await talk(settings, documents);
  } finally {
    if (throwAway) await rm(directory, { recursive: true, force: true });
  }
}

async function talk(settings: Settings, directory: string): Promise<void> {
  // Only what cannot be passed over in silence: the terminal belongs to the conversation.
  const log = makeLog("error", { write: (line) => void process.stderr.write(line) });
  const house = await openHouse(settings, log);
  try {
    const problem = clockProblem(settings, house.edition.demo);
    if (problem) return fail([`${problem.variable} ${problem.problem}: ${problem.remedy}.`]);
    const output = process.stdout;
    const screen = createConsole({ output, makeDocument, directory });
    let code = "";
    let printed = () => {};
    const watched: Channel<TypedLine, Printed> = {
      ...screen,
      async send(address, payload) {
        code = codeIn(payload.text) ?? code;
        const outcome = await screen.send(address, payload);
        printed();
        return outcome;
      },
    };
    const post: Post = async ({ to, subject, text, file }) => {
      code = codeIn(text) ?? code;
      output.write(`[e-mail → ${to}] ${subject}\n${text}${file ? `\n[${file.name}]` : ""}\n\n`);
      return { kind: "sent", id: subject };
    };
    const channels = [watched, createMail({ post, makeDocument })];
    const assistant = createAssistant(house, () => channels);
    assistant.start();
    await runConsole({
      input: process.stdin,
      output,
      channel: screen,
      person: values.person,
      ...(values.lang && { language: values.lang }),
      async deliver(arrivals: readonly Arrival[]) {
        const answered = new Promise<void>((resolve) => {
          printed = resolve;
        });
        await assistant.inbox.receive(arrivals.map((one) => withCode(one, code)));
        await answered;
        await allSent(house.database, channels);
      },
    });
    await assistant.stop();
  } finally {
    await house.database.close();
  }
}

/** E-mails go out beside the reply, and may take a moment longer: the next line may need what they say. */
async function allSent({ prisma }: Database, channels: readonly Channel[]): Promise<void> {
  const where = {
    channel: { in: channels.map(({ name }) => name) },
    state: { in: ["READY" as const, "SENDING" as const] },
    notBefore: null,
  };
  while ((await prisma.outbox.count({ where })) > 0) await pause(5);
}

/** What somebody has to copy: six digits, or two groups of four. */
const codeIn = (text: string): string | undefined => /\b\d{6}\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(text)?.[0];

const withCode = (arrival: Arrival, code: string): Arrival =>
  arrival.incoming.kind === "text"
    ? { ...arrival, incoming: { kind: "text", text: arrival.incoming.text.replace("{code}", code) } }
    : arrival;

function fail(reasons: readonly string[]): void {
  process.stderr.write(`${reasons.join("\n")}\n`);
  process.exitCode = 1;
}

if (values.help) console.log(usage);
else await main().catch((error: unknown) => fail([error instanceof Error ? error.message : String(error)]));
