import { serve } from "@hono/node-server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Outcome } from "../../../bots/channel.ts";
import { createDispatcher } from "../../../bots/dispatcher.ts";
import { drawPicture } from "../../../bots/pictures/index.ts";
import { createTelegram, type Telegram, type TelegramOptions } from "../../../bots/telegram/index.ts";
import type { DocumentRequest } from "../../../core/engine/message.ts";
import type { Arrival } from "../../../core/ports.ts";
import type { Signal } from "../../../core/reminders/signals.ts";
import { MemoryOutbox } from "../../fakes/outbox.ts";
import { FakeTelegram } from "../../fakes/telegram.ts";
import { CARD } from "../../support/card.ts";

const SECRET = "a-secret_of-the-webhook";
const FORM: DocumentRequest = {
  fileName: "modulo.pdf",
  language: "it",
  title: "Modulo",
  intro: [],
  rows: [],
  notes: [],
};

let fake: FakeTelegram;
let bot: Telegram | undefined;
let stored: Arrival[];
/** How many of the next attempts to store fail. */
let heeded: Signal[];
let storeFails: number;

beforeEach(async () => {
  fake = await new FakeTelegram({ pace: false, resolve: () => "http://127.0.0.1:1/" }).listen();
  stored = [];
  heeded = [];
  storeFails = 0;
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await fake.close();
});

const receive = async (arrivals: readonly Arrival[]) => {
  if (storeFails > 0) {
    storeFails--;
    throw new Error("The database is away.");
  }
  for (const arrival of arrivals) if (!stored.some(({ id }) => id === arrival.id)) stored.push(arrival);
};

const heed = async (signals: readonly Signal[]) => {
  if (storeFails > 0) {
    storeFails--;
    throw new Error("The database is away.");
  }
  heeded.push(...signals);
};

function create(more: Partial<TelegramOptions> = {}): Telegram {
  bot = createTelegram({
    token: fake.token,
    apiRoot: fake.apiRoot,
    receive,
    heed,
    makeDocument: async ({ fileName, title }) => ({
      name: fileName,
      type: "application/pdf",
      bytes: new TextEncoder().encode(`%PDF ${title}`),
    }),
    drawPicture,
    words: () => ({ choose: "Scegli", more: "Altre scelte" }),
    menus: [
      { commands: [{ command: "menu", description: "Cosa puoi fare oggi" }] },
      { language: "en", commands: [{ command: "menu", description: "What you can do today" }] },
    ],
    log: { warn: () => {}, error: () => {} },
    // Waiting for a next try is for virtual time; here it would only be slow.
    timer: { now: Date.now, wait: () => new Promise((resolve) => setTimeout(resolve, 5)) },
    timeoutSeconds: 1,
    ...more,
  });
  return bot;
}

const said = () => stored.map(({ incoming }) => ("text" in incoming ? incoming.text : incoming.kind));

