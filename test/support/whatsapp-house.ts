import { serve } from "@hono/node-server";
import { type Assistant, createAssistant } from "../../assistant.ts";
import type { Channel } from "../../bots/channel.ts";
import { makeDocument } from "../../bots/documents/index.ts";
import { drawPicture } from "../../bots/pictures/index.ts";
import { createWhatsApp, type WhatsApp } from "../../bots/whatsapp/index.ts";
import type { Inbox } from "../../core/ports.ts";
import type { FakeWhatsApp } from "../fakes/whatsapp.ts";
import type { TestHouse } from "./house.ts";

/** WhatsApp in a house, with its webhook where the fake delivers to. */
export function joinWhatsApp(
  fake: FakeWhatsApp,
  house: TestHouse,
  inbox: Inbox,
): { readonly channel: WhatsApp; close(): Promise<void> } {
  const channel = createWhatsApp({
    accessToken: fake.accessToken,
    phoneNumberId: fake.phoneNumberId,
    appSecret: fake.appSecret,
    verifyToken: "verify-me",
    apiRoot: fake.apiRoot,
    apiVersion: "v23.0",
    receive: inbox.receive,
    move: house.stores.contacts.move,
    report: house.stores.deliveries.report,
    heed: house.stores.signals.heed,
    noteTemplates: house.stores.templates.note,
    noteLimit: house.stores.dailyLimits.note,
    makeDocument,
    drawPicture,
    words: () => ({ choose: "Scegli", more: "Altre scelte" }),
    log: house.log,
  });
  const server = serve({ fetch: channel.app.fetch, port: 0 }, ({ port }) =>
    fake.deliveries.to(`http://127.0.0.1:${port}/webhooks/whatsapp`),
  );
  return {
    channel,
    async close() {
      await channel.stop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole assistant on the fake WhatsApp. */
export function openWhatsAppHouse(
  fake: FakeWhatsApp,
  house: TestHouse,
  others: readonly Channel[] = [],
): { readonly assistant: Assistant; readonly channel: WhatsApp; close(): Promise<void> } {
  let joined: ReturnType<typeof joinWhatsApp> | undefined;
  const assistant = createAssistant(house, (inbox) => {
    joined = joinWhatsApp(fake, house, inbox);
    return [joined.channel, ...others];
  });
  if (!joined) throw new Error("No channel was asked for.");
  const { channel, close } = joined;
  assistant.start();
  return {
    assistant,
    channel,
    async close() {
      await fake.close();
      await close();
      await assistant.stop();
    },
  };
}
