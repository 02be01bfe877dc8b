import { createHmac } from "node:crypto";
import {
  ActionTypes,
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from "botbuilder";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createWhatsApp, createWhatsAppCodec } from "../bots/whatsapp/index.ts";
import { isSigned } from "../bots/whatsapp/signature.ts";
import type { Message } from "../core/engine/message.ts";
import type { Arrival } from "../core/ports.ts";
import { openDatabase } from "../prisma/client.ts";
import { createServerDatabase } from "../test/support/database.ts";
import { newSecrets, openTestStores } from "../test/support/stores.ts";
import { print } from "./print.ts";

const SERVER = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";
const SECRET = "an-app-secret";
const words = () => ({ choose: "Scegli", more: "Altre scelte" });

/** What every incoming message is answered with. */
const ANSWER: Message = {
  text: "Che cosa vuoi fare? Puoi premere un pulsante, oppure scrivere.",
  choices: ["Proposta", "Voto", "Altro"].map((label, n) => ({ data: `c.${n}`, label })),
};

let nth = 0;

/** A delivery of so many messages, each from somebody else unless told who, and of a status with each. */
function delivery(messages: number, from = () => `39333${1_000_000 + (nth % 5000)}`): string {
  const entry = Array.from({ length: messages }, () => {
    const number = from();
    const id = `wamid.HBgMMzkzMzMxMjM0NTY3FQIAEhggQUJDREVG${nth++}`;
    const metadata = { display_phone_number: "390523000000", phone_number_id: "106540352242922" };
    const contacts = [{ profile: { name: "Ada" }, wa_id: number, user_id: `IT.${number}` }];
    const text = { body: "Vorrei proporre un corso di computer per gli anziani del paese." };
    const message = {
      from: number,
      from_user_id: `IT.${number}`,
      id,
      timestamp: "1790000000",
      type: "text",
      text,
    };
    const head = { messaging_product: "whatsapp", metadata };
    const status = { id: `${id}s`, status: "delivered", timestamp: "1790000000", recipient_id: number };
    return {
      id: "102290129340398",
      changes: [
        { field: "messages", value: { ...head, contacts, messages: [message] } },
        { field: "messages", value: { ...head, statuses: [status] } },
      ],
    };
  });
  return JSON.stringify({ object: "whatsapp_business_account", entry });
}

/**
 * Messages a second through the codec (a delivery read, an answer drawn as JSON) and through the whole
 * webhook (request, signature, reading, handing on to a store that takes everything), beside the Bot
 * Framework's adapter, turn context and activities doing the same; then the webhook with the real store.
 */
export async function whatsappBench(): Promise<void> {
  for (const [contender, run] of [
    ["own", ownCodec()],
    ["botbuilder", shellCodec()],
  ] as const)
    print("whatsapp", `codec, ${contender}`, { perSecond: await rate(run, 1) });
  for (const size of [1, 10])
    for (const [contender, run] of [
      ["own", ownWebhook(size)],
      ["botbuilder", shellWebhook(size)],
    ] as const)
      print("whatsapp", `webhook, ${contender}`, { messages: size, perSecond: await rate(run, size) });
  await storedWebhook();
}

/** What was done a second, best of three rounds, as what else runs on the machine only slows it. */
async function rate(run: () => unknown, each: number): Promise<number> {
  let best = 0;
  for (let round = 0; round < 4; round++) {
    const began = performance.now();
    let done = 0;
    while (performance.now() - began < 1000) for (let n = 0; n < 50; n++, done += each) await run();
    if (round > 0) best = Math.max(best, done / ((performance.now() - began) / 1000));
  }
  return Math.round(best);
}

function ownCodec(): () => unknown {
  const codec = createWhatsAppCodec(words);
  const bodies = Array.from({ length: 100 }, () => delivery(1));
  return () => {
    const arrivals = codec.parse(JSON.parse(bodies[nth++ % bodies.length] ?? ""));
    return arrivals.map(({ address }) =>
      codec
        .render(ANSWER)
        .map((payload) => JSON.stringify({ messaging_product: "whatsapp", to: address, ...payload })),
    );
  };
}

function shellCodec(): () => unknown {
  const shell = new Shell();
  const bodies = Array.from({ length: 100 }, () => delivery(1));
  return () =>
    shell.take(JSON.parse(bodies[nth++ % bodies.length] ?? ""), async (turn) => {
      await turn.sendActivity(activityOf(ANSWER));
    });
}

const requestOf = (body: string) => ({
  method: "POST",
  body,
  headers: {
    "content-length": String(Buffer.byteLength(body)),
    "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
  },
});

async function expect200(app: Hono, request: ReturnType<typeof requestOf>): Promise<void> {
  const { status } = await app.request("/webhooks/whatsapp", request);
  if (status !== 200) throw new Error(`The webhook answered ${status}.`);
}

