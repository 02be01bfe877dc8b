import type { DailyLimits } from "../../core/campaigns/daily-limit.ts";
import type { TemplateNews, TemplateRegister } from "../../core/campaigns/templates.ts";
import type { Contacts, Deliveries, Inbox } from "../../core/ports.ts";
import type { Signals } from "../../core/reminders/signals.ts";
import type { Outcome } from "../channel.ts";
import { isUnsubscribed, remedyOf, templateStateOf } from "./errors.ts";
import type { WhatsAppNews } from "./news.ts";
import type { WhatsAppPayload } from "./render.ts";
import type { WhatsAppApproved } from "./template-message.ts";
import type { TemplateFiles } from "./templates.ts";

/** Where what the webhook tells is kept. What they reject is not acknowledged, and delivered again by the platform. */
export interface WhatsAppKeepers {
  readonly receive: Inbox["receive"];
  readonly move: Contacts["move"];
  readonly report: Deliveries["report"];
  readonly heed: Signals["heed"];
  readonly noteTemplates: TemplateRegister["note"];
  readonly noteLimit: DailyLimits["note"];
}

/** Keeps all that a body tells; resolves once it is done. */
export async function keepNews(
  { arrivals, reports, moved, signals, templates, limits }: WhatsAppNews,
  { receive, move, report, heed, noteTemplates, noteLimit }: WhatsAppKeepers,
): Promise<void> {
  // Whoever moved writes from the new number: it is to be theirs before they are heard.
  if (moved.length > 0) await move(moved);
  if (arrivals.length > 0) await receive(arrivals);
  if (reports.length > 0) await report(reports);
  if (signals.length > 0) await heed(signals);
  if (templates.length > 0) await noteTemplates(templates);
  for (const { limit, at } of limits) await noteLimit(limit, at);
}

/** Keeps what a refusal tells of more than its message: of who would get the next one, or of its template. */
export async function keepRefusal(
  outcome: Outcome,
  address: string,
  payload: WhatsAppPayload | WhatsAppApproved,
  at: Date,
  { heed, noteTemplates }: Pick<WhatsAppKeepers, "heed" | "noteTemplates">,
): Promise<void> {
  if (outcome.kind !== "refused") return;
  const { reason } = outcome;
  if (isUnsubscribed(Number(reason)))
    await heed([{ kind: "unsubscribed", channel: "whatsapp", addresses: [address] }]);
  const state = payload.type === "template" ? templateStateOf(Number(reason)) : undefined;
  if (payload.type !== "template" || !state) return;
  // So that a campaign stops before it has failed for everybody.
  const { name, language } = payload.template;
  await noteTemplates([{ name, language: language.code, state, reason, at }]);
}

interface Log {
  error(details: object, message: string): void;
}

/** Tells whoever runs this what nobody else can mend: the account, templates that are gone or have become dearer. */
export function warn({ errors, templates }: WhatsAppNews, files: TemplateFiles, log: Log): void {
  for (const code of errors) {
    const remedy = remedyOf(code);
    if (remedy !== undefined) log.error({ code, remedy }, "WhatsApp reports a trouble with the account");
  }
  for (const one of templates) warnOfTemplate(one, files, log);
}

function warnOfTemplate(
  { name, language, state, reason, category }: TemplateNews,
  files: TemplateFiles,
  log: Log,
): void {
  const file = files.get(name);
  if (!file) return;
  const about = { template: name, language };
  if (state !== undefined && state !== "approved" && state !== "pending")
    log.error({ ...about, state, reason }, "WhatsApp takes this template no more: nobody gets it meanwhile");
  if (category !== undefined && category !== file.category)
    log.error({ ...about, category }, "WhatsApp has put this template in another category, at another price");
}
