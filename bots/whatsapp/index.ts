import type { Hono } from "hono";
import type { Contacts, Deliveries, Inbox } from "../../core/ports.ts";
import type { Channel, MakeDocument } from "../channel.ts";
import type { WordsFor } from "../choices.ts";
import { realTimer, type Timer } from "../timer.ts";
import { createAttention } from "./attention.ts";
import { createWhatsAppCodec } from "./codec.ts";
import { remedyOf } from "./errors.ts";
import { WINDOW_MS, whatsappPace } from "./limits.ts";
import { readWhatsApp } from "./parse.ts";
import { renderTemplate, type WhatsAppApproved, type WhatsAppPayload } from "./render.ts";
import { markRead, sendWhatsApp, type WhatsAppAccount } from "./send.ts";
import { whatsappWebhook } from "./webhook.ts";

export { createWhatsAppCodec } from "./codec.ts";

export interface WhatsAppOptions {
  readonly accessToken: string;
  readonly phoneNumberId: string;
  /** With it the platform signs what it delivers. */
  readonly appSecret: string;
  /** With it the platform's first call to the webhook is recognised. */
  readonly verifyToken: string;
  /** Without a slash at the end. */
  readonly apiRoot: string;
  readonly apiVersion: string;
  /** What it rejects is not acknowledged, and delivered again by the platform. */
  readonly receive: Inbox["receive"];
  readonly move: Contacts["move"];
  readonly report: Deliveries["report"];
  readonly makeDocument: MakeDocument;
  readonly words: WordsFor;
  readonly log: { error(details: object, message: string): void };
  readonly timer?: Timer;
  /** How long a call may take before its outcome counts as unknown. */
  readonly timeoutMs?: number;
}

export interface WhatsApp extends Channel<unknown, WhatsAppPayload | WhatsAppApproved> {
  /** Serves the webhook. */
  readonly app: Hono;
  /** Resolves when nothing is on its way any more, apart from what the dispatcher sends. */
  stop(): Promise<void>;
}

/**
 * The assistant on WhatsApp, by Meta's Cloud API.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp
 */
export function createWhatsApp(options: WhatsAppOptions): WhatsApp {
  const { receive, move, report, makeDocument, log, timer = realTimer, timeoutMs = 20_000 } = options;
  const { accessToken, phoneNumberId, apiRoot, apiVersion } = options;
  const account: WhatsAppAccount = { accessToken, phoneNumberId, apiRoot, apiVersion, timeoutMs };
  const codec = createWhatsAppCodec(options.words);
  const attention = createAttention((id, typing) => markRead(account, id, typing), timer);

  async function store(body: unknown): Promise<void> {
    const { arrivals, reports, moved, errors } = readWhatsApp(body);
    for (const code of errors) {
      const remedy = remedyOf(code);
      if (remedy !== undefined) log.error({ code, remedy }, "WhatsApp reports a trouble with the account");
    }
    // Whoever moved writes from the new number: it is to be theirs before they are heard.
    if (moved.length > 0) await move(moved);
    if (arrivals.length > 0) await receive(arrivals);
    if (reports.length > 0) await report(reports);
    attention.heard(arrivals);
  }

  return {
    name: "whatsapp",
    pace: whatsappPace,
    limits: codec.limits,
    window: { ms: WINDOW_MS, render: renderTemplate },
    parse: codec.parse,
    render: codec.render,
    app: whatsappWebhook(options, store, log),
    send(address, payload) {
      attention.answering(address);
      return sendWhatsApp(account, makeDocument, address, payload);
    },
    stop: attention.stop,
  };
}
