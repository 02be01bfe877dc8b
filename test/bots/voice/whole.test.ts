import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Assistant, createAssistant } from "../../../assistant.ts";
import { makeDocument } from "../../../bots/documents/index.ts";
import { drawPicture } from "../../../bots/pictures/index.ts";
import { createTelegram, type Telegram } from "../../../bots/telegram/index.ts";
import { createTranscriber } from "../../../bots/voice/transcribe.ts";
import type { Database } from "../../../prisma/client.ts";
import { FakeTelegram } from "../../fakes/telegram.ts";
import { FakeTranscription, soundOf } from "../../fakes/transcription.ts";
import { FakeWhatsApp } from "../../fakes/whatsapp.ts";
import { openTestDatabase } from "../../support/database.ts";
import { openTestHouse, type TestHouse } from "../../support/house.ts";
import { joinWhatsApp } from "../../support/whatsapp-house.ts";

/** Voice notes as people send them, from the phone to the service and back. */

let database: Database;
let service: FakeTranscription;
let house: TestHouse;
let logged: string[];
let seed = 0;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  service = await new FakeTranscription().listen();
  logged = [];
  const log = pino({ level: "trace" }, { write: (line) => void logged.push(line) });
  const url = `${service.url}/v1/audio/transcriptions`;
  const opened = await openTestHouse(database, { seed: `spoken ${seed++}` });
  house = { ...opened, log, transcribe: createTranscriber({ url, token: service.token }) };
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await service.close();
});

const AT_ONCE = { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 };

/** Somebody with a phone, on whichever platform. */
interface Somebody {
  says(text: string): void;
  speaks(sound: Uint8Array): void;
  presses(label: string): void;
  hears(): Promise<{ readonly text: string }>;
}

async function onTelegram(): Promise<Somebody> {
  const fake = await new FakeTelegram({ pace: false }).listen();
  let telegram: Telegram | undefined;
  const assistant = createAssistant(house, ({ receive }) => {
    telegram = createTelegram({
      ...{ token: fake.token, apiRoot: fake.apiRoot, receive, makeDocument, drawPicture, menus: [] },
      heed: async () => {},
      words: () => ({ choose: "Scegli", more: "Altre scelte" }),
      log: house.log,
    });
    return [{ ...telegram, pace: AT_ONCE }];
  });
  telegram?.start();
  return at(assistant, fake, async () => telegram?.stop());
}

async function onWhatsApp(): Promise<Somebody> {
  const fake = await new FakeWhatsApp({ pace: false, series: 500 + seed }).listen();
  let joined: ReturnType<typeof joinWhatsApp> | undefined;
  const assistant = createAssistant(house, (inbox) => {
    joined = joinWhatsApp(fake, house, inbox);
    return [{ ...joined.channel, pace: AT_ONCE }];
  });
  return at(assistant, fake, async () => joined?.close());
}

function at(assistant: Assistant, fake: FakeTelegram | FakeWhatsApp, leave: () => Promise<void>): Somebody {
  assistant.start();
  closing.push(async () => {
    await fake.close();
    await leave();
    await assistant.stop();
  });
  return fake.person("Ada");
}

test.each([
  ["Telegram", onTelegram],
  ["WhatsApp", onWhatsApp],
])(
  "on %s a voice note is answered as if it had been typed, or one is told why not; nothing of it is in the log",
  async (_name, open) => {
    const ada = await open();
    ada.speaks(soundOf("qual è il numero di telefono"));
    expect((await ada.hears()).text).toContain("Ho sentito: «qual è il numero di telefono»");
    ada.presses("Sì, è giusto");
    expect((await ada.hears()).text).toContain("0523");
    expect(service.taken).toMatchObject([{ words: "qual è il numero di telefono", language: "it" }]);

    service.faults.push({ status: 500 }, "cut", { status: 401 }, { body: "quattordici gatti" });
    for (const _ of [...service.faults]) {
      ada.speaks(soundOf("quattordici gatti"));
      expect((await ada.hears()).text).toContain("Non sono riuscito ad ascoltare");
    }
    ada.says("contatti");
    expect((await ada.hears()).text).toContain("0523");
    const log = logged.join("");
    expect(log).toContain("HTTP 500");
    expect(log).toContain("TRANSCRIBE_TOKEN");
    expect(log).not.toContain("gatti");
    expect(log).not.toContain(service.token);
    expect(log).not.toMatch(/AA-fake|EAAfake/);
    expect(log).not.toContain("telefono");
  },
);
