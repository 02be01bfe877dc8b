import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Outcome } from "../../../bots/channel.ts";
import { drawPicture } from "../../../bots/pictures/index.ts";
import { createWhatsApp, type WhatsApp, type WhatsAppOptions } from "../../../bots/whatsapp/index.ts";
import type { DocumentRequest, Message } from "../../../core/engine/message.ts";
import type { Signal } from "../../../core/reminders/signals.ts";
import { FakeWhatsApp } from "../../fakes/whatsapp.ts";
import { CARD } from "../../support/card.ts";
import { approvedTemplates } from "../../support/templates.ts";
import { forgetting } from "../../support/whatsapp-keepers.ts";

const FORM: DocumentRequest = {
  fileName: "modulo.pdf",
  language: "it",
  title: "Modulo",
  intro: [],
  rows: [],
  notes: [],
};
const HELLO = { type: "text", text: { body: "Ciao", preview_url: false } } as const;

// Drawn beforehand: a call that has to wait for it would seem not to be answered.
const drawn = await drawPicture(CARD);
let fake: FakeWhatsApp;
let now: number;
let channel: WhatsApp;

beforeEach(async () => {
  now = Date.parse("2026-11-01T10:00:00Z");
  fake = await new FakeWhatsApp({ now: () => now, templates: approvedTemplates(["it"]) }).listen();
  channel = create();
});
afterEach(async () => {
  await channel.stop();
  await fake.close();
});

function create(more: Partial<WhatsAppOptions> = {}): WhatsApp {
  return createWhatsApp({
    accessToken: fake.accessToken,
    phoneNumberId: fake.phoneNumberId,
    appSecret: fake.appSecret,
    verifyToken: "verify",
    apiRoot: fake.apiRoot,
    apiVersion: "v23.0",
    ...forgetting,
    makeDocument: async ({ fileName, title }) => ({
      name: fileName,
      type: "application/pdf",
      bytes: new TextEncoder().encode(`%PDF ${title}`),
    }),
    drawPicture: async () => drawn,
    words: () => ({ choose: "Scegli", more: "Altre scelte" }),
    log: { error: () => {} },
    timeoutMs: 500,
    ...more,
  });
}

/** Somebody who has just written. */
function ada() {
  const person = fake.person("Ada");
  person.says("Ciao");
  return person;
}

test("every form of message arrives as it was drawn, and Meta's schemas take it", async () => {
  const person = ada();
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ data: `c.${n}`, label: `Scelta ${n}` }));
  const link = { url: "https://partecipa.example.org/voto", label: "Apri" };
  for (const message of [
    { text: "Solo testo", choices: [] },
    { text: "Pulsanti", choices: choices(3) },
    { text: "Elenco", choices: choices(10) },
    { text: "Pagina", choices: choices(12), page: 2 },
    { text: "Collegamento", choices: [], link },
    { text: "Modulo", choices: [], document: FORM },
    { text: "Modulo con pulsanti", choices: choices(2), document: FORM },
    { text: "Scheda", choices: [], picture: CARD },
    { text: "Scheda con pulsanti", choices: choices(3), picture: CARD },
    { text: "Scheda con collegamento", choices: [], picture: CARD, link },
    { text: "Scheda con elenco", choices: choices(4), picture: CARD },
  ])
    for (const payload of channel.render(message))
      expect(await channel.send(person.number, payload)).toMatchObject({ kind: "sent" });
  expect(person.transcript).toMatchObject([
    { text: "Solo testo" },
    { text: "Pulsanti", pressable: [{ id: "c.0" }, { id: "c.1" }, { id: "c.2" }] },
    { text: "Elenco" },
    { text: "Pagina", pressable: [{ id: "c.9" }, { id: "c.10" }, { id: "c.11" }, { id: "page:1" }] },
    { text: "Collegamento", link: link.url },
    { text: "Modulo", document: { name: "modulo.pdf" } },
    { text: "Modulo con pulsanti", document: { name: "modulo.pdf" } },
    { text: "Scheda", image: { width: 1080 } },
    {
      text: "Scheda con pulsanti",
      image: { width: 1080 },
      pressable: choices(3).map(({ data: id }) => ({ id })),
    },
    { text: "Scheda con collegamento", image: { width: 1080 }, link: link.url },
    { text: "", image: { width: 1080 } },
    { text: "Scheda con elenco", pressable: choices(4).map(({ data: id }) => ({ id })) },
  ]);
  expect(new TextDecoder().decode(person.transcript[5]?.document?.bytes)).toBe("%PDF Modulo");
  expect(fake.violations).toEqual([]);
});

