import type { Hono } from "hono";
import type { Channel, Makers } from "../channel.ts";
import type { WordsFor } from "../choices.ts";
import { realTimer, type Timer } from "../timer.ts";
import { askUntilTold } from "./asking.ts";
import { createAttention } from "./attention.ts";
import { readDailyLimit, readNumber, type WhatsAppAccount } from "./call.ts";
import { createWhatsAppCodec } from "./codec.ts";
import { keepNews, keepRefusal, type WhatsAppKeepers, warn } from "./keep.ts";
import { WINDOW_MS, whatsappPace } from "./limits.ts";
import { readWhatsApp } from "./news.ts";
import { fetchRecording } from "./recording.ts";
import type { WhatsAppPayload } from "./render.ts";
import { markRead, sendWhatsApp } from "./send.ts";
import { renderTemplate, type WhatsAppApproved } from "./template-message.ts";
import { ownTemplates, type TemplateFiles } from "./templates.ts";
import { whatsappWebhook } from "./webhook.ts";

export { createWhatsAppCodec } from "./codec.ts";

export interface WhatsAppOptions extends Makers, WhatsAppKeepers {
  readonly accessToken: string;
  readonly phoneNumberId: string;
  /** With it the platform signs what it delivers. */
  readonly appSecret: string;
  /** With it the platform's first call to the webhook is recognised. */
  readonly verifyToken: string;
  /** Without a slash at the end. */
  readonly apiRoot: string;
  readonly apiVersion: string;
  readonly words: WordsFor;
  readonly log: { error(details: object, message: string): void };
  /** Those of the product, unless given. */
  readonly templates?: TemplateFiles;
  readonly timer?: Timer;
  /** How long a call may take before its outcome counts as unknown. */
  readonly timeoutMs?: number;
}

export interface WhatsApp extends Channel<unknown, WhatsAppPayload | WhatsAppApproved> {
  /** Serves the webhook. */
  readonly app: Hono;
  /** Asks under which number it is found, until the platform tells; resolves at once. */
  start(): void;
  /** Resolves when nothing is on its way any more, apart from what the dispatcher sends. */
  stop(): Promise<void>;
}

/**
 * The assistant on WhatsApp, by Meta's Cloud API.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp
 */
export function createWhatsApp(options: WhatsAppOptions): WhatsApp {
  const { noteLimit, log, timer = realTimer, timeoutMs = 20_000 } = options;
  const { accessToken, phoneNumberId, apiRoot, apiVersion } = options;
  const templates = options.templates ?? ownTemplates();
  const account: WhatsAppAccount = { accessToken, phoneNumberId, apiRoot, apiVersion, timeoutMs };
  const codec = createWhatsAppCodec(options.words);
  const attention = createAttention((id, typing) => markRead(account, id, typing), timer);

  const stopped = new AbortController();
  let number: string | undefined;
  let asking: Promise<unknown> | undefined;

  async function askNumber(): Promise<void> {
    const ask = () => readNumber(account, stopped.signal);
    number = await askUntilTold(ask, timer, stopped.signal, (reason) =>
      log.error({ reason }, "WhatsApp does not tell its number: links to the assistant are left out"),
    );
  }

  /** Once: the webhook tells when it changes, and what is refused today is refused tomorrow. */
  async function askLimit(): Promise<void> {
    const answer = await readDailyLimit(account, stopped.signal);
    if ("made" in answer) await noteLimit(answer.made, new Date(timer.now())).catch(cannotKeep);
  }

  async function store(body: unknown): Promise<void> {
    const news = readWhatsApp(body);
    warn(news, templates, log);
    await keepNews(news, options);
    attention.heard(news.arrivals);
  }

  const cannotKeep = (error: unknown) => log.error({ err: error }, "What WhatsApp told could not be kept");

  return {
    name: "whatsapp",
    pace: whatsappPace,
    limits: codec.limits,
    window: { ms: WINDOW_MS, render: (message) => renderTemplate(message, templates) },
    parse: codec.parse,
    render: codec.render,
    app: whatsappWebhook(options, store, log),
    fetchRecording: (recording, until) => fetchRecording(account, recording, until),
    async send(address, payload) {
      attention.answering(address);
      const outcome = await sendWhatsApp(account, options, address, payload);
      await keepRefusal(outcome, address, payload, new Date(timer.now()), options).catch(cannotKeep);
      return outcome;
    },
    // https://faq.whatsapp.com/5913398998672934
    opening: (_payload, said) => number && `https://wa.me/${number}?text=${encodeURIComponent(said)}`,
    start() {
      asking ??= Promise.all([askNumber(), askLimit()]);
    },
    async stop() {
      stopped.abort();
      await asking;
      await attention.stop();
    },
  };
}
