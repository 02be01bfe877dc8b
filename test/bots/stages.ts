import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect } from "vitest";
import { createAssistant } from "../../assistant.ts";
import type { Channel } from "../../bots/channel.ts";
import { createConsole } from "../../bots/console/index.ts";
import { makeDocument } from "../../bots/documents/index.ts";
import { createPhones, type Phones, type ShownEntry } from "../../bots/phone/index.ts";
import { drawPicture } from "../../bots/pictures/index.ts";
import { createTelegram, createTelegramCodec, type Telegram } from "../../bots/telegram/index.ts";
import { createWhatsAppCodec } from "../../bots/whatsapp/codec.ts";
import type { Inbox } from "../../core/ports.ts";
import { FakeTelegram } from "../fakes/telegram.ts";
import { FakeWhatsApp } from "../fakes/whatsapp.ts";
import type { TestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { until } from "../support/until.ts";
import { joinWhatsApp } from "../support/whatsapp-house.ts";

/** The ways of talking to the assistant, on each of which a dialogue can be played. */
export const STAGES = [
  "Telegram",
  "WhatsApp",
  "the phone as Telegram",
  "the phone as WhatsApp",
  "the terminal",
] as const;

/** What came in answer, as far as it can be seen there. */
export interface Came {
  readonly text: string;
  readonly hasPicture: boolean;
  /** A document, whole. */
  readonly file?: Uint8Array;
}

/** Somebody on a channel: does a line of the dialogue, and resolves when the reply is on the screen. */
type Somebody = (line: string) => Promise<Came>;
interface Stage {
  channels(inbox: Inbox): readonly Channel[];
  somebody(): Somebody;
  close?(): Promise<void>;
}

/**
 * Plays a dialogue on one of the {@link STAGES}, with the limits of its platform: `→` presses, everything
 * else is written; `{code}` is the code that was mailed last.
 *
 * @returns what came in answer to each line
 * @throws AssertionError where more or less than one message came in answer to a line
 */
export async function playOn(
  where: (typeof STAGES)[number],
  house: TestHouse,
  dialogue: readonly string[],
): Promise<readonly Came[]> {
  let replies = 0;
  const counted = (channel: Channel): Channel => ({
    ...channel,
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(address, payload) {
      replies++;
      return channel.send(address, payload);
    },
  });
  const mail = createRecorder("mail");
  const stage = await openStage(where, house);
  const assistant = createAssistant(house, (inbox) => [...stage.channels(inbox).map(counted), mail]);
  assistant.start();
  const does = stage.somebody();
  const came: Came[] = [];
  for (const line of dialogue) {
    // E-mails go out beside the replies.
    if (line.includes("{code}"))
      await until(
        async () => mail.sent.length,
        (count) => count > 0,
      );
    const code = /\b\d{6}\b/.exec(mail.sent.at(-1)?.message.text ?? "")?.[0] ?? "";
    came.push(await does(line.replace("{code}", code)));
  }
  await stage.close?.();
  await assistant.stop();
  expect(replies).toBe(dialogue.length);
  return came;
}

async function openStage(where: (typeof STAGES)[number], house: TestHouse): Promise<Stage> {
  switch (where) {
    case "Telegram":
      return telegramStage();
    case "WhatsApp":
      return whatsappStage(house);
    case "the phone as Telegram":
      return phoneStage("telegram", house);
    case "the phone as WhatsApp":
      return phoneStage("whatsapp", house);
    case "the terminal":
      return consoleStage();
  }
}

const words = () => ({ choose: "Scegli", more: "Altre scelte" });

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
        heed: async () => {},
        makeDocument,
        drawPicture,
        words,
        menus: [],
        log: { warn() {}, error() {} },
      });
      telegram.start();
      return [telegram];
    },
    somebody: () => async (line) => {
      if (line.startsWith("→")) ada.presses(line.slice(1));
      else ada.says(line);
      const { text, photo, document } = await ada.hears();
      return { text, hasPicture: photo !== undefined, ...(document && { file: document.bytes }) };
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
  const see = async (entry: ShownEntry): Promise<Came> => {
    const made = entry.document === undefined ? null : await phones?.document(style, owner.phone, entry.id);
    const drawn = entry.picture === undefined ? null : await phones?.picture(style, owner.phone, entry.id);
    return {
      text: JSON.stringify(entry.payload),
      hasPicture: (drawn?.bytes.length ?? 0) > 0,
      ...(made && { file: made.bytes }),
    };
  };
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
      return phones.channels;
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
            return see(next.value);
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
      return [joined.channel];
    },
    somebody: () => async (line) => {
      if (line.startsWith("→")) ada.presses(line.slice(1));
      else ada.says(line);
      const { text, image, document } = await ada.hears();
      return { text, hasPicture: image !== undefined, ...(document && { file: document.bytes }) };
    },
    async close() {
      await fake.close();
      await joined?.close();
      expect(fake.violations).toEqual([]);
    },
  };
}

/** Of a picture a terminal says what it shows; a document is a file, whose path it prints. */
function consoleStage(): Stage {
  const directory = mkdtempSync(join(tmpdir(), "terminal-"));
  const output = new PassThrough();
  let seen = () => {};
  let inbox: Inbox | undefined;
  let order = 0;
  const screen = createConsole({ output, makeDocument, directory });
  return {
    channels(given) {
      inbox = given;
      return [
        {
          ...screen,
          async send(address, payload) {
            const outcome = await screen.send(address, payload);
            seen();
            return outcome;
          },
        } satisfies typeof screen,
      ];
    },
    somebody: () => async (line) => {
      const answered = new Promise<void>((resolve) => {
        seen = resolve;
      });
      const typed = { person: "io", id: String(order), order: order++, text: line.replace("→", "") };
      await inbox?.receive(screen.parse(typed));
      await answered;
      const text = String(output.read());
      const path = /^ {2}\[(.+\.pdf)\]$/m.exec(text)?.[1];
      return { text, hasPicture: /^\[.+\]$/m.test(text), ...(path && { file: readFileSync(path) }) };
    },
    async close() {
      rmSync(directory, { recursive: true });
    },
  };
}
