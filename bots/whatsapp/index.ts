import type { Hono } from "hono";
import type { Contacts, Deliveries, Inbox } from "../../core/ports.ts";
import type { Channel, Makers } from "../channel.ts";
import type { WordsFor } from "../choices.ts";
import { backOff, realTimer, type Timer } from "../timer.ts";
import { createAttention } from "./attention.ts";
import { readNumber, type WhatsAppAccount } from "./call.ts";
import { createWhatsAppCodec } from "./codec.ts";
import { remedyOf } from "./errors.ts";
import { WINDOW_MS, whatsappPace } from "./limits.ts";
import { readWhatsApp } from "./news.ts";
import { fetchRecording } from "./recording.ts";
import type { WhatsAppPayload } from "./render.ts";
import { markRead, sendWhatsApp } from "./send.ts";
import { renderTemplate, type WhatsAppApproved } from "./template-message.ts";
import { ownTemplates, type TemplateFiles } from "./templates.ts";
import { whatsappWebhook } from "./webhook.ts";

export { createWhatsAppCodec } from "./codec.ts";

export interface WhatsAppOptions extends Makers {
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
  const { receive, move, report, log, timer = realTimer, timeoutMs = 20_000 } = options;
  const { accessToken, phoneNumberId, apiRoot, apiVersion } = options;
  const templates = options.templates ?? ownTemplates();
  const account: WhatsAppAccount = { accessToken, phoneNumberId, apiRoot, apiVersion, timeoutMs };
  const codec = createWhatsAppCodec(options.words);
  const attention = createAttention((id, typing) => markRead(account, id, typing), timer);

  const stopped = new AbortController();
  let number: string | undefined;
  let asking: Promise<void> | undefined;

  async function askNumber(): Promise<void> {
    for (let failures = 1; !stopped.signal.aborted; failures += 1) {
      const answer = await readNumber(account, stopped.signal);
      if ("made" in answer) {
        number = answer.made;
        return;
      }
      const { kind, reason } = answer.failure;
      if (kind === "halted" || kind === "refused")
        log.error({ reason }, "WhatsApp does not tell its number: links to the assistant are left out");
      await timer.wait(backOff(failures), stopped.signal);
    }
  }

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
    window: { ms: WINDOW_MS, render: (message) => renderTemplate(message, templates) },
    parse: codec.parse,
    render: codec.render,
    app: whatsappWebhook(options, store, log),
    fetchRecording: (recording, until) => fetchRecording(account, recording, until),
    send(address, payload) {
      attention.answering(address);
      return sendWhatsApp(account, options, address, payload);
    },
    // https://faq.whatsapp.com/5913398998672934
    opening: (_payload, said) => number && `https://wa.me/${number}?text=${encodeURIComponent(said)}`,
    start() {
      asking ??= askNumber();
    },
    async stop() {
      stopped.abort();
      await asking;
      await attention.stop();
    },
  };
}
