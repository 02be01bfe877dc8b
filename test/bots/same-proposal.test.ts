import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAssistant } from "../../assistant.ts";
import type { Channel } from "../../bots/channel.ts";
import { createConsole } from "../../bots/console/index.ts";
import { makeDocument } from "../../bots/documents/index.ts";
import { createPhones, type Phones } from "../../bots/phone/index.ts";
import { drawPicture } from "../../bots/pictures/index.ts";
import { createTelegram, createTelegramCodec, type Telegram } from "../../bots/telegram/index.ts";
import { createWhatsAppCodec } from "../../bots/whatsapp/codec.ts";
import type { Inbox } from "../../core/ports.ts";
import type { Database } from "../../prisma/client.ts";
import { FakeTelegram } from "../fakes/telegram.ts";
import { FakeWhatsApp } from "../fakes/whatsapp.ts";
import { storedProposals } from "../flows/transcript.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { createRecorder, type Recorder } from "../support/recorder.ts";
import { joinWhatsApp } from "../support/whatsapp-house.ts";

/** A whole proposal: `→` presses, everything else is written; `{code}` is the code that was mailed. */
const DIALOGUE = [
  "ciao",
  "→Fai una proposta",
  "→Sì",
  "→A nome mio",
  "Maria",
  "Țîrlea",
  "maria@posta.it",
  "{code}",
  "→Imprese digitali",
  "Nonni in rete per tutti",
  "Molti anziani non sanno usare il telefono e restano soli in casa. 👵",
  "Due pomeriggi a settimana in biblioteca,\ncon ragazzi che insegnano a usare il telefono.",
  "Ogni settimana in un Comune diverso.",
  "I volontari della biblioteca.",
  "Le biblioteche comunali.",
  "undicimila euro",
  "→Salta",
  "→Invia",
];

/** Somebody on a channel: does a line of the dialogue, and resolves when the reply is on the screen. */
type Somebody = (line: string) => Promise<void>;
interface Stage {
  channels(inbox: Inbox): readonly Channel[];
  somebody(): Somebody;
  close?(): Promise<void>;
}

const words = () => ({ choose: "Scegli", more: "Altre scelte" });
/** Messages that the assistant has sent, counted where they leave. */
let replies = 0;

function counted<D, P>(channel: Channel<D, P>): Channel<D, P> {
  return {
    ...channel,
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(address, payload) {
      replies++;
      return channel.send(address, payload);
    },
  };
}

async function telegramStage(): Promise<Stage> {
  const fake = await new FakeTelegram({ pace: false }).listen();
  const ada = fake.person("Ada", "it");
  let telegram: Telegram | undefined;
  return {
    channels(inbox) {
      telegram = createTelegram({
        token: fake.token,
        apiRoot: fake.apiRoot,
        receive: inbox.receive,
        makeDocument,
        drawPicture,
        words,
        menus: [],
        log: { warn() {}, error() {} },
      });
      telegram.start();
      return [counted(telegram)];
    },
    somebody: () => async (line) => {
      if (line.startsWith("→")) ada.presses(line.slice(1));
      else ada.says(line);
      await ada.hears();
    },
    async close() {
      await telegram?.stop();
      expect(fake.violations).toEqual([]);
      await fake.close();
    },
  };
}

/** Everything that a platform's payload lets one press. */
function pressables(payload: unknown): { label: string; data: string; on: "button" | "row" }[] {
  if (Array.isArray(payload)) return payload.flatMap(pressables);
  if (typeof payload !== "object" || payload === null) return [];
  const { callback_data: callback, id, text, title } = payload as Record<string, unknown>;
  const data = callback ?? id;
  const label = text ?? title;
  const own =
    typeof data === "string" && typeof label === "string"
      ? [
          {
            data,
            label,
            on: "description" in payload || !("type" in payload) ? ("row" as const) : ("button" as const),
          },
        ]
      : [];
  return [...own, ...Object.values(payload).flatMap(pressables)];
}