describe("fetching updates", () => {
  test("what people write is stored in order, and only then confirmed", async () => {
    const ada = fake.person("Ada", "it");
    storeFails = 3;
    ada.says("uno");
    ada.says("due");
    create().start();
    await fake.until("both stored", () => stored.length === 2);
    await fake.until("both confirmed", () => fake.updates.unconfirmed === 0);
    expect(said()).toEqual(["uno", "due"]);
    expect(storeFails).toBe(0);
  });

  test("who blocks the bot is heeded after what they wrote, and only then confirmed", async () => {
    const ada = fake.person("Ada");
    create().start();
    ada.says("basta!");
    await fake.until("it to be stored", () => fake.updates.unconfirmed === 0);
    storeFails = 2;
    ada.blocks();
    ada.unblocks();
    ada.says("riprovo");
    await fake.until("all confirmed", () => fake.updates.unconfirmed === 0);
    const ids = { channel: "telegram", addresses: [String(ada.id)] };
    expect(heeded).toEqual([
      { kind: "blocked", ...ids },
      { kind: "unblocked", ...ids },
    ]);
    expect(said()).toEqual(["basta!", "riprovo"]);
  });

  test("what came with it counts first: writing is a sign of life, blocking the end of it", async () => {
    const order: string[] = [];
    const ada = fake.person("Ada");
    ada.says("basta!");
    ada.blocks();
    create({
      receive: async () => void order.push("heard"),
      heed: async () => void order.push("heeded"),
    }).start();
    await fake.until("all confirmed", () => fake.updates.unconfirmed === 0);
    expect(order).toEqual(["heard", "heeded"]);
  });

  test("while storing takes its time nothing is confirmed", async () => {
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = false;
    create({
      receive: async (arrivals) => {
        begun = true;
        await slow;
        await receive(arrivals);
      },
    }).start();
    fake.person("Ada").says("uno");
    await fake.until("storing", () => begun);
    expect(fake.updates.unconfirmed).toBe(1);
    const stopped = bot?.stop();
    finish();
    await stopped;
    // Stopped in between: it is stored, and comes once more to whoever fetches next.
    expect(said()).toEqual(["uno"]);
    expect(fake.updates.unconfirmed).toBe(1);
    create().start();
    await fake.until("confirmed", () => fake.updates.unconfirmed === 0);
    expect(said()).toEqual(["uno"]);
  });

  test("duplicates and a wrong order within a batch lose nothing and confirm everything", async () => {
    fake.updates.duplicate = true;
    fake.updates.reorder = true;
    const ada = fake.person("Ada");
    for (const text of ["uno", "due", "tre"]) ada.says(text);
    create().start();
    await fake.until("confirmed", () => fake.updates.unconfirmed === 0);
    expect(stored).toHaveLength(3);
    fake.updates.redeliver();
    await fake.until("confirmed again", () => fake.updates.unconfirmed === 0);
    expect(stored).toHaveLength(3);
  });

  test.each([
    ["a conflict", { code: 409, description: "Conflict: terminated by other getUpdates request" }],
    ["a refused token", { code: 401 }],
    ["an inner error", { code: 500 }],
    ["haste", { code: 429, retryAfter: 0 }],
    ["a gateway's page", "gateway page"],
    ["a broken connection", "reset"],
  ] as const)("after %s it goes on", async (_, fault) => {
    const log = { warn: vi.fn(), error: vi.fn() };
    fake.fail("getUpdates", fault, 2);
    create({ log }).start();
    fake.person("Ada").says("uno");
    await fake.until("it stored", () => stored.length === 1);
    // Said once, not at each try, and never with the token, which stands in the address of a request.
    expect(log.warn.mock.calls.length + log.error.mock.calls.length).toBe(1);
    expect(JSON.stringify([log.warn.mock.calls, log.error.mock.calls])).not.toContain(fake.token);
  });

  test("a webhook left from before is taken away, what waited for it is kept", async () => {
    await fetch(`${fake.apiRoot}/bot${fake.token}/setWebhook?url=https://old.example.org/hook`);
    fake.person("Ada").says("uno");
    create().start();
    await fake.until("it stored", () => stored.length === 1);
  });

  test("a press is answered at once and stored as the data that was drawn", async () => {
    const ada = fake.person("Ada");
    const channel = create();
    channel.start();
    const [payload] = channel.render({
      text: "Che fai?",
      choices: [{ data: "go.proposal", label: "Scrivo" }],
    });
    if (!payload) throw new Error("Nothing was drawn.");
    await channel.send(String(ada.id), payload);
    ada.presses("Scrivo");
    await fake.until("the press stored", () => stored.length === 1);
    expect(stored[0]?.incoming).toEqual({ kind: "choice", data: "go.proposal" });
    await fake.until("the press answered", () => fake.answered.length === 1);
  });

  test("a press that Telegram no longer knows disturbs nothing", async () => {
    fake.fail("answerCallbackQuery", { code: 400, description: "Bad Request: query is too old" });
    const ada = fake.person("Ada");
    const channel = create();
    channel.start();
    await channel.send(String(ada.id), {
      method: "sendMessage",
      text: "Che fai?",
      reply_markup: { inline_keyboard: [[{ text: "Sì", callback_data: "yes" }]] },
    });
    ada.presses("Sì");
    ada.says("ciao");
    await fake.until("both stored", () => stored.length === 2);
  });

  test("the menus are offered, and Telegram's specification finds nothing wrong with any call", async () => {
    create().start();
    await fake.until("two menus", () => fake.commands.size === 2);
    await fake.until("a fetch", () => (fake.calls.get("getupdates") ?? 0) > 0);
    expect([...fake.commands.keys()]).toEqual(["", "en"]);
    expect(fake.violations).toEqual([]);
  });

  test("in a group it answers who calls it, by the name it has learnt", async () => {
    const ada = fake.person("Ada");
    const group = fake.group();
    create().start();
    await fake.until("a fetch", () => (fake.calls.get("getupdates") ?? 0) > 0);
    ada.saysInGroup(group.id, "Buongiorno a tutti");
    ada.saysInGroup(group.id, `Senti @${fake.username}`);
    await fake.until("the call stored", () => stored.length === 1);
    expect(stored[0]).toMatchObject({ address: String(group.id), incoming: { kind: "group" } });
  });
});

