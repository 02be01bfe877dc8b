import { request } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { makeLog } from "../log.ts";
import { socketIn } from "../office/socket.ts";
import { readSettings, type Settings } from "../settings.ts";
import { type Options, type Parsed, Refusal, runCommand } from "./command.ts";

export { Misuse, Refusal } from "./command.ts";

/** The office's work, wherever the store is open. */
export interface OfficeClient {
  /** @returns `undefined` where there is no such thing */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined>;
  post(path: string, body: object): Promise<Outcome>;
  /** As {@link post}, for what gives something back. */
  call<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T | undefined>;
}

const outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), told: z.boolean() }),
  z.object({ kind: z.literal("unknown") }),
  z.object({ kind: z.literal("conflict"), state: z.string() }),
]);
export type Outcome = z.infer<typeof outcome>;

/** One command of the office, such as `npm run tickets -- …`. */
export interface OfficeCommand<O extends Options> {
  readonly usage: string;
  readonly options: O;
  /**
   * Understands what was typed, before anything is opened.
   *
   * @returns what does it, and gives what is to be printed or throws a {@link Refusal}
   * @throws {Misuse}
   */
  plan(words: readonly string[], options: Parsed<O>["values"]): (office: OfficeClient) => Promise<string>;
}

/** Runs what was typed: 0 done, 1 not done and why, 2 not understood. */
export const runOfficeCommand = <O extends Options>({
  usage,
  options,
  plan,
}: OfficeCommand<O>): Promise<void> =>
  runCommand({ usage, options, run: async (words, values) => withOffice(plan(words, values)) });

/**
 * Reaches the process that has the embedded database open by its socket; where there is none, or
 * the database is a server, it opens the store itself.
 */
async function withOffice<T>(use: (office: OfficeClient) => Promise<T>): Promise<T> {
  const read = readSettings(process.env);
  if (!read.ok) {
    throw new Refusal(
      read.problems.map((one) => `${one.variable} ${one.problem}: ${one.remedy}.`).join("\n"),
    );
  }
  const { settings } = read;
  if (settings.databaseUrl === undefined && (await isServed(settings))) {
    return use(clientOf((...sent) => bySocket(socketIn(settings.dataDir), ...sent)));
  }
  // Loaded only here: a command that reaches a running process needs nothing of the house.
  const { officeOf, openHouse } = await import("../assistant.ts");
  const log = makeLog("error", { write: (line) => void process.stderr.write(line) });
  const house = await openHouse(settings, log);
  try {
    // Sent by the process that runs beside, which looks every moment, or by the next that starts.
    const app = officeOf(house, () => undefined);
    return await use(
      clientOf(async (method, path, body) => {
        const response = await app.request(path, { method, ...(body && { body: JSON.stringify(body) }) });
        return { status: response.status, body: await response.text() };
      }),
    );
  } finally {
    await house.database.close();
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
}
type Send = (method: "GET" | "POST", path: string, body?: object) => Promise<Answer>;

function clientOf(send: Send): OfficeClient {
  return {
    async get(path, schema) {
      const answer = await send("GET", path);
      return answer.status === 404 ? undefined : schema.parse(understood(answer));
    },
    async post(path, body) {
      return outcome.parse(understood(await send("POST", path, body)));
    },
    async call(path, body, schema) {
      const answer = await send("POST", path, body);
      return answer.status === 404 ? undefined : schema.parse(understood(answer));
    },
  };
}

function understood({ status, body }: Answer): unknown {
  const content: unknown = JSON.parse(body);
  if (status < 400 || status === 404 || status === 409) return content;
  const told = z.object({ problem: z.string() }).safeParse(content);
  throw new Refusal(told.data?.problem ?? "It failed: the log says why.");
}

/** Whether a process listens; a socket that one which died has left refuses. */
async function isServed({ dataDir }: Settings): Promise<boolean> {
  try {
    await bySocket(socketIn(dataDir), "GET", "/");
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ECONNREFUSED") return false;
    throw error;
  }
}

async function bySocket(socketPath: string, ...[method, path, body]: Parameters<Send>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, agent: false }, (response) => {
      text(response).then((content) => resolve({ status: response.statusCode ?? 0, body: content }), reject);
    });
    sent.on("error", reject).end(body && JSON.stringify(body));
  });
}
