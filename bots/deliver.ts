import type { Claimed } from "../core/sending.ts";
import type { Channel, Outcome } from "./channel.ts";

/** What came of a turn to send: the platform's answer, or why it was not asked. */
export type Tried = Outcome | { readonly kind: "not begun" | "not ours"; readonly reason: string };

/** How far a message came: what the platform has taken of it, and what came of the last turn. */
export interface Delivered {
  readonly accepted: number;
  readonly ended: Tried | { readonly kind: "defect"; readonly reason: string; readonly error: unknown };
}

/** Draws a message and sends what the platform has not taken yet, payload by payload. Never rejects. */
export async function deliver(
  claimed: Claimed,
  channel: Pick<Channel, "render" | "window">,
  now: number,
  attempt: (payload: unknown) => Promise<Tried>,
): Promise<Delivered> {
  const { window } = channel;
  const { message } = claimed;
  let { accepted } = claimed;
  try {
    let id = "";
    let approved = isOutside(claimed, window, now);
    let payloads = approved ? window?.render(message) : channel.render(message);
    for (;;) {
      if (!payloads) return { accepted, ended: { kind: "outside", reason: "no template" } };
      const payload = payloads[accepted];
      if (payload === undefined) break;
      const ended = await attempt(payload);
      if (ended.kind === "outside" && accepted === 0 && !approved) {
        // The platform knows best when the person wrote.
        approved = true;
        payloads = window?.render(message);
        continue;
      }
      if (ended.kind !== "sent") return { accepted, ended };
      ({ id } = ended);
      accepted++;
    }
    return { accepted, ended: { kind: "sent", id } };
  } catch (error) {
    // Neither render nor send may throw: a defect, and the next deploy may have mended it.
    const reason = `defect: ${error instanceof Error ? error.name : "unknown"}`;
    return { accepted, ended: { kind: "defect", reason, error } };
  }
}

/** Whether only an approved template may be sent; an answer follows what the person wrote. */
function isOutside({ kind, heardAt }: Claimed, window: Channel["window"], now: number): boolean {
  return window !== undefined && kind !== "reply" && now - (heardAt?.getTime() ?? 0) >= window.ms;
}