describe("sending", () => {
  const hello = { method: "sendMessage", text: "Ciao" } as const;

  test("a text and a document with its keyboard arrive as they were drawn", async () => {
    const ada = fake.person("Ada");
    const channel = create();
    const choices = [{ data: "a", label: "Va bene così" }];
    for (const message of [
      { text: "Ciao", choices },
      { text: "Il modulo", choices, document: FORM },
    ])
      for (const payload of channel.render(message))
        expect(await channel.send(String(ada.id), payload)).toMatchObject({ kind: "sent" });
    const [text, form] = ada.transcript;
    expect(text).toMatchObject({ text: "Ciao", buttons: [[{ text: "Va bene così", callback_data: "a" }]] });
    expect(form).toMatchObject({ text: "Il modulo", document: { name: "modulo.pdf" } });
    expect(new TextDecoder().decode(form?.document?.bytes)).toBe("%PDF Modulo");
    expect(fake.violations).toEqual([]);
  });

  test.each([
    [{ code: 429, retryAfter: 7 }, { kind: "later", afterMs: 7000 }, 0],
    [{ code: 500 }, { kind: "later" }, 0],
    [{ code: 401 }, { kind: "later" }, 0],
    [{ code: 403, description: "Forbidden: user is deactivated" }, { kind: "unreachable" }, 0],
    [{ code: 400, description: "Bad Request: chat not found" }, { kind: "unreachable" }, 0],
    [{ code: 400, description: "Bad Request: can't parse entities" }, { kind: "refused" }, 0],
    ["gateway page", { kind: "uncertain" }, 0],
    ["silence", { kind: "uncertain" }, 0],
    ["reset", { kind: "uncertain" }, 0],
    ["accepted, then silence", { kind: "uncertain" }, 1],
    ["accepted, then reset", { kind: "uncertain" }, 1],
  ] as const)("%j is %j", async (fault, outcome, arrived) => {
    const ada = fake.person("Ada");
    fake.fail("sendMessage", fault);
    const got = await create().send(String(ada.id), hello);
    expect(got).toMatchObject(outcome);
    expect(ada.transcript).toHaveLength(arrived);
    expect(JSON.stringify(got)).not.toContain(fake.token);
  });

  test("who blocked the bot cannot be reached", async () => {
    const ada = fake.person("Ada");
    ada.blocks();
    const reason = "403 Forbidden: bot was blocked by the user";
    expect(await create().send(String(ada.id), hello)).toEqual({ kind: "unreachable", reason });
  });

  test("a reason is the same whatever stands in it", async () => {
    const ada = fake.person("Ada");
    const reason = "429 Too Many Requests: retry after #";
    for (const seconds of [3, 47]) {
      fake.fail("sendMessage", { code: 429, description: `Too Many Requests: retry after ${seconds}` });
      expect(await create().send(String(ada.id), hello)).toMatchObject({ reason });
    }
  });

  test("where nothing listens, nothing was sent", async () => {
    const closed = await new FakeTelegram().listen();
    const { apiRoot } = closed;
    await closed.close();
    expect(await create({ apiRoot }).send("1", hello)).toEqual({ kind: "later", reason: "ECONNREFUSED" });
  });

  test("a picture is a photo that Telegram takes, with its words and buttons", async () => {
    const ada = fake.person("Ada");
    const channel = create();
    const choices = [{ data: "go.menu", label: "Menu" }];
    const [photo, ...others] = channel.render({ text: "Ecco la scheda.", choices, picture: CARD });
    if (!photo || others.length > 0) throw new Error("It is not one message.");
    expect(await channel.send(String(ada.id), photo)).toMatchObject({ kind: "sent" });
    expect(await ada.hears()).toMatchObject({
      text: "Ecco la scheda.",
      buttons: [[{ text: "Menu", callback_data: "go.menu" }]],
      photo: { name: "picture.png" },
    });
    expect(fake.violations).toEqual([]);
  });

  test("a link begins the chat by the name that Telegram tells", async () => {
    const channel = create();
    expect(channel.opening?.("project-K7QM4X", "Apri il progetto K7QM4X")).toBeUndefined();
    channel.start();
    const link = "https://t.me/bene_comune_bot?start=project-K7QM4X";
    await fake.until("the name", () => channel.opening?.("project-K7QM4X", "…") === link);
  });

  test("a picture that cannot be drawn was not sent", async () => {
    const drawPicture = () => Promise.reject(new Error("no fonts"));
    const ada = fake.person("Ada");
    const got = await create({ drawPicture }).send(String(ada.id), { method: "sendPhoto", photo: CARD });
    expect(got).toMatchObject({ kind: "later" });
    expect(ada.transcript).toEqual([]);
  });

  test("a document that cannot be made was not sent", async () => {
    const makeDocument = () => Promise.reject(new Error("no fonts"));
    const ada = fake.person("Ada");
    const got = await create({ makeDocument }).send(String(ada.id), {
      method: "sendDocument",
      document: FORM,
    });
    expect(got).toMatchObject({ kind: "later" });
    expect(ada.transcript).toEqual([]);
  });
});

