import { Temporal } from "temporal-polyfill";
import { z } from "zod";

/** A key of the encryption of personal data, AES-256. */
export interface SecretKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** How to make a key that nobody can guess. */
const makeKey = "make 32 random bytes: openssl rand -base64 32";

/** Every variable of the environment, each optional, with its format. */
export const environment = z.object({
  PORT: variable(readPort, "is not a port", "use a number from 0 to 65535, such as 3000"),
  HOST: variable(
    matching(/^[\w.:-]+$/),
    "is not an address",
    "use an address to listen on, such as 127.0.0.1",
  ),
  BASE_URL: variable(
    readBaseUrl,
    "is not the address of a site",
    "use https://, a name and nothing after the path, such as https://partecipa.example.org",
  ),
  DATA_DIR: variable(anyText, "is not a path", "use the path of a folder"),
  DATABASE_URL: variable(
    urlOf("postgresql:", "postgres:"),
    "is not the address of a PostgreSQL database",
    "use postgresql://user:password@host:5432/database, or unset it for the embedded database",
  ),
  EDITION: variable(anyText, "is not a path", "use the path of an edition's file"),
  CLOCK: variable(readTime, "is not a time", "use an ISO time, such as 2022-10-18T10:00:00+02:00"),
  SECRET_KEYS: variable(
    readKeys,
    "is not a list of keys of 32 bytes in base64, each with its own id",
    `use id:key, newest first, separated by commas; ${makeKey}`,
  ),
  LOOKUP_PEPPER: variable(readBytes, "is not 32 bytes in base64", makeKey),
  TELEGRAM_BOT_TOKEN: variable(
    matching(/^\d+:[\w-]+$/),
    "is not a bot's token",
    "copy it from BotFather: digits, a colon and a code",
  ),
  TELEGRAM_API_ROOT: variable(readBaseUrl, "is not an address", "unset it for Telegram's own"),
  // 1-256 of these characters: core.telegram.org/bots/api#setwebhook
  TELEGRAM_WEBHOOK_SECRET: variable(
    matching(/^[\w-]{1,256}$/),
    "has characters that Telegram does not take",
    "use up to 256 letters, digits, _ and -",
  ),
  WHATSAPP_ACCESS_TOKEN: variable(matching(/^\S+$/), "is not a token", "copy the system user's token"),
  WHATSAPP_PHONE_NUMBER_ID: variable(
    matching(/^\d+$/),
    "is not a number's id",
    "copy the phone number ID, digits only; it is not the telephone number",
  ),
  WHATSAPP_APP_SECRET: variable(matching(/^\S+$/), "is not a secret", "copy the app secret of the Meta app"),
  WHATSAPP_VERIFY_TOKEN: variable(
    matching(/^\S+$/),
    "is not a token",
    "choose a word without spaces and give Meta the same one",
  ),
  WHATSAPP_API_ROOT: variable(readBaseUrl, "is not an address", "unset it for Meta's own"),
  WHATSAPP_API_VERSION: variable(matching(/^v\d+\.\d+$/), "is not a version", "use one such as v23.0"),
  // As the gateway writes it: a slash at its end is part of its name.
  OIDC_ISSUER: variable(
    urlOf("https:", "http:"),
    "is not an issuer's address",
    "copy it from the SPID/CIE gateway",
  ),
  OIDC_CLIENT_ID: variable(anyText, "is not an id", "copy it from the SPID/CIE gateway"),
  OIDC_CLIENT_SECRET: variable(anyText, "is not a secret", "copy it from the SPID/CIE gateway"),
  SMTP_URL: variable(
    urlOf("smtp:", "smtps:"),
    "is not a mail server's address",
    "use smtps://user:password@host:465 or smtp://host:587",
  ),
  MAIL_FROM: variable(
    matching(/^(?:[^<>@]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/),
    "is not an address",
    "use name@example.org or Name <name@example.org>",
  ),
  SMS_GATEWAY_URL: variable(urlOf("https:", "http:"), "is not an address", "use the gateway's https address"),
  SMS_GATEWAY_TOKEN: variable(matching(/^\S+$/), "is not a token", "copy it from the SMS gateway"),
  TRANSCRIBE_URL: variable(
    readTranscribeUrl,
    "is not the address of a service",
    "use https:// and its name, with or without /v1/audio/transcriptions",
  ),
  TRANSCRIBE_TOKEN: variable(matching(/^\S+$/), "is not a token", "copy it from the service"),
  LOG_LEVEL: variable(
    (text) => logLevels.find((level) => level === text),
    "is not a level",
    `use one of ${logLevels.join(", ")}`,
  ),
});

export type Environment = z.infer<typeof environment>;
export type Variable = keyof Environment;

/** A variable that a reader understands, or a problem that never quotes what was given. */
function variable<T>(read: (text: string) => T | undefined, problem: string, remedy: string) {
  return z
    .string()
    .transform((text, context) => {
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: "custom", message: problem, params: { remedy } });
      return z.NEVER;
    })
    .optional();
}

function anyText(text: string): string {
  return text;
}

function matching(pattern: RegExp) {
  return (text: string) => (pattern.test(text) ? text : undefined);
}

function urlOf(...protocols: readonly string[]) {
  return (text: string) => {
    const isUrl = URL.canParse(text) && text.includes("://");
    return isUrl && protocols.includes(new URL(text).protocol) ? text : undefined;
  };
}

/** Without a slash at its end, so that a path can be written after it. */
function readBaseUrl(text: string): string | undefined {
  if (!urlOf("https:", "http:")(text)) return undefined;
  const url = new URL(text);
  if (url.search || url.hash || url.username) return undefined;
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

/** OpenAI's interface has one address for this, which may be given whole or up to where its path begins. */
function readTranscribeUrl(text: string): string | undefined {
  const base = readBaseUrl(text);
  const whole = base?.replace(/(?:\/v1(?:\/audio\/transcriptions)?)?$/, "/v1/audio/transcriptions");
  return base?.endsWith("/audio/transcriptions") ? base : whole;
}

function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function readBytes(text: string): Uint8Array | undefined {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Uint8Array.from(Buffer.from(text, "base64")) : undefined;
}

function readKeys(text: string): readonly SecretKey[] | undefined {
  const keys: SecretKey[] = [];
  for (const item of text.split(",")) {
    const [, id, encoded] = /^([\w-]{1,32}):(.+)$/.exec(item.trim()) ?? [];
    const key = encoded === undefined ? undefined : readBytes(encoded);
    if (id === undefined || key === undefined || keys.some((other) => other.id === id)) return undefined;
    keys.push({ id, key });
  }
  return keys;
}

/** A time without an offset is Italy's, where the assistant lives; a day alone is its midnight. */
export function readTime(text: string): Date | undefined {
  try {
    if (/[Tt ].*(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(text))
      return new Date(Temporal.Instant.from(text).epochMilliseconds);
    return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime("Europe/Rome").epochMilliseconds);
  } catch {
    return undefined;
  }
}
