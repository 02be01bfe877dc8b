import { afterAll, beforeAll, expect, it } from "vitest";
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

const CANARIES = [
  "Canaria",
  "Canarini",
  "canary@example.org",
  "Titolo del canarino",
  "Il canarino canta perché nessuno lo ascolta in questa grande casa",
  "31/2/canary",
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
  for (const line of [code, "3", "Titolo del canarino", CANARIES[4] ?? ""]) await says(line);
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
