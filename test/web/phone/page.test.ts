import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeDocument } from "../../../bots/documents/index.ts";
import type { Arrival } from "../../../core/ports.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { openStand, type Stand } from "../../browser/stand.ts";
import { CARD } from "../../support/card.ts";
import { openTestDatabase } from "../../support/database.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";

let database: Database;
let stores: Stores;
let stand: Stand;
let received: Arrival[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
  stand = await openStand(
    stores,
    (arrival) => {
      received.push(arrival);
      return { text: "<b>Eccolo</b>", choices: [], ...attached(arrival) };
    },
    makeDocument,
  );
});
beforeEach(() => {
  received = [];
});
afterAll(async () => {
  await stand.stop();
  await database.close();
});

const DOCUMENT = {
  fileName: "proposta è.pdf",
  language: "it",
  title: "Proposta",
  intro: [],
  rows: [],
  notes: [],
};
const attached = ({ incoming }: Arrival) => ({
  ...(incoming.kind === "text" && incoming.text === "modulo" && { document: DOCUMENT }),
  ...(incoming.kind === "text" && incoming.text === "scheda" && { picture: CARD }),
});
const owner = { name: "Rosa", language: "it" };
const typed = (key: string, text = "Ciao") => JSON.stringify({ owner, action: { kind: "text", key, text } });

function post(path: string, body: string, type = "application/json") {
  // A body that was refused unread ends its connection, which nothing else is to use.
  const headers = { "content-type": type, connection: "close" };
  return fetch(`${stand.url}${path}`, { method: "POST", headers, body });
}

