import type { IncomingMessage } from "node:http";
import { readMultipart } from "./multipart.ts";
import type { Parameters, UploadedFile } from "./types.ts";

export interface Call {
  readonly token: string;
  readonly method: string;
  readonly parameters: Parameters;
  /** What stands before the bot's part of the address: tells several callers apart. */
  readonly via: string;
}

/**
 * Reads a call in every way that the Bot API takes one: query string, JSON, form, multipart.
 *
 * @see https://core.telegram.org/bots/api#making-requests
 */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? "/", "http://fake");
  const [, via = "", token = "", method = ""] = /^\/?([\w-]*)\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
  const query = [...url.searchParams].map(([name, value]) => [name, readField(name, value)] as const);
  const parameters = { ...Object.fromEntries(query), ...(await readBody(request)) };
  return { token, method: canonical(method), parameters, via };
}

/** Method names are case-insensitive. */
const canonical = (method: string) => method.toLowerCase();

async function readBody(request: IncomingMessage): Promise<Parameters> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (body.length === 0) return {};
  if (type.startsWith("application/json")) return JSON.parse(body.toString("utf8"));
  const given: Iterable<readonly [string, string | UploadedFile]> = type.startsWith("multipart/form-data")
    ? readMultipart(body, type)
    : new URLSearchParams(body.toString("utf8"));
  const fields: Record<string, unknown> = {};
  for (const [name, value] of given)
    fields[name] = typeof value === "string" ? readField(name, value) : value;
  return attached(fields);
}

/** Files may stand under a name of their own, and the parameter says which. */
function attached(given: Readonly<Record<string, unknown>>): Parameters {
  const used = new Set<string>();
  const entries = Object.entries(given).map(([name, value]) => {
    const [, part] = typeof value === "string" ? (/^attach:\/\/(.+)$/.exec(value) ?? []) : [];
    if (part === undefined) return [name, value] as const;
    used.add(part);
    return [name, given[part]] as const;
  });
  return Object.fromEntries(entries.filter(([name]) => !used.has(name)));
}

const TEXTS = new Set([
  "text",
  "caption",
  "url",
  "secret_token",
  "callback_query_id",
  "parse_mode",
  "language_code",
]);

/** In a form everything is text, and what is not is serialised as JSON. */
function readField(name: string, value: string): unknown {
  if (TEXTS.has(name)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