function phoneStage(style: "telegram" | "whatsapp", house: TestHouse): Stage {
  let phones: Phones | undefined;
  const owner = { phone: "rosa", name: "Rosa", language: "it" };
  return {
    channels(inbox) {
      phones = createPhones({
        codecs: { telegram: createTelegramCodec(words), whatsapp: createWhatsAppCodec(words) },
        history: house.stores.phoneHistory,
        inbox,
        makeDocument,
        drawPicture,
        page: () => undefined,
      });
      return phones.channels.map(counted);
    },
    somebody() {
      const stopped = new AbortController();
      const screen = phones?.follow(style, owner.phone, 0n, stopped.signal);
      let shown: { id: bigint; payload: unknown } | undefined;
      let done = 0;
      return async (line) => {
        const key = `action-${done++}-of-${style}`;
        const label = line.startsWith("→") ? line.slice(1) : undefined;
        const found = pressables(shown?.payload).find((one) => one.label === label);
        if (label !== undefined && !found) throw new Error(`"${label}" is not on the screen.`);
        const action =
          found && shown
            ? {
                kind: "press",
                key,
                on: style === "telegram" ? "button" : found.on,
                data: found.data,
                label: found.label,
                message: String(shown.id),
              }
            : { kind: "text", key, text: line };
        await phones?.act(style, owner, action);
        for (;;) {
          const next = await screen?.next();
          if (next?.value && next.value.direction === "out") {
            shown = next.value;
            return;
          }
        }
      };
    },
  };
}

async function whatsappStage(house: TestHouse): Promise<Stage> {
  const fake = await new FakeWhatsApp({ pace: false }).listen();
  const ada = fake.person("Ada");
  let joined: ReturnType<typeof joinWhatsApp> | undefined;
  return {
    channels(inbox) {
      joined = joinWhatsApp(fake, house, inbox);
      return [counted(joined.channel)];
    },
    somebody: () => async (line) => {
      if (line.startsWith("→")) ada.presses(line.slice(1));
      else ada.says(line);
      await ada.hears();
    },
    async close() {
      await fake.close();
      await joined?.close();
      expect(fake.violations).toEqual([]);
    },
  };
}

function consoleStage(): Stage {
  const output = new PassThrough();
  output.resume();
  let seen = () => {};
  let inbox: Inbox | undefined;
  let order = 0;
  const screen = createConsole({
    output,
    makeDocument,
    directory: "/nonexistent/so-that-nothing-is-written",
  });
  return {
    channels(given) {
      inbox = given;
      const told: typeof screen = {
        ...screen,
        // The paper is another test's matter.
        async send(address, payload) {
          const outcome = await screen.send(address, { text: payload.text });
          seen();
          return outcome;
        },
      };
      return [counted(told)];
    },
    somebody: () => async (line) => {
      const answered = new Promise<void>((resolve) => {
        seen = resolve;
      });
      const typed = { person: "io", id: String(order), order: order++, text: line.replace("→", "") };
      await inbox?.receive(screen.parse(typed));
      await answered;
    },
  };
}

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function perform(house: TestHouse, stage: Stage, mail: Recorder) {
  replies = 0;
  const assistant = createAssistant(house, (inbox) => [...stage.channels(inbox), mail]);
  assistant.start();
  const does = stage.somebody();
  for (const line of DIALOGUE) {
    const code = /\b\d{6}\b/.exec(mail.sent.at(-1)?.message.text ?? "")?.[0] ?? "";
    await does(line.replace("{code}", code));
  }
  await stage.close?.();
  await assistant.stop();
  return storedProposals(database, house.edition.id);
}

describe("the same dialogue ends with the same row", () => {
  const expected = [
    {
      state: "SUBMITTED",
      challenge: "imprese",
      title: "Nonni in rete per tutti",
      need: "Molti anziani non sanno usare il telefono e restano soli in casa. 👵",
      solution: "Due pomeriggi a settimana in biblioteca,\ncon ragazzi che insegnano a usare il telefono.",
      reach: "Ogni settimana in un Comune diverso.",
      involved: "I volontari della biblioteca.",
      place: "Le biblioteche comunali.",
      cost: 11000,
      conflicts: "",
      summary: null,
      finalCost: null,
    },
  ];

  it.each([
    "Telegram",
    "WhatsApp",
    "the phone as Telegram",
    "the phone as WhatsApp",
    "the terminal",
  ] as const)("on %s, one message a turn", async (where) => {
    const house = await openTestHouse(database, { seed: where });
    const stage =
      where === "Telegram"
        ? await telegramStage()
        : where === "WhatsApp"
          ? await whatsappStage(house)
          : where === "the terminal"
            ? consoleStage()
            : phoneStage(where === "the phone as Telegram" ? "telegram" : "whatsapp", house);
    expect(await perform(house, stage, createRecorder("mail"))).toEqual(expected);
    expect(replies).toBe(DIALOGUE.length);
  });
});
