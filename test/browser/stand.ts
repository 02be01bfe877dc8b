import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Channel, MakeDocument } from "../../bots/channel.ts";
import { createPhones } from "../../bots/phone/index.ts";
import { drawPicture } from "../../bots/pictures/index.ts";
import { createTelegramCodec } from "../../bots/telegram/codec.ts";
import { createWhatsAppCodec } from "../../bots/whatsapp/codec.ts";
import type { Message } from "../../core/engine/message.ts";
import type { Arrival } from "../../core/ports.ts";
import { loadWords } from "../../locales/index.ts";
import type { Stores } from "../../prisma/stores.ts";
import { mailboxPages } from "../../web/mailbox/index.ts";
import { type DemoClock, phonePages } from "../../web/phone/index.ts";

/** Answers a message; it stands where the assistant will. */
export type Answer = (arrival: Arrival) => Message | undefined;

export interface Stand {
  readonly url: string;
  readonly channels: readonly Channel[];
  /** Ends the server as a crash would: open lines are cut. */
  stop(): Promise<void>;
}

const words = loadWords();
const channelWords = () => ({ choose: "Scegli", more: "Altre…" });

/** Days around which the demo's calendar turns. */
function testClock(): DemoClock {
  let today = "2022-05-10";
  return {
    today: () => today,
    moveTo: async (day) => {
      today = day;
    },
    phases: [
      {
        name: "proposals",
        title: { literal: "Raccolta delle proposte" },
        from: "2022-04-13",
        to: "2022-05-31",
      },
      {
        name: "evaluation",
        title: { literal: "Valutazione e co-progettazione" },
        from: "2022-06-01",
        to: "2022-06-29",
      },
      { name: "promotion", title: { literal: "Promozione" }, from: "2022-06-30", to: "2022-08-31" },
      { name: "vote", title: { literal: "Votazione" }, from: "2022-09-01", to: "2022-10-18" },
    ],
  };
}

/** Serves the phones on the stores given, with an answer to whatever is written on them. */
export async function openStand(
  stores: Pick<Stores, "phoneHistory" | "mailbox">,
  answer: Answer,
  makeDocument: MakeDocument,
  port = 0,
  listens = false,
): Promise<Stand> {
  const seen = new Set<string>();
  let channels: readonly Channel[] = [];
  const phones = createPhones({
    codecs: { telegram: createTelegramCodec(channelWords), whatsapp: createWhatsAppCodec(channelWords) },
    history: stores.phoneHistory,
    makeDocument,
    drawPicture,
    page: () => undefined,
    inbox: {
      async receive(arrivals) {
        for (const arrival of arrivals) {
          if (seen.has(`${arrival.channel} ${arrival.id}`)) continue;
          seen.add(`${arrival.channel} ${arrival.id}`);
          const message = answer(arrival);
          const channel = channels.find(({ name }) => name === arrival.channel);
          if (!message || !channel) continue;
          for (const payload of channel.render(message)) await channel.send(arrival.address, payload);
        }
      },
    },
  });
  channels = phones.channels;
  const app = new Hono();
  app.route(
    "/",
    phonePages({ phones, clock: testClock(), words, assistant: "Digitale Bene Comune", listens }),
  );
  app.route("/", mailboxPages({ mailbox: stores.mailbox, words }));
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  return {
    channels,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