test("at Telegram's pace nothing is refused for haste, which it would be without", async () => {
  let frozen: number | undefined;
  const strict = await new FakeTelegram({ now: () => frozen ?? Date.now() }).listen();
  try {
    const outbox = new MemoryOutbox(Date.now);
    const people = ["Ada", "Bice", "Carla"].map((name) => strict.person(name));
    const channel = create({ token: strict.token, apiRoot: strict.apiRoot });
    for (const { id } of people)
      for (const text of ["uno", "due"]) outbox.add("telegram", String(id), { text });
    const dispatcher = createDispatcher({
      outbox,
      channels: [channel],
      log: { warn: () => {}, error: () => {} },
    });
    dispatcher.start();
    for (const person of people) {
      expect((await person.hears()).text).toBe("uno");
      expect((await person.hears()).text).toBe("due");
    }
    await dispatcher.stop();
    expect(strict.flood.tooFast).toBe(0);
    frozen = Date.now() + 5000;
    const hasty = people.slice(0, 1).flatMap(({ id }) => [id, id]);
    const outcomes: Outcome[] = [];
    for (const id of hasty)
      outcomes.push(await channel.send(String(id), { method: "sendMessage", text: "tre" }));
    expect(outcomes).toMatchObject([{ kind: "sent" }, { kind: "later", afterMs: 1000 }]);
  } finally {
    await strict.close();
  }
});

