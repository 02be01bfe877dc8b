import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { sessionOf } from "../../prisma/places.ts";
import type { AssistantProcess } from "../support/assistant-process.ts";
import { until } from "../support/until.ts";
import { type Installation, install } from "./installation.ts";

/* Logs hold ids: what people write, are called and choose is looked for in all that a process prints. */

let installation: Installation;
let assistant: AssistantProcess;

beforeAll(async () => {
  installation = await install({ patienceMs: 25_000 });
  assistant = installation.start("webhook", { LOG_LEVEL: "trace" });
  await assistant.ready();
});

afterAll(() => installation.remove());

/** Typed by mistake: not even kept. */
const SECRETS = ["4111 1111 1111 1111", "Canarino1949", "48213907", "48291377"];
const CANARIES = [
  "Canaria",
  "Canarini",
  "canary@example.org",
  "Titolo del canarino",
  "Il canarino canta perché nessuno lo ascolta in questa grande casa",
  "31/2/canary",
  ...SECRETS,
];
/** Long enough to be taken for answers. */
const MISTAKES = [
  "Per pagare quello che serve ecco la mia carta 4111 1111 1111 1111",
  "Per entrare nel sito dal computer la mia password è Canarino1949",
  "Per usare la carta d'identità elettronica il pin è 48213907",
  "Per entrare nel sito mi è arrivato il codice SPID 48291377",
];

it("prints nothing of what people wrote, whatever goes wrong", async () => {
  const { telegram } = installation;
  const person = telegram.person("Canaria", "it");
  const says = async (text: string) => {
    person.says(text);
    await person.hears();
  };
  for (const line of ["partecipare", "31/2/canary", "proposta", "1", "1"]) await says(line);
  // Platforms that fail, and bodies that are no updates, quote what they were given.
  telegram.fail("sendMessage", { code: 500 });
  for (const line of ["Canaria", "Canarini", "canary@example.org"]) await says(line);
  const [mail] = await until(installation.mails, ([first]) => first !== undefined);
  const code = /\b\d{6}\b/.exec(mail?.text ?? "")?.[0] ?? "";
  for (const line of [code, "3", "Titolo del canarino", ...MISTAKES, CANARIES[4] ?? ""]) await says(line);
  await fetch(`${assistant.url}/webhooks/telegram`, {
    method: "POST",
    headers: { "x-telegram-bot-api-secret-token": installation.secret },
    body: `{"canary@example.org": ${CANARIES[4]}`,
  });
  await fetch(`${assistant.url}/phone/telegram/canary@example.org`, { method: "POST", body: "Canarini" });
  const metrics = await (await fetch(`${assistant.url}/metrics`)).text();
  await assistant.stop();

  expect(metrics).toMatch(/^assistant_turns_total \d+$/m);
  expect(metrics).toMatch(/^assistant_sends_total\{channel="telegram",outcome="sent"\} \d+$/m);
  expect(metrics).toMatch(/^assistant_sends_total\{channel="telegram",outcome="later"\} 1$/m);
  expect(metrics).toMatch(/^assistant_sessions_stuck 0$/m);
  const printed = [...assistant.output, assistant.errors(), metrics].join("\n");
  for (const canary of [...CANARIES, code]) expect(printed).not.toContain(canary);
}, 90_000);

it("keeps nothing of secrets that were typed by mistake", async () => {
  const { database, sealer } = await installation.open();
  const kept: string[] = [];
  try {
    // Messages are emptied once they are answered, replies once they are sent.
    const { rows: tables } = await database.pool.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    for (const { name } of tables) {
      const { rows } = await database.pool.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
      kept.push(...rows.map(({ row }) => row));
    }
    expect(await database.prisma.inbox.count({ where: { sealed: { not: null } } })).toBe(0);
    for (const { id, session } of await database.prisma.contact.findMany()) {
      if (session) kept.push(JSON.stringify(sealer.open(sessionOf(id), session, z.unknown())));
    }
  } finally {
    await database.close();
  }
  const all = kept.join("\n");
  // What is kept is found, so what is not found is not there.
  expect(all).toContain("Titolo del canarino");
  for (const secret of SECRETS) expect(all).not.toContain(secret);
});