test("is found by its number with the words to be sent, once the platform has told it", async () => {
  const said = "Apri il progetto K7QM4X";
  expect(channel.opening?.("project-K7QM4X", said)).toBeUndefined();
  fake.fail("number", { code: 131000 });
  fake.fail("number", "reset");
  const asking = create({
    timer: { now: () => now, wait: () => new Promise((resolve) => setImmediate(resolve)) },
  });
  asking.start();
  const link = "https://wa.me/390523000000?text=Apri%20il%20progetto%20K7QM4X";
  await fake.until("the number", () => asking.opening?.("project-K7QM4X", said) === link);
  await asking.stop();
});

test("waits for its number no longer than it runs", async () => {
  const asking = create();
  fake.fail("number", "silence");
  asking.start();
  await asking.stop();
  expect(asking.opening?.("menu", "menu")).toBeUndefined();
});

test("who has no number is sent to by their user id", async () => {
  const person = ada();
  expect(await channel.send(person.userId, HELLO)).toMatchObject({ kind: "sent" });
  expect(fake.asked).toEqual([
    { messaging_product: "whatsapp", recipient_type: "individual", recipient: person.userId, ...HELLO },
  ]);
});

test("a day after they wrote only a template goes, in its approved language and with all its gaps", async () => {
  const person = ada();
  now += 24 * 3600_000 + 1000;
  expect(await channel.send(person.number, HELLO)).toEqual({ kind: "outside", reason: "131047" });
  const template = { name: "phase_begins", language: "it", parameters: ["Voto", "18\nottobre"] };
  const [payload] = channel.window?.render({ text: "Ciao", choices: [], template }) ?? [];
  if (!payload) throw new Error("Nothing was drawn.");
  expect(await channel.send(person.number, payload)).toMatchObject({ kind: "sent" });
  expect(person.transcript.at(-1)?.template).toEqual({
    name: "phase_begins",
    language: "it",
    parameters: ["Voto", "18 ottobre"],
  });
  expect(fake.violations).toEqual([]);
  expect(channel.window?.render({ text: "Ciao", choices: [] })).toBeUndefined();
  const [other] =
    channel.window?.render({ text: "", choices: [], template: { ...template, language: "en" } }) ?? [];
  if (!other) throw new Error("Nothing was drawn.");
  expect(await channel.send(person.number, other)).toEqual({ kind: "refused", reason: "132001" });
});

describe("a template's buttons", () => {
  const template = { name: "vote_unfinished", language: "it", parameters: ["18 ottobre"] };
  const choices = [{ data: "go.event-sera", label: "Apri" }];
  const send = async (message: Partial<Message>) => {
    const person = ada();
    now += 25 * 3600_000;
    const [payload] = channel.window?.render({ text: "Ciao", choices, template, ...message }) ?? [];
    if (!payload) throw new Error("Nothing was drawn.");
    expect(await channel.send(person.number, payload)).toMatchObject({ kind: "sent" });
    expect(fake.violations).toEqual([]);
    const { pressable, text } = person.transcript.at(-1) ?? {};
    return { text, pressable: pressable?.map(({ id, title }) => [title, id]) };
  };

  test("open doors, as ours do", async () => {
    expect(await send({})).toEqual({
      text: expect.stringContaining("Ultimo giorno per votare: 18 ottobre."),
      pressable: [
        ["Come si vota", "go.now"],
        ["Ho già votato", "go.voted"],
        ["Niente più messaggi", "go.stop"],
      ],
    });
  });

  test.each([
    [choices, "go.event-sera"],
    [[], "go.now"],
  ])("open what the message itself offers first", async (offered, data) => {
    const parameters = ["Incontro", "18 ottobre", "20:30", "Biblioteca"];
    const { pressable } = await send({
      choices: offered,
      template: { ...template, name: "event_tomorrow", parameters },
    });
    expect(pressable?.[0]).toEqual(["Di cosa si tratta", data]);
  });
});

test("however long the office's words are, the template is no longer than WhatsApp carries", async () => {
  const person = ada();
  now += 25 * 3600_000;
  const template = { name: "office_news", language: "it", parameters: [`Sì. ${"parola ".repeat(400)}`] };
  const [payload] = channel.window?.render({ text: "", choices: [], template }) ?? [];
  if (!payload) throw new Error("Nothing was drawn.");
  expect(await channel.send(person.number, payload)).toMatchObject({ kind: "sent" });
  expect(person.transcript.at(-1)?.text.length).toBeGreaterThan(1000);
});

