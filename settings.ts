import {
  type Environment,
  environment,
  type LogLevel,
  type SecretKey,
  type Variable,
} from "./environment.ts";

/** What the process was told by its environment. A capability that is off is `undefined`. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Public address without a slash at its end; undefined: the address it listens on. */
  readonly baseUrl?: string | undefined;
  readonly dataDir: string;
  /** Undefined: the embedded database under `dataDir`. */
  readonly databaseUrl?: string | undefined;
  /** Undefined: the demo edition. */
  readonly editionFile?: string | undefined;
  /** When the process is to believe that it starts; see {@link clockProblem}. */
  readonly clock?: { readonly startsAt: Date; readonly inTest: boolean } | undefined;
  /** Keys newest first, and the pepper of blind indexes; undefined: made and kept under `dataDir`. */
  readonly secrets?: { readonly keys: readonly SecretKey[]; readonly pepper: Uint8Array } | undefined;
  readonly telegram?:
    | {
        readonly token: string;
        readonly apiRoot: string;
        readonly webhookSecret?: string | undefined;
        /** Undefined: long polling. */
        readonly webhookUrl?: string | undefined;
      }
    | undefined;
  readonly whatsapp?:
    | {
        readonly accessToken: string;
        readonly phoneNumberId: string;
        readonly appSecret: string;
        readonly verifyToken: string;
        readonly apiRoot: string;
        readonly apiVersion: string;
      }
    | undefined;
  readonly oidc?:
    | { readonly issuer: string; readonly clientId: string; readonly clientSecret: string }
    | undefined;
  readonly mail?: { readonly smtpUrl: string; readonly from: string } | undefined;
  readonly sms?: { readonly url: string; readonly token: string } | undefined;
  /** `url` is the whole address of `/v1/audio/transcriptions`. */
  readonly transcription?: { readonly url: string; readonly token?: string | undefined } | undefined;
  readonly logLevel: LogLevel;
}

/** Something that stops the start. Never holds a variable's value, which may be a secret. */
export interface Problem {
  readonly variable: Variable;
  readonly problem: string;
  readonly remedy: string;
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Variables that are set all or none, and those that mean something only beside them. */
const groups: readonly { readonly all: readonly Variable[]; readonly beside?: readonly Variable[] }[] = [
  { all: ["SECRET_KEYS", "LOOKUP_PEPPER"] },
  { all: ["TELEGRAM_BOT_TOKEN"], beside: ["TELEGRAM_WEBHOOK_SECRET"] },
  {
    all: [
      "WHATSAPP_ACCESS_TOKEN",
      "WHATSAPP_PHONE_NUMBER_ID",
      "WHATSAPP_APP_SECRET",
      "WHATSAPP_VERIFY_TOKEN",
    ],
  },
  { all: ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] },
  { all: ["SMTP_URL", "MAIL_FROM"] },
  { all: ["SMS_GATEWAY_URL", "SMS_GATEWAY_TOKEN"] },
  { all: ["TRANSCRIBE_URL"], beside: ["TRANSCRIBE_TOKEN"] },
];

