import { type DestinationStream, type Logger, pino } from "pino";
import { Defect } from "./core/defect.ts";
import type { LogLevel } from "./environment.ts";

/**
 * Logs hold ids, counts and names of our own things: never a text, a name, a code or a choice.
 * Callers keep to this; what is hidden here is the second line of defence.
 *
 * @param destination standard output unless given
 */
export function makeLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
    redact: { paths: personal.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Fields that may hold what a person wrote, is called or chose, and secrets. */
const personal = [
  "address",
  "answers",
  "ballot",
  "body",
  "choice",
  "code",
  "data",
  "email",
  "fields",
  "incoming",
  "label",
  "literal",
  "message",
  "name",
  "params",
  "password",
  "payload",
  "phone",
  "proposal",
  "replies",
  "secret",
  "session",
  "surname",
  "text",
  "title",
  "to",
  "token",
  "url",
  "value",
];

/**
 * What an error is and where it came from, without its message: databases and parsers quote in
 * it the very value that they refused. Only the runtime's complaints about our code are kept.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const errorCode = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const ofOurCode = error instanceof TypeError || error instanceof ReferenceError || error instanceof Defect;
  return {
    type: error.constructor.name,
    ...(errorCode !== undefined && { errorCode }),
    ...(ofOurCode && { reason: error.message }),
    stack: (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