describe("the webhook", () => {
  const webhook = { baseUrl: "https://partecipa.example.org/", secret: SECRET };
  const update = {
    update_id: 1,
    message: { chat: { id: 5, type: "private" }, from: { id: 5 }, text: "Ciao" },
  };

  async function post(
    body: string,
    secret: string | undefined = SECRET,
    headers: Record<string, string> = {},
  ) {
    const app = bot?.app ?? create({ webhook }).app;
    if (!app) throw new Error("There is no webhook.");
    const response = await app.request("/webhooks/telegram", {
      method: "POST",
      body,
      headers: { ...(secret !== undefined && { "x-telegram-bot-api-secret-token": secret }), ...headers },
    });
    return response.status;
  }

  test("without the right secret nothing is stored, whatever the body", async () => {
    for (const secret of ["", "wrong", `${SECRET}a`, SECRET.slice(1), SECRET.toUpperCase()])
      for (const body of [JSON.stringify(update), "no json"]) expect(await post(body, secret)).toBe(401);
    const app = bot?.app;
    const bare = await app?.request("/webhooks/telegram", { method: "POST", body: JSON.stringify(update) });
    expect(bare?.status).toBe(401);
    expect(stored).toEqual([]);
  });

  test("with it, 200 once the update is stored", async () => {
    expect(await post(JSON.stringify(update))).toBe(200);
    expect(said()).toEqual(["Ciao"]);
    expect(await post(JSON.stringify(update))).toBe(200);
    expect(said()).toEqual(["Ciao"]);
  });

  test("malformed JSON is 400, a body beyond reason 413, JSON that is no update 200 and nothing", async () => {
    expect(await post('{"update_id": 1,')).toBe(400);
    expect(await post("")).toBe(400);
    expect(await post(JSON.stringify({ text: "x".repeat(5_000_000) }))).toBe(413);
    for (const junk of ["null", "[]", "7", '"ciao"', "{}"]) expect(await post(junk)).toBe(200);
    expect(stored).toEqual([]);
  });

  test("a text of a megabyte is taken", async () => {
    const text = "è".repeat(1_048_576);
    expect(await post(JSON.stringify({ ...update, message: { ...update.message, text } }))).toBe(200);
    expect(said()).toEqual([text]);
  });

  test("what cannot be stored is not acknowledged", async () => {
    storeFails = 1;
    expect(await post(JSON.stringify(update))).toBe(503);
    expect(await post(JSON.stringify(update))).toBe(200);
    expect(stored).toHaveLength(1);
  });

  test("Telegram delivers to it, again where it could not be stored, with the secret it was given", async () => {
    let app: Telegram["app"];
    const server = serve({
      fetch: (request) => app?.fetch(request) ?? new Response(null, { status: 502 }),
      port: 0,
    });
    const resolve = (url: string) => {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      return url.replace("https://partecipa.example.org", `http://127.0.0.1:${port}`);
    };
    const own = await new FakeTelegram({ pace: false, resolve }).listen();
    try {
      const channel = create({ webhook, token: own.token, apiRoot: own.apiRoot });
      app = channel.app;
      channel.start();
      await own.until("the webhook", () => own.updates.url !== "");
      expect(own.updates.url).toBe("https://partecipa.example.org/webhooks/telegram");
      storeFails = 2;
      const ada = own.person("Ada");
      ada.says("uno");
      ada.says("due");
      await own.until("both taken", () => own.updates.unconfirmed === 0);
      expect(said()).toEqual(expect.arrayContaining(["uno", "due"]));
      expect(own.updates.deliveries.toSorted()).toEqual([200, 200, 503, 503]);
    } finally {
      await own.close();
      server.close();
    }
  });
});
