import { z } from "zod";
import { chatOf } from "../fakes/telegram/server.ts";
import { idsOf } from "../fakes/whatsapp/server.ts";

/** The two platforms of a run, each with half of the people. */
export const platforms = ["telegram", "whatsapp"] as const;
export const platform = z.enum(platforms);
export type Platform = z.infer<typeof platform>;

/** What goes wrong with the first message to somebody. */
export type Trouble =
  /** The person has blocked the assistant, or has the app no more. */
  | "gone"
  /** Taken, and told later that the person cannot be reached. */
  | "goneLater"
  /** "Too many" to this person: refused, with a while to wait. */
  | "wait"
  /** No answer ever comes: it was not accepted, or it was. */
  | "silence"
  | "accepted, then silence"
  /** The connection breaks. */
  | "reset"
  | "accepted, then reset";

/** Of so many people one has a trouble: often enough that a small crowd has each of them. */
const TROUBLES: readonly { readonly of: number; readonly at: number; readonly trouble: Trouble }[] = [
  { of: 100, at: 7, trouble: "gone" },
  { of: 200, at: 31, trouble: "wait" },
  { of: 500, at: 90, trouble: "goneLater" },
  { of: 500, at: 111, trouble: "silence" },
  { of: 500, at: 222, trouble: "accepted, then silence" },
  { of: 500, at: 333, trouble: "reset" },
  { of: 500, at: 444, trouble: "accepted, then reset" },
];

/** Whoever is the nth on a platform, the same in every process. */
export interface Member {
  readonly platform: Platform;
  /** Where they are written to. */
  readonly address: string;
  /** Another id of theirs, which stays theirs for good. */
  readonly alias: string | undefined;
  readonly trouble: Trouble | undefined;
  /** Whether they wrote within the last hours, so that WhatsApp takes more than templates. */
  readonly wroteToday: boolean;
}

export function memberOf(platform: Platform, nth: number): Member {
  const ids = platform === "whatsapp" ? idsOf(nth) : undefined;
  const found = TROUBLES.find(({ of, at }) => nth % of === at)?.trouble;
  return {
    platform,
    address: ids?.number ?? String(chatOf(nth)),
    alias: ids?.userId,
    // Telegram knows at once who is gone.
    trouble: found === "goneLater" && platform === "telegram" ? "gone" : found,
    wroteToday: nth % 2 === 0,
  };
}