test("who stopped offers is not written to again, and that is told", async () => {
  const heeded: Signal[] = [];
  channel = create({
    heed: async (signals) => {
      heeded.push(...signals);
      if (heeded.length > 1) throw new Error("The database is away.");
    },
  });
  const person = ada();
  person.noOffers = true;
  const template = { name: "campaign_news", language: "it", parameters: ["Una novità"] };
  const [payload] = channel.window?.render({ text: "", choices: [], template }) ?? [];
  if (!payload) throw new Error("Nothing was drawn.");
  // Where it cannot be kept, the next message tells again.
  for (const times of [1, 2]) {
    expect(await channel.send(person.number, payload)).toEqual({ kind: "refused", reason: "131050" });
    expect(heeded).toHaveLength(times);
  }
  expect(heeded[0]).toEqual({ kind: "unsubscribed", channel: "whatsapp", addresses: [person.number] });
  expect(await channel.send(person.number, HELLO)).toMatchObject({ kind: "sent" });
});

test.each([
  [132001, "disabled"],
  [132015, "paused"],
  [132016, "disabled"],
])(
  "a template that is refused with %i is known to be %s, for those who would get it next",
  async (code, state) => {
    const noted: unknown[] = [];
    channel = create({ noteTemplates: async (news) => void noted.push(...news) });
    const person = ada();
    const template = { name: "phase_begins", language: "it", parameters: ["Voto", "18 ottobre"] };
    const [payload] = channel.window?.render({ text: "", choices: [], template }) ?? [];
    if (!payload) throw new Error("Nothing was drawn.");
    fake.fail("messages", { code });
    expect(await channel.send(person.number, payload)).toEqual({ kind: "refused", reason: String(code) });
    expect(noted).toEqual([
      { name: "phase_begins", language: "it", state, reason: String(code), at: expect.any(Date) },
    ]);
    fake.fail("messages", { code });
    await channel.send(person.number, HELLO);
    expect(noted).toHaveLength(1);
  },
);

test("how many people may be written to is asked for at the start", async () => {
  fake.dailyLimit = "TIER_2K";
  const limits: unknown[] = [];
  channel = create({ noteLimit: async (limit) => void limits.push(limit) });
  channel.start();
  await fake.until("the limit to be known", () => limits.length > 0);
  expect(limits).toEqual([2000]);
});

