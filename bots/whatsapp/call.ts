import type { DailyLimit } from "../../core/campaigns/daily-limit.ts";
import { NOT_CONNECTED } from "../connection.ts";
import { within } from "../deadline.ts";
import { fields, text } from "../read.ts";
import { dailyLimitIn } from "./account-news.ts";
import { failureOf, type WhatsAppFailure } from "./errors.ts";

/** Where the Cloud API is, and who calls it. */
export interface WhatsAppAccount {
  readonly apiRoot: string;
  readonly apiVersion: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** How long a call may take before its outcome counts as unknown. */
  readonly timeoutMs: number;
}

/** What came of a call. */
export type Made<T> = { readonly made: T } | { readonly failure: WhatsAppFailure };

/** Sends something to the number's messages or media. */
export function post(
  account: WhatsAppAccount,
  edge: "messages" | "media",
  body: string | FormData,
): Promise<Made<unknown>> {
  return call(account, `${account.phoneNumberId}/${edge}`, { method: "POST", body });
}

/**
 * The number as people dial it, digits alone.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
 */
export async function readNumber(account: WhatsAppAccount, signal: AbortSignal): Promise<Made<string>> {
  const answer = await call(account, `${account.phoneNumberId}?fields=display_phone_number`, { signal });
  if ("failure" in answer) return answer;
  const digits = (text(fields(answer.made)["display_phone_number"]) ?? "").replace(/\D/g, "");
  return digits ? { made: digits } : { failure: { kind: "refused", reason: "no number in the answer" } };
}

/**
 * How many people the business may write to first within any 24 hours, all of its numbers together.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits (read November 2026)
 */
export async function readDailyLimit(
  account: WhatsAppAccount,
  signal: AbortSignal,
): Promise<Made<DailyLimit>> {
  const field = "whatsapp_business_manager_messaging_limit";
  const answer = await call(account, `${account.phoneNumberId}?fields=${field}`, { signal });
  if ("failure" in answer) return answer;
  const limit = dailyLimitIn(fields(answer.made)[field]);
  return limit ? { made: limit } : { failure: { kind: "refused", reason: "no limit in the answer" } };
}

/**
 * Where a file can be fetched that somebody sent to the number.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export async function readMediaUrl(
  account: WhatsAppAccount,
  id: string,
  signal: AbortSignal,
): Promise<Made<string>> {
  const at = `${encodeURIComponent(id)}?phone_number_id=${account.phoneNumberId}`;
  const answer = await call(account, at, { signal });
  if ("failure" in answer) return answer;
  const url = text(fields(answer.made)["url"]);
  return url ? { made: url } : { failure: { kind: "refused", reason: "no address in the answer" } };
}

/** @param path after the version: an id, what of it, and what is asked */
async function call(
  account: WhatsAppAccount,
  path: string,
  request: { readonly method?: "POST"; readonly body?: string | FormData; readonly signal?: AbortSignal },
): Promise<Made<unknown>> {
  const { apiRoot, apiVersion, accessToken, timeoutMs } = account;
  let status: number;
  let answered: string;
  try {
    [status, answered] = await within(timeoutMs, request.signal, async (signal) => {
      const response = await fetch(`${apiRoot}/${apiVersion}/${path}`, {
        ...request,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(typeof request.body === "string" && { "content-type": "application/json" }),
        },
        signal,
      });
      return [response.status, await response.text()] as const;
    });
  } catch (error) {
    return { failure: unanswered(error) };
  }
  const read = json(answered);
  return status >= 200 && status < 300 && read !== undefined
    ? { made: read }
    : { failure: failureOf(status, read) };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function unanswered(error: unknown): WhatsAppFailure {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = text(fields(cause)["code"]);
  if (code !== undefined && NOT_CONNECTED.has(code)) return { kind: "later", reason: code };
  return { kind: "uncertain", reason: code ?? (error instanceof Error ? error.name : "no answer") };
}
