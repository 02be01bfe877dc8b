import { randomBytes } from "node:crypto";
import { constantFrom, property, assert as propertyHolds, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { environment } from "../environment.ts";
import { capabilitiesOff, clockProblem, readSettings, type Settings } from "../settings.ts";

const bytes = () => randomBytes(32).toString("base64");
const secrets = { SECRET_KEYS: `new:${bytes()},old:${bytes()}`, LOOKUP_PEPPER: bytes() };
const whatsapp = {
  WHATSAPP_ACCESS_TOKEN: "EAAG",
  WHATSAPP_PHONE_NUMBER_ID: "106540352242922",
  WHATSAPP_APP_SECRET: "0f3c",
  WHATSAPP_VERIFY_TOKEN: "parola",
};

function settings(env: Record<string, string>): Settings {
  const read = readSettings(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

function problems(env: Record<string, string>) {
  const read = readSettings(env);
  return read.ok ? [] : read.problems;
}

const complaints = (env: Record<string, string>) =>
  problems(env).map(({ variable, problem }) => `${variable} ${problem}`);

describe("An empty environment", () => {
  test("is enough to start the demo, with every outside capability off", () => {
    const demo = settings({});
    expect(demo).toMatchObject({ host: "127.0.0.1", port: 3000, dataDir: ".data", logLevel: "info" });
    expect(capabilitiesOff(demo).map(({ capability }) => capability)).toEqual([
      "Telegram",
      "WhatsApp",
      "SPID and CIE",
      "e-mail",
      "SMS",
      "voice notes",
    ]);
  });

  test("is what blank variables are", () => {
    expect(settings({ PORT: "", DATABASE_URL: "  ", SMTP_URL: "" })).toEqual(settings({}));
  });
});

describe("Capabilities", () => {
  test("are on when their variables are there", () => {
    const all = settings({
      ...secrets,
      ...whatsapp,
      TELEGRAM_BOT_TOKEN: "123:abc",
      OIDC_ISSUER: "https://login.example.org/",
      OIDC_CLIENT_ID: "bene-comune",
      OIDC_CLIENT_SECRET: "x",
      SMTP_URL: "smtps://user:pass@mail.example.org:465",
      MAIL_FROM: "Unione <partecipa@example.org>",
      SMS_GATEWAY_URL: "https://sms.example.org/send",
      SMS_GATEWAY_TOKEN: "x",
      TRANSCRIBE_URL: "http://127.0.0.1:8000",
    });
    expect(capabilitiesOff(all)).toEqual([]);
    expect(all.whatsapp).toMatchObject({ apiRoot: "https://graph.facebook.com", appSecret: "0f3c" });
    expect(all.transcription).toEqual({ url: "http://127.0.0.1:8000/v1/audio/transcriptions" });
    expect(all.oidc?.issuer).toBe("https://login.example.org/");
    expect(all.secrets?.keys.map(({ id, key }) => [id, key.length])).toEqual([
      ["new", 32],
      ["old", 32],
    ]);
  });

  test("are never half on", () => {
    expect(complaints({ ...whatsapp, WHATSAPP_APP_SECRET: "" })).toEqual([
      expect.stringMatching(/^WHATSAPP_APP_SECRET is missing beside WHATSAPP_ACCESS_TOKEN/),
    ]);
    expect(complaints({ SMTP_URL: "smtp://localhost" })).toEqual(["MAIL_FROM is missing beside SMTP_URL"]);
    expect(complaints({ TELEGRAM_WEBHOOK_SECRET: "x" })).toEqual([
      "TELEGRAM_BOT_TOKEN is missing beside TELEGRAM_WEBHOOK_SECRET",
    ]);
    expect(complaints({ TRANSCRIBE_TOKEN: "x" })).toEqual([
      "TRANSCRIBE_URL is missing beside TRANSCRIBE_TOKEN",
    ]);
  });

  test("Telegram comes by webhook only to an https address and with a secret", () => {
    const telegram = { TELEGRAM_BOT_TOKEN: "123:abc", TELEGRAM_WEBHOOK_SECRET: "s" };
    expect(settings({ ...telegram, BASE_URL: "https://example.org/" }).telegram?.webhookUrl).toBe(
      "https://example.org/webhooks/telegram",
    );
    expect(settings({ ...telegram, BASE_URL: "http://example.org" }).telegram?.webhookUrl).toBeUndefined();
    const withoutSecret = { TELEGRAM_BOT_TOKEN: "123:abc", BASE_URL: "https://example.org" };
    expect(settings(withoutSecret).telegram?.webhookUrl).toBeUndefined();
  });
});

describe("A database server", () => {
  test("needs keys and pepper of its own", () => {
    expect(complaints({ DATABASE_URL: "postgresql://postgres@127.0.0.1:5432/test" })).toEqual([
      "SECRET_KEYS is required with DATABASE_URL",
      "LOOKUP_PEPPER is required with DATABASE_URL",
    ]);
    const url = "postgresql://postgres@127.0.0.1:5432/test";
    expect(settings({ ...secrets, DATABASE_URL: url }).databaseUrl).toBe(url);
  });
});

describe("A bad value", () => {
  test.each([
    ["PORT", "80a"],
    ["PORT", "65536"],
    ["HOST", "not an address"],
    ["BASE_URL", "example.org"],
    ["BASE_URL", "https://example.org/?a=1"],
    ["DATABASE_URL", "mysql://localhost/test"],
    ["CLOCK", "yesterday"],
    ["CLOCK", "2022-13-01"],
    ["SECRET_KEYS", bytes()],
    ["SECRET_KEYS", "one:c2hvcnQ="],
    ["SECRET_KEYS", `one:${bytes()},one:${bytes()}`],
    ["LOOKUP_PEPPER", randomBytes(31).toString("base64")],
    ["TELEGRAM_BOT_TOKEN", "token"],
    ["TELEGRAM_WEBHOOK_SECRET", "à"],
    ["WHATSAPP_PHONE_NUMBER_ID", "+39 0523"],
    ["WHATSAPP_API_VERSION", "23"],
    ["SMTP_URL", "mail.example.org"],
    ["MAIL_FROM", "nobody"],
    ["LOG_LEVEL", "loud"],
  ])("of %s (%s) stops the start with a remedy", (variable, value) => {
    expect(problems({ [variable]: value })).toContainEqual({
      variable,
      problem: expect.stringMatching(/^(?:is|has) /),
      remedy: expect.stringMatching(/\w/),
    });
  });

  test("is told together with every other", () => {
    const found = problems({ PORT: "x", LOG_LEVEL: "x", DATABASE_URL: "postgresql://h/d" });
    expect(found.map(({ variable }) => variable)).toEqual(
      expect.arrayContaining(["PORT", "LOG_LEVEL", "SECRET_KEYS", "LOOKUP_PEPPER"]),
    );
  });

  test("is never quoted: it may be a secret in the wrong place", () => {
    return propertyHolds(
      property(constantFrom(...environment.keyof().options), string({ minLength: 1 }), (variable, noise) => {
        const value = `~ ${noise} hunter2`;
        return !JSON.stringify(readSettings({ [variable]: value })).match(/"problems".*hunter2/);
      }),
    );
  });
});

describe("The clock", () => {
  test("is read as Italy's where no offset is given", () => {
    const startsAt = (CLOCK: string) => settings({ CLOCK }).clock?.startsAt.toISOString();
    expect(startsAt("2022-10-18T10:00:00Z")).toBe("2022-10-18T10:00:00.000Z");
    expect(startsAt("2022-10-18T10:00:00+02:00")).toBe("2022-10-18T08:00:00.000Z");
    expect(startsAt("2022-10-18T10:00")).toBe("2022-10-18T08:00:00.000Z");
    expect(startsAt("2022-12-18")).toBe("2022-12-17T23:00:00.000Z");
  });

  test("moves only for a demo or a test", () => {
    const moved = settings({ CLOCK: "2022-10-18" });
    expect(clockProblem(moved, false)).toMatchObject({ variable: "CLOCK" });
    expect(clockProblem(moved, true)).toBeNull();
    expect(clockProblem(settings({ CLOCK: "2022-10-18", NODE_ENV: "test" }), false)).toBeNull();
    expect(clockProblem(settings({}), false)).toBeNull();
  });
});
