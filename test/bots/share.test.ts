import { afterAll, beforeAll, expect, test } from "vitest";
import { createAssistant } from "../../assistant.ts";
import { makeDocument } from "../../bots/documents/index.ts";
import { drawPicture } from "../../bots/pictures/index.ts";
import { createTelegram, type Telegram } from "../../bots/telegram/index.ts";
import type { Database } from "../../prisma/client.ts";
import { FakeTelegram } from "../fakes/telegram.ts";
import { FakeWhatsApp } from "../fakes/whatsapp.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { admit } from "../support/projects.ts";
import { openWhatsAppHouse } from "../support/whatsapp-house.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** A house in which a project was admitted. */
async function openHouse(code: string): Promise<TestHouse> {
  const house = await openTestHouse(database, { seed: code, day: "2026-12-01" });
  const summary = "Due pomeriggi a settimana in biblioteca.";
  await admit(house, { code, challenge: "connessa", title: "Nonni in rete", summary, cost: 4000 });
  return house;
}

test("on Telegram a project is passed on as one photo, and its link opens it to somebody new", async () => {
  const house = await openHouse("TGQM4X");
  const fake = await new FakeTelegram({ pace: false }).listen();
  let telegram: Telegram | undefined;
  const assistant = createAssistant(house, (inbox) => {
    telegram = createTelegram({
      token: fake.token,
      apiRoot: fake.apiRoot,
      receive: inbox.receive,
      heed: async () => {},
      makeDocument,
      drawPicture,
      words: () => ({ choose: "Scegli", more: "Altre scelte" }),
      menus: [],
      log: { warn() {}, error() {} },
    });
    return [telegram];
  });
  telegram?.start();
  assistant.start();
  const [rosa, ugo] = [fake.person("Rosa", "it"), fake.person("Ugo", "it")];
  rosa.says("quali progetti ci sono?");
  await rosa.hears();
  rosa.presses("Nonni in rete");
  await rosa.hears();
  rosa.presses("Condividi");
  const card = await rosa.hears();
  expect(card.photo?.bytes.length).toBeGreaterThan(1000);
  expect(card.buttons.flat().map(({ text }) => text)).toEqual(["Torna al progetto", "I progetti", "Menu"]);
  const payload = /https:\/\/t\.me\/bene_comune_bot\?start=(\S+)/.exec(card.text)?.[1];
  ugo.says(`/start ${payload}`);
  expect((await ugo.hears()).text).toContain("Nonni in rete\nCosto: 4.000 €");
  expect(rosa.unheard).toEqual([]);
  expect(fake.violations).toEqual([]);
  await telegram?.stop();
  await assistant.stop();
  await fake.close();
});

test("on WhatsApp it is one message with the picture above, and the link's words open it", async () => {
  const house = await openHouse("WAQM4X");
  const fake = await new FakeWhatsApp({ pace: false }).listen();
  const { channel, close } = openWhatsAppHouse(fake, house);
  channel.start();
  await fake.until("the number", () => channel.opening?.("menu", "menu") !== undefined);
  const [rosa, ugo] = [fake.person("Rosa"), fake.person("Ugo")];
  rosa.says("apri il progetto waqm4x");
  await rosa.hears();
  rosa.presses("Condividi");
  const card = await rosa.hears();
  expect(card).toMatchObject({ image: { width: 1080 } });
  expect(card.pressable.map(({ title }) => title)).toEqual(["Torna al progetto", "I progetti", "Menu"]);
  const said = /https:\/\/wa\.me\/390523000000\?text=(\S+)/.exec(card.text)?.[1] ?? "";
  ugo.says(decodeURIComponent(said));
  expect((await ugo.hears()).text).toContain("Nonni in rete\nCosto: 4.000 €");
  expect(rosa.transcript).toHaveLength(2);
  expect(fake.violations).toEqual([]);
  await close();
});
