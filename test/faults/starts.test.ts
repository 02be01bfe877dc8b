import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { freePort, startAssistant } from "../support/assistant-process.ts";
import { startChild } from "../support/child.ts";
import { putEmbeddedDatabase } from "../support/database.ts";
import { newKey } from "../support/stores.ts";

/* A start that fails says which variable is to blame and what to do, and nothing of our insides. */

const file2022 = resolve("editions/digitale-bene-comune-2022.yaml");
const keys = { SECRET_KEYS: `k:${newKey()}`, LOOKUP_PEPPER: newKey() };

/** What is wrong, by the test that reads what is said of it. */
const wrong = async (folder: string) => ({
  settings: {
    PORT: "80a",
    LOG_LEVEL: "loud",
    DATABASE_URL: "mysql://segreto@localhost/x",
    TELEGRAM_WEBHOOK_SECRET: "x",
    SMTP_URL: "smtp://localhost",
  },
  noDatabase: { ...keys, DATABASE_URL: `postgresql://utente:segreto@127.0.0.1:${await freePort()}/x` },
  edition: { EDITION: join(folder, "wrong.yaml") },
  noEdition: { EDITION: join(folder, "nowhere.yaml") },
  clock: { EDITION: file2022, CLOCK: "2022-04-20" },
});
type Wrong = keyof Awaited<ReturnType<typeof wrong>>;

let folder: string;
const refusals = new Map<string, string>();
const refusal = (of: Wrong): string => refusals.get(of) ?? "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bene-comune-"));
  await putEmbeddedDatabase(folder);
  await writeFile(
    join(folder, "wrong.yaml"),
    `extends: ${file2022}\narchive: false\nnmae: x\nbudget: { amount: none }\nphases: [{ id: vote, from: never }]\n`,
  );
  const starts = Object.entries(await wrong(folder));
  const child = startChild(
    new URL("programs/refusals.ts", import.meta.url),
    JSON.stringify(starts.map(([, env]) => ({ ...BASIC, DATA_DIR: folder, ...env }))),
  );
  await child.finish();
  const outcome = z.object({ code: z.literal(1), said: z.string() });
  for (const [at, [of]] of starts.entries())
    refusals.set(of, expectPlain(outcome.parse(JSON.parse(child.lines[at] ?? "{}")).said));
});
afterAll(() => rm(folder, { recursive: true }));

const BASIC = { HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "fatal" };

function expectPlain(said: string): string {
  expect(said).toMatch(/^It cannot start:\n {2}\S/);
  expect(said).not.toMatch(/\n\s+at |node:internal|\.ts:\d/);
  return said;
}

/** Starts it by itself, expects it to refuse, and gives what it said. */
async function refusalAlone(env: Readonly<Record<string, string>>): Promise<string> {
  const process = startAssistant({ DATA_DIR: folder, ...BASIC, ...env });
  expect(await process.ended).toBe(1);
  return expectPlain(process.errors());
}

describe("settings", () => {
  test("that are wrong or missing are all named, with the remedy", () => {
    const said = refusal("settings");
    for (const line of [
      /^ {2}PORT is not a port: use a number/m,
      /^ {2}LOG_LEVEL is not a level: use one of/m,
      /^ {2}DATABASE_URL is not the address of a PostgreSQL database: use postgresql:/m,
      /^ {2}SECRET_KEYS is required with DATABASE_URL: set it to .* openssl rand/m,
      /^ {2}LOOKUP_PEPPER is required with DATABASE_URL: set it to .* openssl rand/m,
      /^ {2}TELEGRAM_BOT_TOKEN is missing beside TELEGRAM_WEBHOOK_SECRET: set it too/m,
      /^ {2}MAIL_FROM is missing beside SMTP_URL: set it too/m,
    ]) {
      expect(said).toMatch(line);
    }
    expect(said).not.toContain("segreto");
  });

  test("that name a database where none is", () => {
    const said = refusal("noDatabase");
    expect(said).toContain("DATABASE_URL");
    expect(said).not.toContain("segreto");
  });
});

describe("an edition", () => {
  test("with mistakes is refused with all of them, by path", () => {
    const said = refusal("edition");
    expect(said).toContain("EDITION");
    for (const path of ["nmae", "budget.amount", "privacy.controller", "privacy.dpo", "privacy.notice"]) {
      expect(said).toMatch(new RegExp(`^\\s+${path.replace(".", "\\.")}: `, "m"));
    }
  });

  test("that is no file is refused by its name", () => {
    expect(refusal("noEdition")).toMatch(/EDITION .*nowhere\.yaml/);
  });

  test("that is real does not follow a clock that is moved", () => {
    expect(refusal("clock")).toMatch(/CLOCK would move the time .*: unset it/);
  });
});

test("a port that is taken, and an embedded database that another process has, are refused", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen.");
  try {
    const said = await refusalAlone({ PORT: String(address.port) });
    expect(said).toContain(`PORT ${address.port} is taken: set PORT to another one.`);
  } finally {
    server.close();
  }
  const holder = startAssistant({ DATA_DIR: folder, PORT: String(await freePort()) });
  try {
    await holder.ready();
    expect(await refusalAlone({})).toMatch(/database is in use .*(?:Stop that process|DATABASE_URL)/s);
  } finally {
    await holder.kill();
  }
}, 60_000);
