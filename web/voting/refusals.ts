import type { Day } from "../../core/edition/calendar.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Params, Text } from "../../core/engine/message.ts";
import { phoneOf } from "../../core/topics/contacts.ts";
import { sourced } from "../../core/topics/sources.ts";
import type { Cast, Voter } from "../../core/voting/ports.ts";
import { votingState } from "../../core/voting/window.ts";

/** Why somebody cannot vote here and now. */
export interface Refusal {
  readonly why: Text;
  /** What can be done instead: choosing anew, or signing in again. */
  readonly next?: "anew" | "enter";
  readonly status: 400 | 403 | 409;
}

/** The days of the online vote keep everybody out; `undefined` while they let in. */
export function whyShut(edition: Edition, today: Day): Refusal | undefined {
  const state = votingState(edition, "online", today)?.state;
  const { online } = edition.vote ?? {};
  if (state === "open" || !online) return undefined;
  const params = { from: { date: online.from }, to: { date: online.to }, today: { date: today } };
  const key = state === "before" ? "ballot.why.before" : "ballot.why.after";
  return { why: sourced(edition, [{ key, params }], online.sources), status: 403 };
}

/** What the roll says against somebody who has signed in. */
export function whyBarred(edition: Edition, voter: Voter | undefined, today: Day): Refusal | undefined {
  if (!voter) return refusal(edition, { kind: "unknown" });
  if (voter.voted) return refusal(edition, { kind: "voted" });
  const { enabledFrom } = voter;
  return enabledFrom && today < enabledFrom
    ? refusal(edition, { kind: "notEnabled", from: enabledFrom })
    : undefined;
}

/** An envelope that was not taken. */
export function refusal(edition: Edition, cast: Exclude<Cast, { kind: "cast" }>): Refusal {
  const because = (name: string, params: Params = {}): Text => ({
    key: `ballot.why.${name}`,
    params: { phone: phoneOf(edition), ...params },
  });
  switch (cast.kind) {
    case "voted":
      return { why: because("voted"), status: 409 };
    case "copied":
      return { why: because("copied"), next: "anew", status: 409 };
    case "notEnabled":
      return { why: because("not_enabled", { from: { date: cast.from } }), status: 403 };
    case "unknown":
      return { why: because("unknown"), status: 403 };
    case "closed":
      return { why: because("closed"), status: 403 };
  }
}

/** Nobody is signed in. */
export const signedOut: Refusal = { why: { key: "ballot.why.signed_out" }, next: "enter", status: 403 };

/** Somebody was, until a while ago. */
export const expired: Refusal = { why: { key: "ballot.why.expired" }, next: "enter", status: 403 };

/** What came is no envelope. */
export const spoilt: Refusal = { why: { key: "ballot.why.spoilt" }, next: "anew", status: 400 };

/** No project was admitted. */
export const noProjects: Refusal = { why: { key: "ballot.why.none" }, status: 403 };
