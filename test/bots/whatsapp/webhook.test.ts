import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createWhatsApp } from "../../../bots/whatsapp/index.ts";
import type { TemplateNews } from "../../../core/campaigns/templates.ts";
import type { Arrival, Moved, Report } from "../../../core/ports.ts";
import type { Signal } from "../../../core/reminders/signals.ts";
import { forgetting } from "../../support/whatsapp-keepers.ts";

const SECRET = "an-app-secret";
const PATH = "/webhooks/whatsapp";

type Kept = Arrival | Report | Moved | Signal | TemplateNews;
let stored: Kept[];
let storeFails: boolean;
const log = { error: vi.fn() };

beforeEach(() => {
  stored = [];
  storeFails = false;
  log.error.mockClear();
});

async function store(all: readonly Kept[]) {
  if (storeFails) throw new Error("The database is away.");
  stored.push(...all);
}

const { app } = createWhatsApp({
  accessToken: "token",
  phoneNumberId: "1",
  appSecret: SECRET,
  verifyToken: "verify-me",
  apiRoot: "http://127.0.0.1:1",
  apiVersion: "v23.0",
  ...forgetting,
  receive: store,
  move: store,
  report: store,
  heed: store,
  noteTemplates: store,
  makeDocument: () => Promise.reject(new Error("Nothing is to be made.")),
  drawPicture: () => Promise.reject(new Error("Nothing is to be drawn.")),
  words: () => ({ choose: "", more: "" }),
  log,
  timer: { now: () => 0, wait: () => new Promise(() => {}) },
});

const sign = (body: string | Uint8Array, secret = SECRET) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

async function post(body: string | Uint8Array<ArrayBuffer>, signature: string | undefined = sign(body)) {
  const headers = signature === undefined ? {} : { "x-hub-signature-256": signature };
  return (await app.request(PATH, { method: "POST", body, headers })).status;
}

const message = (id: string, body = "Ciao") => ({
  from: "393331234567",
  id,
  timestamp: "1667300000",
  type: "text",
  text: { body },
});
const changes = (...values: readonly object[]) =>
  JSON.stringify({ entry: values.map((value) => ({ changes: [{ field: "messages", value }] })) });

describe("verification", () => {
  const ask = async (query: Record<string, string>) => {
    const response = await app.request(`${PATH}?${new URLSearchParams(query)}`);
    return [response.status, await response.text()];
  };
  const good = { "hub.mode": "subscribe", "hub.verify_token": "verify-me", "hub.challenge": "1158201444" };

  test("gives the challenge back to whoever knows the token", async () => {
    expect(await ask(good)).toEqual([200, "1158201444"]);
  });

  test.each([
    ["another token", { ...good, "hub.verify_token": "verify-m" }],
    ["no token", { "hub.mode": "subscribe", "hub.challenge": "1" }],
    ["another mode", { ...good, "hub.mode": "unsubscribe" }],
    ["a challenge that is a page", { ...good, "hub.challenge": "<script>" }],
    ["nothing", {}],
  ])("gives nothing for %s", async (_, query) => {
    expect(await ask(query)).toEqual([403, ""]);
  });
});

describe("signature", () => {
  const body = changes({ messages: [message("wamid.1", "perché")] });

  test.each([
    ["none", undefined],
    ["an empty one", ""],
    ["another secret's", sign(body, "another")],
    ["another body's", sign(`${body} `)],
    ["one without its name", sign(body).slice("sha256=".length)],
    ["half of one", sign(body).slice(0, 39)],
    ["SHA-1's", `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}`],
  ])("with %s nothing is stored", async (_, signature) => {
    const headers = signature === undefined ? {} : { "x-hub-signature-256": signature };
    expect((await app.request(PATH, { method: "POST", body, headers })).status).toBe(401);
    expect(stored).toEqual([]);
  });

  test("it is of the bytes as they came, whatever stands in them", async () => {
    // Meta escapes what is not ASCII; written anew it would be other bytes.
    const escaped = body.replace("é", "\\u00e9");
    expect(await post(escaped)).toBe(200);
    expect(stored).toMatchObject([{ incoming: { text: "perché" } }]);
    const broken = new Uint8Array([0x22, 0xff, 0xfe, 0x22]);
    expect(await post(broken)).toBe(200);
    expect(await post(broken, sign('"\ufffd\ufffd"'))).toBe(401);
  });
});

