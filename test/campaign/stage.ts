import { z } from "zod";
import { type Dice, dice } from "../support/dice.ts";
import { memberOf, type Platform, platform, type Trouble } from "./crowd.ts";
import { Ledger } from "./ledger.ts";
import { Referee, type Rules } from "./referee.ts";
import { type Talk, type Talker, talk } from "./talkers.ts";

/** What the program of a platform is told when it starts. */
export const order = z.object({
  platform,
  /** To how many people the campaign goes on this platform. */
  people: z.int(),
  /** How many others are in dialogue meanwhile. */
  talkers: z.int(),
  /** How many of the people write "stop" on the way, before they got it. */
  stops: z.int(),
  seed: z.int(),
  /** By what its messages are known: words of them, or the name of a template. */
  marks: z.array(z.string()),
  /** Where the processes of the assistant listen. */
  ports: z.array(z.int()),
});
export type Order = z.infer<typeof order>;

/** What it tells when it is asked. */
export const figures = z.object({
  platform,
  violations: z.object({ tooMany: z.int(), tooSoon: z.int(), impatient: z.int(), byItself: z.int() }),
  came: z.int(),
  inVain: z.int(),
  wallMs: z.number(),
  allowedMs: z.number(),
  closedMs: z.number(),
  reached: z.array(z.string()),
  twice: z.array(z.string()),
  stopped: z.array(z.string()),
  inTime: z.int(),
  late: z.array(z.number()),
  answers: z.array(z.number()),
  unanswered: z.int(),
});
export type Figures = z.infer<typeof figures>;

/** A person of a fake platform. */
interface Person extends Talker {
  readonly address: string;
}

/** What one platform's run consists of, beside the fake itself. */
export class Stage {
  readonly referee: Referee;
  readonly ledger = new Ledger();
  readonly chance: Dice;
  /** What goes wrong with whom. */
  readonly troubled: ReadonlyMap<string, Trouble>;
  readonly #order: Order;
  #talk: Talk | undefined;
  #stops: number[];
  #sent = 0;

  constructor(order: Order, rules: Rules) {
    this.#order = order;
    this.referee = new Referee(rules);
    this.chance = dice(order.seed);
    const members = Array.from({ length: order.people }, (_, nth) => memberOf(order.platform, nth));
    this.troubled = new Map(
      members.flatMap(({ address, trouble }) => (trouble ? [[address, trouble] as const] : [])),
    );
    this.#stops = Array.from({ length: order.stops }, (_, nth) =>
      Math.floor((order.people * (nth + 0.5)) / (order.stops + 1)),
    );
  }

  get platform(): Platform {
    return this.#order.platform;
  }

  isCampaign(text: string): boolean {
    return this.#order.marks.some((mark) => text.includes(mark));
  }

  /** @param people all of them, those in dialogue behind the others */
  begin(people: readonly Person[]): void {
    this.#talk = talk(people.slice(this.#order.people), this.chance);
  }

  /** One more of the campaign's messages has come: now and then somebody has enough before it is their turn. */
  moveOn(people: readonly Person[]): void {
    this.#sent++;
    if (this.#sent < (this.#stops[0] ?? Number.POSITIVE_INFINITY)) return;
    this.#stops.shift();
    const crowd = people.slice(0, this.#order.people);
    const waiting = crowd.filter(({ address }) => !this.ledger.has(address) && !this.troubled.has(address));
    const person = waiting[Math.floor(this.chance() * waiting.length)];
    if (!person) return;
    this.ledger.stops(person.address);
    person.says("stop");
  }

  /** @param byItself what the fake has refused for its haste */
  async report(byItself: number): Promise<Figures> {
    await this.#talk?.stop();
    const { referee, ledger } = this;
    const { tooMany, tooSoon, impatient, paced, inVain, wallMs, allowedMs, closedMs } = referee;
    return {
      platform: this.platform,
      violations: { tooMany, tooSoon, impatient, byItself },
      came: paced + inVain,
      inVain,
      ...{ wallMs, allowedMs, closedMs },
      reached: [...ledger.reached],
      twice: [...ledger.twice],
      stopped: [...ledger.stopped],
      inTime: ledger.inTime,
      late: ledger.late,
      answers: this.#talk?.times ?? [],
      unanswered: this.#talk?.unanswered ?? 0,
    };
  }
}