/** Reads the environment whole: every problem is told at once. A blank variable is an unset one. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): ReadSettings {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()] as const] : [])),
  );
  const read = environment.safeParse(given);
  const problems = [
    ...(read.error?.issues ?? []).map(({ path, message, ...issue }) => ({
      variable: environment.keyof().parse(path[0]),
      problem: message,
      remedy: "params" in issue ? String(issue.params?.["remedy"]) : "correct it or unset it",
    })),
    ...missing((variable) => given[variable] !== undefined),
  ];
  if (!read.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, settings: arrange(read.data, given["NODE_ENV"] === "test") };
}

function missing(isSet: (variable: Variable) => boolean): Problem[] {
  const found = new Map<Variable, Problem>();
  for (const { all, beside = [] } of groups) {
    const there = [...all, ...beside].filter(isSet).join(", ");
    for (const variable of all)
      if (there && !isSet(variable))
        found.set(variable, {
          variable,
          problem: `is missing beside ${there}`,
          remedy: `set it too, or unset ${there}`,
        });
  }
  if (isSet("DATABASE_URL"))
    for (const variable of ["SECRET_KEYS", "LOOKUP_PEPPER"] as const)
      if (!isSet(variable))
        found.set(variable, {
          variable,
          problem: "is required with DATABASE_URL",
          remedy: `set it to ${variable === "SECRET_KEYS" ? "an id, a colon and " : ""}what this prints, and keep it safe: openssl rand -base64 32`,
        });
  return [...found.values()];
}

/** From flat variables to what the rest of the house works with. */
function arrange(env: Environment, inTest: boolean): Settings {
  const telegram = whole({ token: env.TELEGRAM_BOT_TOKEN });
  const whatsapp = whole({
    accessToken: env.WHATSAPP_ACCESS_TOKEN,
    phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID,
    appSecret: env.WHATSAPP_APP_SECRET,
    verifyToken: env.WHATSAPP_VERIFY_TOKEN,
  });
  const transcription = whole({ url: env.TRANSCRIBE_URL });
  const webhook = env.TELEGRAM_WEBHOOK_SECRET !== undefined && env.BASE_URL?.startsWith("https:");
  return {
    host: env.HOST ?? "127.0.0.1",
    port: env.PORT ?? 3000,
    baseUrl: env.BASE_URL,
    dataDir: env.DATA_DIR ?? ".data",
    databaseUrl: env.DATABASE_URL,
    editionFile: env.EDITION,
    clock: env.CLOCK && { startsAt: env.CLOCK, inTest },
    secrets: whole({ keys: env.SECRET_KEYS, pepper: env.LOOKUP_PEPPER }),
    telegram: telegram && {
      ...telegram,
      apiRoot: env.TELEGRAM_API_ROOT ?? "https://api.telegram.org",
      webhookSecret: env.TELEGRAM_WEBHOOK_SECRET,
      webhookUrl: webhook ? `${env.BASE_URL}/webhooks/telegram` : undefined,
    },
    whatsapp: whatsapp && {
      ...whatsapp,
      apiRoot: env.WHATSAPP_API_ROOT ?? "https://graph.facebook.com",
      apiVersion: env.WHATSAPP_API_VERSION ?? "v23.0",
    },
    oidc: whole({
      issuer: env.OIDC_ISSUER,
      clientId: env.OIDC_CLIENT_ID,
      clientSecret: env.OIDC_CLIENT_SECRET,
    }),
    mail: whole({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM }),
    sms: whole({ url: env.SMS_GATEWAY_URL, token: env.SMS_GATEWAY_TOKEN }),
    transcription: transcription && { ...transcription, token: env.TRANSCRIBE_TOKEN },
    logLevel: env.LOG_LEVEL ?? "info",
  };
}

type Whole<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** The parts of a capability where all of them are there; a capability is never half on. */
function whole<T extends object>(parts: T): Whole<T> | undefined {
  return isWhole(parts) ? parts : undefined;
}

function isWhole<T extends object>(parts: T): parts is T & Whole<T> {
  return Object.values(parts).every((part) => part !== undefined);
}

/**
 * Why the clock may not be moved, if so: a real edition's phases, ages and terms follow the real
 * time. Only the edition says whether it is real, so this is asked once it is loaded.
 */
export function clockProblem(settings: Settings, demo: boolean): Problem | null {
  if (!settings.clock || settings.clock.inTest || demo) return null;
  return {
    variable: "CLOCK",
    problem: "would move the time of an edition that is not a demo",
    remedy: "unset it, or choose an edition marked demo: true",
  };
}

/** A capability that is off, what sets it on, and what is lost meanwhile: said once at start. */
export interface Off {
  readonly capability: string;
  readonly set: readonly Variable[];
  readonly meanwhile: string;
}

export function capabilitiesOff(settings: Settings): readonly Off[] {
  const capabilities: readonly (readonly [
    on: unknown,
    capability: string,
    set: readonly Variable[],
    meanwhile: string,
  ])[] = [
    [settings.telegram, "Telegram", ["TELEGRAM_BOT_TOKEN"], "nobody can write there"],
    [
      settings.whatsapp,
      "WhatsApp",
      ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"],
      "nobody can write there",
    ],
    [
      settings.oidc,
      "SPID and CIE",
      ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
      "nobody can sign in with them",
    ],
    [settings.mail, "e-mail", ["SMTP_URL", "MAIL_FROM"], "no e-mail leaves"],
    [settings.sms, "SMS", ["SMS_GATEWAY_URL", "SMS_GATEWAY_TOKEN"], "no SMS leaves"],
    [settings.transcription, "voice notes", ["TRANSCRIBE_URL"], "people are asked to write instead"],
  ];
  return capabilities
    .filter(([on]) => on === undefined)
    .map(([, capability, set, meanwhile]) => ({ capability, set, meanwhile }));
}
