import type { Recording } from "../../core/engine/message.ts";
import { fetchedFrom } from "../bounded.ts";
import type { Fetched } from "../channel.ts";
import { readMediaUrl, type WhatsAppAccount } from "./call.ts";

/**
 * The most that the platform takes of a sound:
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types (read November 2026)
 */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Fetches a voice note: first asks where it is, which is good for five minutes. The platform keeps what
 * people send for seven days.
 */
export async function fetchRecording(
  account: WhatsAppAccount,
  { file }: Recording,
  signal: AbortSignal,
): Promise<Fetched> {
  const answer = await readMediaUrl(account, file, signal);
  if ("failure" in answer) return { kind: "failed", reason: answer.failure.reason };
  const url = answer.made;
  if (!isTrusted(url, account.apiRoot)) return { kind: "failed", reason: "not an https address" };
  try {
    // A redirect to another site is followed without the token: https://fetch.spec.whatwg.org/#http-redirect-fetch
    const headers = { authorization: `Bearer ${account.accessToken}` };
    const response = await fetch(url, { headers, signal });
    return await fetchedFrom(response, MOST_BYTES);
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.name : "no answer" };
  }
}

/** The token goes over an encrypted line, or to where it goes anyway. */
const isTrusted = (url: string, apiRoot: string): boolean =>
  URL.canParse(url) &&
  (new URL(url).protocol === "https:" || new URL(url).origin === new URL(apiRoot).origin);