describe("what goes wrong", () => {
  test.each([
    [{ code: 131026 }, { kind: "unreachable", reason: "131026" }, 0],
    [{ code: 131047 }, { kind: "outside", reason: "131047" }, 0],
    [{ code: 131056 }, { kind: "later", reason: "131056", afterMs: 6000 }, 0],
    [{ code: 130429, status: 429 }, { kind: "later", everyone: true }, 0],
    [{ code: 80007 }, { kind: "later", everyone: true }, 0],
    [{ code: 4, status: 403 }, { kind: "later", everyone: true }, 0],
    [{ code: 368, status: 403 }, { kind: "halted", reason: "368" }, 0],
    [{ code: 131031, status: 403 }, { kind: "halted", reason: "131031" }, 0],
    [{ code: 190, status: 401 }, { kind: "halted", reason: "190" }, 0],
    [{ code: 200, status: 403 }, { kind: "halted", reason: "200" }, 0],
    [{ code: 131000, status: 500 }, { kind: "later", reason: "131000" }, 0],
    [{ code: 131009 }, { kind: "refused", reason: "131009" }, 0],
    [{ code: 100 }, { kind: "refused", reason: "100" }, 0],
    [{ page: 503 }, { kind: "later", reason: "HTTP 503" }, 0],
    [{ page: 504 }, { kind: "uncertain", reason: "HTTP 504" }, 0],
    ["silence", { kind: "uncertain" }, 0],
    ["reset", { kind: "uncertain" }, 0],
    ["accepted, then silence", { kind: "uncertain" }, 1],
    ["accepted, then reset", { kind: "uncertain" }, 1],
  ] as const)("%j is %j", async (fault, outcome, arrived) => {
    const person = ada();
    fake.fail("messages", fault);
    const got = await channel.send(person.number, HELLO);
    expect(got).toMatchObject(outcome);
    expect(person.transcript).toHaveLength(arrived);
    // What a reason says is logged and kept: neither secrets nor Meta's words about a person.
    expect(JSON.stringify(got)).not.toMatch(/EAA|\+39|333/);
  });

  test("whoever has no WhatsApp any more cannot be reached", async () => {
    const person = ada();
    person.gone = true;
    expect(await channel.send(person.number, HELLO)).toEqual({ kind: "unreachable", reason: "131026" });
  });

  test("where nothing listens, nothing was sent", async () => {
    const closed = await new FakeWhatsApp().listen();
    const { apiRoot } = closed;
    await closed.close();
    expect(await create({ apiRoot }).send("393330000010", HELLO)).toEqual({
      kind: "later",
      reason: "ECONNREFUSED",
    });
  });

  test.each([
    [
      "cannot be made",
      () => create({ makeDocument: () => Promise.reject(new Error("no fonts")) }),
      undefined,
      "later",
    ],
    ["is uploaded into silence", () => create(), "silence", "later"],
    ["is refused for the token", () => create(), { code: 190, status: 401 }, "halted"],
  ] as const)("a document that %s was not sent", async (_, make, fault, kind) => {
    const person = ada();
    if (fault) fake.fail("media", fault);
    const [payload] = channel.render({ text: "Modulo", choices: [], document: FORM });
    if (!payload) throw new Error("Nothing was drawn.");
    expect(await make().send(person.number, payload)).toMatchObject({ kind });
    expect(person.transcript).toEqual([]);
  });

  test("too many to one person at once are put off, and only theirs", async () => {
    const [person, other] = [ada(), ada()];
    const outcomes: Outcome[] = [];
    for (let n = 0; n < 46; n++) {
      if (n % 10 === 0) now += 1000;
      outcomes.push(await channel.send(person.number, HELLO));
    }
    expect(outcomes.filter(({ kind }) => kind === "sent").length).toBeGreaterThanOrEqual(45);
    while (outcomes.at(-1)?.kind === "sent") outcomes.push(await channel.send(person.number, HELLO));
    expect(outcomes.at(-1)).toEqual({ kind: "later", reason: "131056", afterMs: 6000 });
    expect(await channel.send(other.number, HELLO)).toMatchObject({ kind: "sent" });
  });
});

describe("people see that they are read", () => {
  /** Time in the test's hands: what waits, waits until it is told. */
  const held = () => {
    const sleepers: (() => void)[] = [];
    return {
      now: () => now,
      wait: (_: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          sleepers.push(resolve);
          signal?.addEventListener("abort", () => resolve());
        }),
      pass: () => {
        for (const wake of sleepers.splice(0)) wake();
      },
    };
  };

  async function tell(whatsapp: WhatsApp, ...ids: readonly string[]) {
    const messages = ids.map((id) => ({
      from: "393330000010",
      id,
      timestamp: "1",
      type: "text",
      text: { body: "Ciao" },
    }));
    const body = JSON.stringify({ entry: [{ changes: [{ field: "messages", value: { messages } }] }] });
    const headers = { "x-hub-signature-256": fake.deliveries.sign(body) };
    expect((await whatsapp.app.request("/webhooks/whatsapp", { method: "POST", body, headers })).status).toBe(
      200,
    );
  }

  test("with the answer, without a sign of writing, once for all they wrote", async () => {
    const whatsapp = create({ timer: held() });
    const person = ada();
    await tell(whatsapp, "wamid.1", "wamid.2");
    await whatsapp.send(person.number, HELLO);
    await fake.until("a receipt", () => person.read.length > 0);
    await whatsapp.stop();
    expect([person.read, person.typing]).toEqual([["wamid.2"], []]);
  });

  test("with a sign of writing where the answer takes its time", async () => {
    const timer = held();
    const whatsapp = create({ timer });
    const person = ada();
    await tell(whatsapp, "wamid.1");
    timer.pass();
    await fake.until("a sign", () => person.typing.length > 0);
    await whatsapp.stop();
    expect(person.read).toEqual(["wamid.1"]);
  });

  test("and nothing waits or fails for it", async () => {
    const log = { error: vi.fn() };
    const whatsapp = create({ timer: held(), apiRoot: "http://127.0.0.1:1", log });
    await tell(whatsapp, "wamid.1");
    await whatsapp.send("393330000010", HELLO);
    await whatsapp.stop();
    expect(log.error).not.toHaveBeenCalled();
  });
});
