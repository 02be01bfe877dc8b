import type { Send } from "../fakes/gate.ts";
import type { Fault as TelegramFault } from "../fakes/telegram/types.ts";
import type { Fault as WhatsAppFault } from "../fakes/whatsapp/types.ts";
import type { Trouble } from "./crowd.ts";
import type { Referee } from "./referee.ts";

/** What is answered, and for how long that says to wait. */
interface Told<Fault> {
  readonly fault: Fault;
  readonly ms: number;
}

/** How a platform says what is wrong with it. */
export interface Voice<Fault> {
  /** Not to this person for so long. */
  wait(ms: number): Told<Fault>;
  /** To nobody for so long. */
  close(ms: number): Told<Fault>;
  /** Something of the platform's own is broken; nothing was accepted. */
  readonly broken: Fault;
  plain(trouble: "silence" | "accepted, then silence" | "reset" | "accepted, then reset"): Fault;
  /** How long it tells one to wait. */
  readonly waitMs: number;
  readonly closeMs: number;
}

export const telegramVoice: Voice<TelegramFault> = {
  wait: (ms) => tooMany(ms),
  close: (ms) => tooMany(ms),
  broken: { code: 500, description: "Internal Server Error" },
  plain: (trouble) => trouble,
  waitMs: 4_000,
  closeMs: 3_000,
};

function tooMany(ms: number): Told<TelegramFault> {
  const retryAfter = Math.ceil(ms / 1000);
  const description = `Too Many Requests: retry after ${retryAfter}`;
  return { fault: { code: 429, description, retryAfter }, ms: retryAfter * 1000 };
}

/** Meta tells no times with its codes: those are what its documentation says of them. */
export const whatsappVoice: Voice<WhatsAppFault> = {
  wait: (ms) => ({ fault: { code: 131056 }, ms }),
  close: (ms) => ({ fault: { code: 130429, status: 429 }, ms }),
  broken: { code: 131000, status: 500 },
  plain: (trouble) => trouble,
  waitMs: 6_000,
  closeMs: 2_000,
};

/** At which part of the way the platform closes for a while, and at which it is broken for so many sends. */
const CLOSES = [0.2, 0.5, 0.8];
const BREAKS = [0.35, 0.65];
const BROKEN_SENDS = 20;

/** Decides what goes wrong: with the platform at some parts of the way, with some people the first time. */
export class Troubles<Fault> {
  readonly #voice: Voice<Fault>;
  readonly #referee: Referee;
  readonly #closes: number[];
  readonly #breaks: number[];
  readonly #left: Map<string, Trouble>;
  #broken = 0;
  #came = 0;

  /** @param people how many messages there are to be */
  constructor(voice: Voice<Fault>, referee: Referee, people: number, troubled: ReadonlyMap<string, Trouble>) {
    this.#voice = voice;
    this.#referee = referee;
    this.#closes = CLOSES.map((part) => Math.floor(part * people));
    this.#breaks = BREAKS.map((part) => Math.floor(part * people));
    this.#left = new Map(troubled);
  }

  /** What goes wrong with a message of the campaign, or any other. */
  decide({ at, to }: Send, isCampaign: boolean): Fault | undefined {
    if (isCampaign) this.#came++;
    if (this.#came >= (this.#closes[0] ?? Number.POSITIVE_INFINITY)) {
      this.#closes.shift();
      this.#referee.close(at, this.#voice.closeMs);
    }
    const closedFor = this.#referee.closedFor(at);
    if (closedFor > 0) return this.#tell(to, at, this.#voice.close(closedFor));
    if (this.#came >= (this.#breaks[0] ?? Number.POSITIVE_INFINITY)) {
      this.#breaks.shift();
      this.#broken = BROKEN_SENDS;
    }
    if (this.#broken > 0) {
      this.#broken--;
      return this.#voice.broken;
    }
    return isCampaign ? this.#once(to, at) : undefined;
  }

  #once(to: string, at: number): Fault | undefined {
    const trouble = this.#left.get(to);
    if (trouble === undefined || trouble === "gone" || trouble === "goneLater") return undefined;
    this.#left.delete(to);
    if (trouble !== "wait") return this.#voice.plain(trouble);
    return this.#tell(to, at, this.#voice.wait(this.#voice.waitMs));
  }

  #tell(to: string, at: number, { fault, ms }: Told<Fault>): Fault {
    this.#referee.told(to, at, ms);
    return fault;
  }
}