test("malformed JSON is 400 once it is signed, a body beyond reason 413, JSON that is nothing 200", async () => {
  for (const body of ['{"entry": [', "", "no json"]) expect(await post(body)).toBe(400);
  expect(await post("no json", "sha256=0")).toBe(401);
  expect(await post(JSON.stringify("x".repeat(5_000_000)))).toBe(413);
  for (const junk of ["null", "[]", "7", '"ciao"', "{}", '{"entry": 5}']) expect(await post(junk)).toBe(200);
  expect(stored).toEqual([]);
});

test("what cannot be stored is not acknowledged", async () => {
  storeFails = true;
  expect(await post(changes({ messages: [message("wamid.1")] }))).toBe(503);
  expect(await post(changes({ statuses: [{ id: "wamid.0", status: "read", timestamp: "1" }] }))).toBe(503);
  storeFails = false;
  expect(await post(changes({ messages: [message("wamid.1")] }))).toBe(200);
  expect(stored).toHaveLength(1);
});

test("whatever the order in a body, what people wrote comes before what is told of them", async () => {
  const preference = { wa_id: "393331234567", category: "marketing_messages", value: "stop" };
  const template = {
    message_template_name: "phase_begins",
    message_template_language: "it",
    event: "REJECTED",
  };
  const failed = { id: "wamid.0", status: "failed", timestamp: "1", errors: [{ code: 131026 }] };
  const body = JSON.stringify({
    entry: [
      {
        time: 1_667_300_000,
        changes: [
          { field: "message_template_status_update", value: template },
          { field: "user_preferences", value: { user_preferences: [preference] } },
          { field: "messages", value: { statuses: [failed] } },
          { field: "messages", value: { messages: [message("wamid.1")] } },
        ],
      },
    ],
  });
  storeFails = true;
  expect(await post(body)).toBe(503);
  storeFails = false;
  expect(await post(body)).toBe(200);
  expect(stored).toMatchObject([
    { incoming: { text: "Ciao" } },
    { as: "failed", unreachable: true },
    { kind: "unsubscribed" },
    { name: "phase_begins", state: "rejected" },
  ]);
  expect(log.error).toHaveBeenCalledWith(
    { template: "phase_begins", language: "it", state: "rejected", reason: "REJECTED" },
    expect.stringContaining("takes this template no more"),
  );
});

test("of a batch of ten with a poisoned one nine are stored, and its statuses", async () => {
  const messages = Array.from({ length: 10 }, (_, n) => message(`wamid.${n}`));
  const poisoned = messages.map((one, n) =>
    n === 4 ? { ...one, id: { $gt: "" }, from: ["1"], text: null, timestamp: "9e999" } : one,
  );
  const statuses = [
    null,
    { id: "wamid.0", status: "delivered", timestamp: "1667300000" },
    { id: 5, status: "read" },
  ];
  expect(await post(changes({ messages: poisoned }, { statuses }))).toBe(200);
  expect(stored.map((one) => ("id" in one ? one.id : "as" in one ? one.as : ""))).toEqual([
    ...[0, 1, 2, 3, 5, 6, 7, 8, 9].map((n) => `wamid.${n}`),
    "delivered",
  ]);
});

test("a trouble with the account is told with its remedy, others are not", async () => {
  await post(changes({ errors: [{ code: 131031, title: "Account has been locked" }] }));
  await post(
    changes({ statuses: [{ id: "w", status: "failed", timestamp: "1", errors: [{ code: 131042 }] }] }),
  );
  await post(changes({ errors: [{ code: 130429 }] }));
  expect(log.error.mock.calls.map(([details]) => details.code)).toEqual([131031, 131042]);
  expect(log.error.mock.calls[0]?.[0].remedy).toContain("WhatsApp Manager");
});
