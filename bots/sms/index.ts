import type { Channel, Outcome } from "../channel.ts";
import { NOT_CONNECTED } from "../connection.ts";
import { fields, plain, text } from "../read.ts";
import { splitText } from "../text.ts";

export interface SmsOptions {
  /** Takes `{"to","text"}` by POST, with the token as bearer: `to` in E.164. */
  readonly url: string;
  readonly token: string;
  /** How long a call may take before its outcome counts as unknown. */
  readonly timeoutMs?: number;
}

/** Ten parts of 153 letters, which telephones join (3GPP TS 23.040); ours take one or two. */
const LONGEST = 1530;

/** The assistant's SMS: codes and notices to people who gave no e-mail. It only sends, and only words. */
export function createSms({ url, token, timeoutMs = 15_000 }: SmsOptions): Channel<never, string> {
  return {
    name: "sms",
    limits: { text: LONGEST, textWithChoices: LONGEST, caption: 0, label: 0, data: 0, choices: 0 },
    pace: { perSecond: 10, perAddressMs: 0 },
    parse: () => [],
    render: ({ text, link }) => splitText(plain(link ? `${text}\n${link.url}` : text), LONGEST),
    async send(address, text) {
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify({ to: address, text }),
          // The token is for this address alone.
          redirect: "error",
          signal: AbortSignal.timeout(timeoutMs),
        });
        return outcomeOf(response, await response.text());
      } catch (error) {
        return unanswered(error);
      }
    },
  };
}

/** Reasons are codes alone: a gateway's words may quote the number. */
function outcomeOf({ status, ok, headers }: Response, body: string): Outcome {
  const reason = String(status);
  if (ok) return { kind: "sent", id: idIn(body) ?? `sms-${crypto.randomUUID()}` };
  if (status === 429) {
    const seconds = Number(headers.get("retry-after"));
    return { kind: "later", reason, everyone: true, ...(seconds > 0 && { afterMs: seconds * 1000 }) };
  }
  if (status === 401 || status === 403)
    return { kind: "halted", reason, remedy: "set SMS_GATEWAY_TOKEN to one that the gateway takes" };
  if (status === 408 || status >= 500) return { kind: "later", reason };
  return { kind: "refused", reason };
}

/** Gateways that follow up on a message name it; this one's contract does not ask them to. */
function idIn(body: string): string | undefined {
  try {
    return text(fields(JSON.parse(body))["id"]);
  } catch {
    return undefined;
  }
}

function unanswered(error: unknown): Outcome {
  const code = text(fields(error instanceof Error ? error.cause : undefined)["code"]);
  if (code !== undefined && NOT_CONNECTED.has(code)) return { kind: "later", reason: code };
  return { kind: "uncertain", reason: code ?? (error instanceof Error ? error.name : "no answer") };
}
