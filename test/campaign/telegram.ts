import type { Gate } from "../fakes/gate.ts";
import type { Fault, Update } from "../fakes/telegram/types.ts";
import { FakeTelegram } from "../fakes/telegram.ts";
import type { Played } from "./played.ts";
import { type Order, Stage } from "./stage.ts";
import { Troubles, telegramVoice } from "./troubles.ts";

/** "Not more than about 30 messages per second" in all, one a second in a chat. */
const RULES = { perSecond: 30, perPersonMs: 1000 };

/** Plays Telegram for a run. */
export async function playTelegram(order: Order): Promise<Played> {
  const stage = new Stage(order, RULES);
  const troubles = new Troubles(telegramVoice, stage.referee, order.people, stage.troubled);
  const anywhere = () => order.ports[Math.floor(stage.chance() * order.ports.length)];
  const gate: Gate<Fault> = {
    came(send) {
      const isCampaign = stage.isCampaign(send.text);
      stage.referee.came(send, isCampaign);
      if (isCampaign) stage.moveOn(people);
      return troubles.decide(send, isCampaign);
    },
    shown(send) {
      if (stage.isCampaign(send.text)) stage.ledger.shown(send);
    },
  };
  const fake = await new FakeTelegram({
    check: false,
    gate,
    patienceMs: 150_000,
    resolve: (url) => `http://127.0.0.1:${anywhere()}${new URL(url).pathname}`,
  }).listen();
  const people = Array.from({ length: order.people + order.talkers }, (_, nth) => {
    const person = fake.person(`Persona ${nth}`, "it");
    const address = String(person.id);
    person.blocked = stage.troubled.get(address) === "gone";
    return {
      address,
      says: (text: string) => person.says(text),
      hears: () => person.hears(),
    };
  });
  fake.updates.onTaken = (update) => {
    const who = writerOf(update);
    if (who !== undefined) stage.ledger.acknowledged(who, Date.now());
  };
  return {
    env: { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot },
    begin: () => stage.begin(people),
    report: () => stage.report(fake.flood.tooFast),
    close: () => fake.close(),
  };
}

function writerOf({ message }: Update): string | undefined {
  if (typeof message !== "object" || message === null || !("chat" in message)) return undefined;
  const { chat } = message;
  return typeof chat === "object" && chat !== null && "id" in chat ? String(chat.id) : undefined;
}