function channelOf(receive: (arrivals: readonly Arrival[]) => Promise<void>) {
  return createWhatsApp({
    accessToken: "",
    phoneNumberId: "106540352242922",
    appSecret: SECRET,
    verifyToken: "",
    apiRoot: "http://127.0.0.1:1",
    apiVersion: "v23.0",
    receive,
    move: async () => {},
    report: async () => {},
    heed: async () => {},
    noteTemplates: async () => {},
    noteLimit: async () => {},
    makeDocument: () => Promise.reject(new Error("Nothing is to be made.")),
    drawPicture: () => Promise.reject(new Error("Nothing is to be drawn.")),
    words,
    log: { error: () => {} },
    // Time stands still: what people are shown while they wait costs calls to WhatsApp, not to us.
    timer: {
      now: Date.now,
      wait: (_, signal) => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())),
    },
  });
}

function ownWebhook(size: number): () => Promise<void> {
  const { app } = channelOf(async () => {});
  const requests = Array.from({ length: 100 }, () => requestOf(delivery(size)));
  return () => expect200(app, requests[nth++ % requests.length] ?? requestOf(""));
}

function shellWebhook(size: number): () => Promise<void> {
  const shell = new Shell();
  const app = new Hono();
  app.post("/webhooks/whatsapp", bodyLimit({ maxSize: 4 * 1024 * 1024 }), async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (!isSigned(c.req.header("x-hub-signature-256"), bytes, SECRET)) return c.body(null, 401);
    await shell.take(JSON.parse(Buffer.from(bytes).toString("utf8")), async () => {});
    return c.body(null, 200);
  });
  const requests = Array.from({ length: 100 }, () => requestOf(delivery(size)));
  return () => expect200(app, requests[nth++ % requests.length] ?? requestOf(""));
}

/** From the request to the commit, by 16 who deliver at once; people are new, then known. */
async function storedWebhook(): Promise<void> {
  const { url, drop } = await createServerDatabase(SERVER);
  const database = await openDatabase({ url, dataDirectory: "" });
  const stores = await openTestStores(database, newSecrets());
  const { app } = channelOf(stores.inbox.receive);
  for (const contender of ["people who are new", "people who are known"]) {
    const requests = Array.from({ length: 4000 }, (_, n) =>
      requestOf(delivery(1, () => `39333${2_000_000 + n}`)),
    );
    const began = performance.now();
    await Promise.all(
      Array.from({ length: 16 }, async (_, from) => {
        for (let n = from; n < requests.length; n += 16) await expect200(app, requests[n] ?? requestOf(""));
      }),
    );
    const perSecond = Math.round(requests.length / ((performance.now() - began) / 1000));
    print("whatsapp", `webhook to commit on PostgreSQL, ${contender}`, { atOnce: 16, perSecond });
  }
  await database.close();
  await drop();
}

interface Delivered {
  readonly entry: readonly {
    readonly changes: readonly {
      readonly value: {
        readonly messages?: readonly {
          readonly from: string;
          readonly id: string;
          readonly text: { readonly body: string };
        }[];
        readonly statuses?: readonly {
          readonly id: string;
          readonly status: string;
          readonly recipient_id: string;
        }[];
      };
    }[];
  }[];
}

/** The Bot Framework with WhatsApp at its edge, as its adapters for other platforms are made. */
class Shell extends BotAdapter {
  readonly sent: string[] = [];

  async take(body: Delivered, logic: (turn: TurnContext) => Promise<void>): Promise<void> {
    for (const { changes } of body.entry)
      for (const { value } of changes) {
        for (const { from, id, text } of value.messages ?? [])
          await this.turn(from, { type: ActivityTypes.Message, id, text: text.body }, logic);
        for (const { id, status, recipient_id: to } of value.statuses ?? [])
          await this.turn(to, { type: ActivityTypes.Event, name: status, replyToId: id }, async () => {});
      }
  }

  async turn(
    from: string,
    more: Partial<Activity>,
    logic: (turn: TurnContext) => Promise<void>,
  ): Promise<void> {
    const activity: Partial<Activity> = {
      channelId: "whatsapp",
      from: { id: from, name: from },
      recipient: { id: "106540352242922", name: "" },
      conversation: { id: from, isGroup: false, conversationType: "", name: "" },
      ...more,
    };
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }

  override async sendActivities(
    _: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    this.sent.length = 0;
    return activities.map(({ text, suggestedActions, conversation }) => {
      const buttons = (suggestedActions?.actions ?? []).map(({ title, value }) => ({
        type: "reply",
        reply: { id: String(value), title },
      }));
      const interactive = { type: "button", body: { text }, action: { buttons } };
      const message = {
        messaging_product: "whatsapp",
        to: conversation?.id,
        type: "interactive",
        interactive,
      };
      this.sent.push(JSON.stringify(message));
      return { id: "" };
    });
  }

  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(_: Partial<ConversationReference>): Promise<void> {}
}

const activityOf = ({ text, choices }: Message): Partial<Activity> => ({
  type: ActivityTypes.Message,
  text,
  suggestedActions: {
    to: [],
    actions: choices.map(({ data, label }) => ({ type: ActionTypes.MessageBack, title: label, value: data })),
  },
});
