import type { Campaign } from "./campaign.ts";
import {
  type Candidate,
  type Delay,
  type Excluded,
  fateOf,
  type Send,
  type SendingRules,
  type Templates,
} from "./fate.ts";
import type { TemplatesLeft } from "./ports.ts";

/* What a campaign will have done for somebody in the end: waits are waited for as the sending would. */

/** How somebody will get it, or why not. */
export type Foreseen = Excluded | (Omit<Send, "kind"> & { readonly kind: "send"; readonly at: Date; readonly because?: Delay });

const DAY_MS = 24 * 60 * 60 * 1000;

/** More waits than these one after the other lead nowhere. */
const MOST_WAITS = 20;

/** Hands out what a platform lets through by templates, to one after the other: so many at once, then so many a day. */
export class Allotment {
  readonly #left: number;
  readonly #freesAt: Date;
  readonly #daily: number;
  #given = 0;

  constructor({ left, freesAt }: TemplatesLeft, daily: number) {
    this.#left = Math.max(0, left);
    this.#freesAt = freesAt;
    this.#daily = daily;
  }

  /** When the next one may go out; `undefined` where at once. */
  next(): Date | undefined {
    const over = this.#given - this.#left;
    if (over < 0) return undefined;
    return new Date(this.#freesAt.getTime() + Math.floor(over / this.#daily) * DAY_MS);
  }

  take(): void {
    this.#given += 1;
  }
}

/**
 * Asks the function that the sending asks, at every moment to which it puts somebody off.
 *
 * @param from the edition's time at which the campaign begins, or now
 */
export function foresee(
  campaign: Campaign,
  candidate: Candidate,
  rules: SendingRules,
  approved: Templates["approved"],
  allotment: Allotment,
  from: Date,
): Foreseen {
  let at = from;
  let because: Delay | undefined;
  let free: Date | undefined;
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    const isFull = free !== undefined && free > at;
    const templates = { approved, left: isFull ? 0 : 1, freesAt: free ?? at };
    const fate = fateOf(campaign, candidate, rules, templates, at);
    if (fate.kind === "excluded") return fate;
    if (fate.kind === "wait") {
      because ??= fate.because;
      at = fate.until;
    } else {
      if (fate.template && free === undefined) {
        free = allotment.next() ?? at;
        if (free > at) continue;
      }
      if (fate.template) allotment.take();
      return { ...fate, at, ...(because && { because }) };
    }
  }
  return { kind: "excluded", because: "too_late" };
}
