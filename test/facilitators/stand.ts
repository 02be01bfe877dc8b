import { z } from "zod";
import { createAssistant, officeOf } from "../../assistant.ts";
import { makeDocument } from "../../bots/documents/index.ts";
import { drawPicture } from "../../bots/pictures/index.ts";
import { createTelegram, type Telegram } from "../../bots/telegram/index.ts";
import { FakeTelegram } from "../fakes/telegram.ts";
import { FakeWhatsApp } from "../fakes/whatsapp.ts";
import type { TestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { joinWhatsApp } from "../support/whatsapp-house.ts";

/** The platforms' pace is tried elsewhere: here nobody waits for it. */
const FREE = { perSecond: 1000, perAddressMs: 0 };

/** A house on both chats and by e-mail, with the office beside it. */
export async function openStand(house: TestHouse) {
  const telegrams = await new FakeTelegram({ pace: false }).listen();
  const whatsapps = await new FakeWhatsApp({ pace: false }).listen();
  const { opening: _, ...mail } = createRecorder("mail");
  let telegram: Telegram | undefined;
  let whatsapp: ReturnType<typeof joinWhatsApp> | undefined;
  const assistant = createAssistant(house, (inbox) => {
    telegram = createTelegram({
      token: telegrams.token,
      apiRoot: telegrams.apiRoot,
      receive: inbox.receive,
      heed: house.stores.signals.heed,
      makeDocument,
      drawPicture,
      words: () => ({ choose: "Scegli", more: "Altre scelte" }),
      menus: [],
      log: { warn() {}, error() {} },
    });
    whatsapp = joinWhatsApp(whatsapps, house, inbox);
    return [{ ...telegram, pace: FREE }, { ...whatsapp.channel, pace: FREE }, mail];
  });
  telegram?.start();
  whatsapp?.channel.start();
  assistant.start();
  await whatsapps.until("the number", () => whatsapp?.channel.opening?.("menu", "menu") !== undefined);
  const office = officeOf(house, () => assistant.dispatcher.notify());

  return {
    telegrams,
    whatsapps,
    /** The digits in the next e-mail to somebody. */
    digits: async (address: string) => /\d{6}/.exec((await mail.next(address)).text)?.[0] ?? "",
    async ask(path: string, body?: object): Promise<unknown> {
      const sent = body && { method: "POST", body: JSON.stringify(body) };
      return (await office.request(path, sent)).json();
    },
    async invite(name: string, place?: string): Promise<{ readonly id: string; readonly code: string }> {
      const response = await office.request("/facilitators", {
        method: "POST",
        body: JSON.stringify({ name, ...(place && { place }) }),
      });
      return z.object({ id: z.string(), code: z.string() }).parse(await response.json());
    },
    async close() {
      await telegram?.stop();
      await whatsapps.close();
      await whatsapp?.close();
      await assistant.stop();
      await telegrams.close();
    },
  };
}
