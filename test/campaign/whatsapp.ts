import { z } from "zod";
import type { Gate } from "../fakes/gate.ts";
import type { Person } from "../fakes/whatsapp/person.ts";
import type { Fault } from "../fakes/whatsapp/types.ts";
import { FakeWhatsApp } from "../fakes/whatsapp.ts";
import { approvedTemplates } from "../support/templates.ts";
import { memberOf } from "./crowd.ts";
import type { Played } from "./played.ts";
import { type Order, Stage } from "./stage.ts";
import { Troubles, whatsappVoice } from "./troubles.ts";

/** 80 a second with what people write; to one person it counts by pairs, which the fake does. */
const RULES = { perSecond: 80, perPersonMs: 0 };
/** What became of messages is told in a body so often, as Meta puts several in one. */
const TELL_MS = 250;
const UNDELIVERABLE = { errors: [{ code: 131026, title: "Message undeliverable" }] };

/** Plays WhatsApp for a run. */
export async function playWhatsApp(order: Order): Promise<Played> {
  const stage = new Stage(order, RULES);
  const troubles = new Troubles(whatsappVoice, stage.referee, order.people, stage.troubled);
  let delivered: string[] = [];
  const gate: Gate<Fault> = {
    came(send) {
      const isCampaign = stage.isCampaign(send.text);
      stage.referee.came(send, isCampaign);
      if (isCampaign) stage.moveOn(people);
      return troubles.decide(send, isCampaign);
    },
    shown(send, id) {
      const isGone = stage.troubled.get(send.to) === "goneLater";
      if (isGone) fake.tell(id, "failed", UNDELIVERABLE);
      else delivered.push(id);
      if (stage.isCampaign(send.text)) stage.ledger.shown(send);
    },
  };
  const fake = await new FakeWhatsApp({
    check: false,
    gate,
    patienceMs: 150_000,
    templates: approvedTemplates(["it"]),
  }).listen();
  // What Meta lets a number write in a day is another test's.
  fake.dailyLimit = "TIER_UNLIMITED";
  const people = Array.from({ length: order.people + order.talkers }, (_, nth) => {
    const person = fake.person(`Persona ${nth}`);
    if (nth < order.people) setUp(person, nth);
    return {
      address: person.number,
      says(text: string): void {
        stage.referee.wrote(Date.now());
        person.says(text);
      },
      hears: () => person.hears(),
    };
  });

  function setUp(person: Person, nth: number): void {
    const { trouble, wroteToday } = memberOf("whatsapp", nth);
    person.gone = trouble === "gone";
    if (wroteToday) person.wroteAt = Date.now();
  }

  fake.deliveries.onTaken = (changes) => {
    for (const { value } of changes)
      for (const { from } of written.parse(value).messages) stage.ledger.acknowledged(from, Date.now());
  };
  fake.deliveries.to(() => {
    const port = order.ports[Math.floor(stage.chance() * order.ports.length)];
    return `http://127.0.0.1:${port}/webhooks/whatsapp`;
  });
  const telling = setInterval(() => {
    if (delivered.length > 0) fake.tell(delivered, "delivered");
    delivered = [];
  }, TELL_MS);
  return {
    env: {
      WHATSAPP_ACCESS_TOKEN: fake.accessToken,
      WHATSAPP_PHONE_NUMBER_ID: fake.phoneNumberId,
      WHATSAPP_APP_SECRET: fake.appSecret,
      WHATSAPP_API_ROOT: fake.apiRoot,
    },
    begin: () => stage.begin(people),
    report: () => stage.report(fake.limits.tooFast),
    async close() {
      clearInterval(telling);
      await fake.close();
    },
  };
}

/** As much of a change as tells who wrote. */
const written = z.object({ messages: z.array(z.object({ from: z.string() })).default([]) });
