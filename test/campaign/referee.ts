import type { Send } from "../fakes/gate.ts";

/** What a platform demands of those who send. */
export interface Rules {
  /** Messages in any second. */
  readonly perSecond: number;
  /** Least milliseconds between two to the same person; 0: the platform counts otherwise. */
  readonly perPersonMs: number;
}

/** So long after the platform has said so, every process may know that nothing is taken for a while. */
const TOLD_MS = 1_000;

/** It looks at its clock so often: what comes has come since the last look, a moment ago unless it was kept busy. */
const LOOK_MS = 5;

/** Sees what comes to a platform, at the moment it comes, and counts what breaks its rules for certain. */
export class Referee {
  readonly #rules: Rules;
  /** When each of the last ones may have come at the earliest. */
  readonly #second: number[] = [];
  #lookedAt = Date.now();
  readonly #lastTo = new Map<string, number>();
  readonly #closedTo = new Map<string, number>();
  #closedFrom = 0;
  #closedUntil = 0;
  /** Until when it has told somebody to wait, which may be a little longer. */
  #toldUntil = 0;
  /** More in a second than is allowed. */
  tooMany = 0;
  /** Too soon after another one to the same person. */
  tooSoon = 0;
  /** Before the time was over that the platform had told to wait. */
  impatient = 0;
  /** Messages that came while nobody had to wait: each has taken its share of the pace. */
  paced = 0;
  /** What came while all had to wait. */
  inVain = 0;
  /** How long it had everybody wait, before the last time. */
  #closedMs = 0;
  /** From the campaign's first message to the last one that nothing held back, and what that had to take at least at the platform's limit. */
  wallMs = 0;
  allowedMs = 0;
  #first: { readonly at: number; readonly paced: number } | undefined;

  constructor(rules: Rules) {
    this.#rules = rules;
    setInterval(() => {
      this.#lookedAt = Date.now();
    }, LOOK_MS).unref();
  }

  came({ at, to }: Send, isCampaign: boolean): void {
    this.#count(at);
    if (at - (this.#lastTo.get(to) ?? Number.NEGATIVE_INFINITY) < this.#rules.perPersonMs) this.tooSoon++;
    this.#lastTo.set(to, at);
    const toldLongAgo = at < this.#closedUntil && at > this.#closedFrom + TOLD_MS;
    if (toldLongAgo || at < (this.#closedTo.get(to) ?? 0)) this.impatient++;
    // Who was told to wait gets theirs later, however fast the others go: it says nothing about the pace.
    if (!isCampaign || this.#closedTo.has(to)) return;
    this.#first ??= { at, paced: this.paced };
    this.wallMs = at - this.#first.at;
    this.allowedMs = ((this.paced - this.#first.paced) / this.#rules.perSecond) * 1000 + this.closedMs;
  }

  /** A person's own message, where those count as well. */
  wrote(at: number): void {
    this.#count(at);
  }

  /** For so much longer the platform takes nothing; 0 where it does. */
  closedFor(at: number): number {
    return Math.max(0, this.#closedUntil - at);
  }

  /** From now on the platform takes nothing. */
  close(at: number, ms: number): void {
    this.#closedMs = this.closedMs;
    this.#closedFrom = at;
    this.#closedUntil = at + ms;
    this.#toldUntil = this.#closedUntil;
  }

  /** It has told somebody to wait for so long: for them alone, or because nobody may write now. */
  told(to: string, at: number, ms: number): void {
    this.#closedTo.set(to, at + ms);
    if (this.closedFor(at) > 0) this.#toldUntil = Math.max(this.#toldUntil, at + ms);
  }

  /** How long it had everybody wait. */
  get closedMs(): number {
    return this.#closedMs + this.#toldUntil - this.#closedFrom;
  }

  get violations(): number {
    return this.tooMany + this.tooSoon + this.impatient;
  }

  #count(at: number): void {
    if (at < this.#toldUntil) this.inVain++;
    else this.paced++;
    while ((this.#second[0] ?? at) <= at - 1000) this.#second.shift();
    this.#second.push(Math.min(at, this.#lookedAt));
    if (this.#second.length > this.#rules.perSecond) this.tooMany++;
  }
}
