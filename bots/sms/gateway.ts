import type { Outcome } from "../channel.ts";
import { NOT_CONNECTED } from "../connection.ts";
import { fields, text } from "../read.ts";
import type { SmsPost } from "./index.ts";

export interface GatewayOptions {
  /** Takes `{"to","text"}` by POST, with the token as bearer: `to` in E.164. */
  readonly url: string;
  readonly token: string;
  /** How long a call may take before its outcome counts as unknown. */
  readonly timeoutMs?: number;
}

/** Sends SMS through a gateway. */
export function gatewayPost({ url, token, timeoutMs = 15_000 }: GatewayOptions): SmsPost {
  return async (to, text) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ to, text }),
        // The token is for this address alone.
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      return outcomeOf(response, await response.text());
    } catch (error) {
      return unanswered(error);
    }
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