/** The first events of a phone's line that carry an entry. */
async function events(path: string, count: number, headers: Record<string, string> = {}) {
  const gone = new AbortController();
  const response = await fetch(`${stand.url}${path}`, { headers, signal: gone.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const entries = () => [...text.matchAll(/^data: (\{.*\})\nid: (\d+)$/gm)];
  while (entries().length < count) text += (await reader?.read())?.value ?? "";
  gone.abort();
  return entries().map(([, data = "", id = ""]) => ({ ...JSON.parse(data), id }));
}

describe("The page", () => {
  test("forbids whatever does not come from here", async () => {
    const response = await fetch(stand.url);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const page = await response.text();
    expect(page).toContain('<html lang="it" dir="ltr">');
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test("is small: everything it loads is below 100 KB", async () => {
    const page = await (await fetch(stand.url)).text();
    const linked = [...page.matchAll(/(?:src|href)="(\/phone\/assets\/[^"]+)"/g)].map(([, path]) => path);
    const imported = "phone line unsent draw whatsapp telegram sheet panel dom".split(" ");
    const paths = [
      ...linked,
      "/phone/assets/doodle.svg",
      ...imported.map((name) => `/phone/assets/${name}.js`),
    ];
    let bytes = page.length;
    for (const path of paths) {
      const response = await fetch(`${stand.url}${path}`);
      expect(response.status).toBe(200);
      bytes += (await response.arrayBuffer()).byteLength;
    }
    expect(bytes).toBeLessThan(100_000);
  });

  test("falls back to the first language for one that is not offered", async () => {
    expect(await (await fetch(`${stand.url}/?lang=xx`)).text()).toContain('<html lang="it" dir="ltr">');
  });
});

describe("What a person does", () => {
  test("comes back on the line, and again from any entry on", async () => {
    const path = "/phone/whatsapp/nonna-1";
    const { id } = (await (await post(path, typed("typed-001"))).json()) as { id: string };
    const [mine, theirs] = await events(`${path}/events`, 2);
    expect(mine).toMatchObject({ id, direction: "in", payload: { kind: "text", text: "Ciao" } });
    expect(theirs).toMatchObject({ direction: "out", payload: { text: { body: "<b>Eccolo</b>" } } });
    expect(await events(`${path}/events`, 1, { "last-event-id": id })).toEqual([theirs]);
    expect(await events(`${path}/events?after=${id}`, 1)).toEqual([theirs]);
  });

  test("has one effect however often it is sent", async () => {
    const path = "/phone/telegram/nonna-2";
    const ids: string[] = [];
    for (let times = 0; times < 3; times += 1) ids.push(await (await post(path, typed("typed-002"))).text());
    expect(new Set(ids).size).toBe(1);
    expect(received).toHaveLength(1);
  });

  test.each([
    ["no JSON", "/phone/whatsapp/nonna", "{", "application/json", 400],
    ["nothing that a phone does", "/phone/whatsapp/nonna", "{}", "application/json", 400],
    ["from a form of another site", "/phone/whatsapp/nonna", typed("typed-003"), "text/plain", 415],
    ["too long", "/phone/whatsapp/nonna", typed("typed-004", "x".repeat(300_000)), "application/json", 413],
    ["on no phone", "/phone/whatsapp/Nonna!", typed("typed-005"), "application/json", 404],
    ["in no app", "/phone/sms/nonna", typed("typed-006"), "application/json", 404],
  ])("is refused where it is %s", async (_, path, body, type, status) => {
    expect((await post(path, body, type)).status).toBe(status);
    expect(received).toEqual([]);
  });
});

test("a voice note's sound comes before it, and is nothing but a sound", async () => {
  const path = "/phone/telegram/nonna-9";
  const sound = (key: string, type: string, body = "OggS") => post(`${path}/sounds/${key}`, body, type);
  expect((await sound("voice-001", "audio/webm;codecs=opus")).status).toBe(204);
  const action = { kind: "voice", key: "voice-001", seconds: 3, sound: "audio/webm;codecs=opus" };
  expect((await post(path, JSON.stringify({ owner, action }))).status).toBe(200);
  const recording = { file: "nonna-9/voice-001", type: "audio/webm;codecs=opus", seconds: 3 };
  expect(received.map(({ incoming }) => incoming)).toEqual([{ kind: "media", media: "voice", recording }]);
  expect((await sound("voice-002", "text/plain")).status).toBe(415);
  expect((await sound("voice-002", "application/json")).status).toBe(415);
  expect((await sound("v", "audio/webm")).status).not.toBe(204);
  expect((await sound("voice-003", "audio/webm", "x".repeat(3_200_000))).status).toBe(413);
});

test("a document is made when it is asked for, and only by who has it", async () => {
  const path = "/phone/telegram/nonna-3";
  await post(path, typed("typed-007", "modulo"));
  const [, { document }] = await events(`${path}/events`, 2);
  expect(document.name).toBe("proposta è.pdf");
  const response = await fetch(`${stand.url}${document.url}`);
  expect(response.headers.get("content-type")).toBe("application/pdf");
  expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 0, 5)).toBe("%PDF-");
  const elsewhere = document.url.replace("nonna-3", "nonna-4");
  expect((await fetch(`${stand.url}${elsewhere}`)).status).toBe(404);
});

test("a picture is drawn when it is looked at, and only by who has it", async () => {
  const path = "/phone/telegram/nonna-5";
  await post(path, typed("typed-009", "scheda"));
  const [, theirs] = await events(`${path}/events`, 2);
  const { picture } = z.object({ picture: z.object({ alt: z.string(), url: z.string() }) }).parse(theirs);
  expect(picture.alt).toBe(CARD.alt);
  const response = await fetch(`${stand.url}${picture.url}`);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  const elsewhere = picture.url.replace("nonna-5", "nonna-6");
  for (const wrong of [elsewhere, `${path}/pictures/x`])
    expect((await fetch(`${stand.url}${wrong}`)).status).toBe(404);
});

test("the calendar goes to a day, and to no other word", async () => {
  const moved = await post("/phone/clock", '{"date":"2022-09-20"}');
  expect(await moved.json()).toMatchObject({ today: "2022-09-20", todayInWords: "20 settembre 2022" });
  const { phases } = (await (await fetch(`${stand.url}/phone/clock`)).json()) as {
    phases: { name: string; now: boolean }[];
  };
  expect(phases.filter(({ now }) => now).map(({ name }) => name)).toEqual(["vote"]);
  for (const body of ['{"date":"2022-02-30"}', '{"date":"domani"}', "{", "null"])
    expect((await post("/phone/clock", body)).status).toBe(400);
});

test("the mailbox shows e-mails as text, the latest first", async () => {
  await stores.mailbox.deliver({ to: "rosa@example.org", subject: "Codice <1>", text: "123456" });
  await stores.mailbox.deliver({ to: "rosa@example.org", subject: "Copia", text: "Ecco." });
  const page = await (await fetch(`${stand.url}/posta`)).text();
  expect(page).toContain("Codice &lt;1&gt;");
  expect(page.indexOf("Copia")).toBeLessThan(page.indexOf("Codice"));
  const mails = (await (await fetch(`${stand.url}/posta/messages.json`)).json()) as { subject: string }[];
  expect(mails.map(({ subject }) => subject)).toEqual(["Copia", "Codice <1>"]);
});
