import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ZodError } from "zod";
import { makeDocument } from "../../../bots/documents/index.ts";
import { createPhones, type Phones, type ShownEntry } from "../../../bots/phone/index.ts";
import { drawPicture } from "../../../bots/pictures/index.ts";
import { createTelegramCodec } from "../../../bots/telegram/codec.ts";
import { createWhatsAppCodec } from "../../../bots/whatsapp/codec.ts";
import type { Arrival } from "../../../core/ports.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { CARD } from "../../support/card.ts";
import { openTestDatabase } from "../../support/database.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";

const words = () => ({ choose: "Scegli", more: "Altre" });
const codecs = { telegram: createTelegramCodec(words), whatsapp: createWhatsAppCodec(words) };
const styles = ["telegram", "whatsapp"] as const;
const DOCUMENT = {
  fileName: "proposta.pdf",
  language: "it",
  title: "La tua proposta",
  intro: [],
  rows: [{ label: "Titolo", value: "Wi-Fi in piazza" }],
  notes: [],
};

let database: Database;
let stores: Stores;
let received: Arrival[];

beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

/** Phones on the same store, as a server that has just started has them. */
function start(fail = () => false): Phones {
  received = [];
  return createPhones({
    codecs,
    history: stores.phoneHistory,
    makeDocument,
    drawPicture,
    page: () => "http://127.0.0.1:3000/",
    beatMs: 20,
    inbox: {
      async receive(arrivals) {
        if (fail()) throw new Error("The store is away.");
        received.push(...arrivals);
        await stores.inbox.receive(arrivals);
      },
    },
  });
}

const ownerOf = (phone: string) => ({ phone, name: "Rosa", language: "it" });
const text = (key: string, words = "Ciao") => ({ kind: "text", key, text: words });
const channelOf = (phones: Phones, style: string) => {
  const found = phones.channels.find(({ name }) => name === `phone-${style}`);
  if (!found) throw new Error(`There is no ${style}.`);
  return found;
};

/** So many entries of a phone's screen. */
async function screen(phones: Phones, style: string, phone: string, count: number, after = 0n) {
  const gone = new AbortController();
  const shown: ShownEntry[] = [];
  for await (const entry of phones.follow(style, phone, after, gone.signal)) {
    if (entry) shown.push(entry);
    if (shown.length === count) gone.abort();
  }
  return shown;
}

describe.each(styles)("A phone that looks like %s", (style) => {
  test("turns what is typed, pressed and spoken into the platform's own delivery", async () => {
    const phones = start();
    const owner = ownerOf("deeds");
    const press = { kind: "press", key: "press-000", on: "row", data: "c.1", label: "Uno", message: "1" };
    await phones.act(style, owner, text("typed-000", "Vorrei partecipare"));
    await phones.act(style, owner, press);
    await phones.act(style, owner, { ...press, key: "press-001", on: "button", data: "c.2" });
    await phones.act(style, owner, { kind: "voice", key: "voice-000", seconds: 3 });
    expect(received.map(({ incoming }) => incoming)).toEqual([
      { kind: "text", text: "Vorrei partecipare" },
      { kind: "choice", data: "c.1" },
      { kind: "choice", data: "c.2" },
      { kind: "media", media: "voice" },
    ]);
    expect(new Set(received.map(({ id }) => id)).size).toBe(4);
    expect(received.map(({ order }) => order)).toEqual(
      received.map(({ order }) => order).sort((a, b) => a - b),
    );
    for (const { channel, address } of received)
      expect({ channel, address }).toEqual({ channel: `phone-${style}`, address: "deeds" });
  });

  test("a voice note's sound is kept nowhere but in memory, for a moment", async () => {
    const phones = start();
    const fetched = async (from: Phones, file: string) =>
      channelOf(from, style).fetchRecording?.({ file }, new AbortController().signal);
    const sound = new TextEncoder().encode("the sound");
    const voice = { kind: "voice", key: "sound-000", seconds: 3, sound: "audio/webm;codecs=opus" };
    phones.takeSound("spoken", "sound-000", sound);
    await phones.act(style, ownerOf("spoken"), voice);
    const [arrival] = received;
    const recording = arrival?.incoming.kind === "media" ? arrival.incoming.recording : undefined;
    expect(recording).toMatchObject({ type: "audio/webm;codecs=opus" });
    const file = recording?.file ?? "";
    expect(await fetched(phones, file)).toEqual({ kind: "fetched", bytes: sound });
    const [entry] = await screen(phones, style, "spoken", 1);
    expect(entry?.payload).toEqual(voice);
    expect(await fetched(start(), file)).toMatchObject({ kind: "failed" });
    for (let nth = 1; nth <= 8; nth++) phones.takeSound("spoken", `sound-00${nth}`, sound);
    expect(await fetched(phones, file)).toMatchObject({ kind: "failed" });
  });

  test("an action that is sent again has one effect", async () => {
    const phones = start();
    const once = await phones.act(style, ownerOf("again"), text("same-key"));
    const [first] = received;
    const twice = await start().act(style, ownerOf("again"), text("same-key"));
    expect(twice).toBe(once);
    expect(received).toEqual([first]);
    expect(await screen(phones, style, "again", 1)).toHaveLength(1);
  });

  test("an action that was shown and not handed over is handed over when it is sent again", async () => {
    let away = true;
    const phones = start(() => away);
    await expect(phones.act(style, ownerOf("away"), text("kept-key"))).rejects.toThrow("away");
    away = false;
    await phones.act(style, ownerOf("away"), text("kept-key"));
    expect(received).toHaveLength(1);
  });

  test("shows everything again to a server that has just started, from any entry on", async () => {
    const phones = start();
    await phones.act(style, ownerOf("kept"), text("kept-one", "Uno"));
    const channel = channelOf(phones, style);
    for (const payload of channel.render({ text: "Due", choices: [] })) await channel.send("kept", payload);
    const whole = await screen(start(), style, "kept", 2);
    expect(whole.map(({ direction }) => direction)).toEqual(["in", "out"]);
    expect(await screen(start(), style, "kept", 1, whole[0]?.id)).toEqual(whole.slice(1));
  });

  test("shows a message as soon as it is sent, on that phone alone", async () => {
    const phones = start();
    const channel = channelOf(phones, style);
    const waiting = screen(phones, style, "live", 1);
    for (const to of ["elsewhere", "live"])
      for (const payload of channel.render({ text: `Per ${to}`, choices: [] }))
        await channel.send(to, payload);
    expect(JSON.stringify((await waiting)[0]?.payload)).toContain("Per live");
  });

  test("draws the picture that came with a message, and says what it shows", async () => {
    const channel = channelOf(start(), style);
    const message = { text: "Eccola", choices: [{ data: "go.menu", label: "Menu" }] };
    for (const picture of [CARD, undefined])
      for (const payload of channel.render({ ...message, ...(picture && { picture }) }))
        await channel.send("card", payload);
    const [shown, without] = await screen(start(), style, "card", 2);
    expect(shown?.picture).toBe(CARD.alt);
    expect(without).not.toHaveProperty("picture");
    const phones = start();
    expect(await phones.picture(style, "card", shown?.id ?? 0n)).toMatchObject({ type: "image/png" });
    expect(await phones.picture(style, "card", without?.id ?? 0n)).toBeNull();
    expect(await phones.picture(style, "another", shown?.id ?? 0n)).toBeNull();
  });

  test("is opened by a link to its page", () => {
    const link = channelOf(start(), style).opening?.("project-K7QM4X", "Apri il progetto K7QM4X");
    const carried = { telegram: "start=project-K7QM4X", whatsapp: "text=Apri+il+progetto+K7QM4X" }[style];
    expect(link).toBe(`http://127.0.0.1:3000/?${carried}`);
  });

  test("makes the document that came with a message, and no other", async () => {
    const phones = start();
    const channel = channelOf(phones, style);
    for (const payload of channel.render({ text: "Ecco", choices: [], document: DOCUMENT }))
      await channel.send("paper", payload);
    const [shown] = await screen(phones, style, "paper", 1);
    expect(shown).toMatchObject({ document: "proposta.pdf" });
    const id = shown?.id ?? 0n;
    const file = await phones.document(style, "paper", id);
    expect(Buffer.from(file?.bytes ?? []).toString("latin1", 0, 5)).toBe("%PDF-");
    expect(await phones.document(style, "other", id)).toBeNull();
    expect(await phones.document(style, "paper", id + 1n)).toBeNull();
  });

  test("reads nothing from what no phone delivers", () => {
    const channel = channelOf(start(), style);
    const junk: never[] = JSON.parse(
      '[null, 1, "x", {}, {"id": 1}, {"owner": {}, "action": {"kind": "text"}}]',
    );
    for (const delivery of junk) expect(channel.parse(delivery)).toEqual([]);
  });
});

test.each([
  ["another platform", ["sms", ownerOf("x"), text("12345678")]],
  ["a phone with a path in its name", ["telegram", ownerOf("../x"), text("12345678")]],
  ["an action without a key", ["telegram", ownerOf("x"), { kind: "text", text: "Ciao" }]],
  ["an empty message", ["telegram", ownerOf("x"), text("12345678", "")]],
  ["what no phone can do", ["telegram", ownerOf("x"), { kind: "dance", key: "12345678" }]],
] as const)("%s is refused", async (_, [style, owner, action]) => {
  await expect(start().act(style, owner, action)).rejects.toThrow(ZodError);
});
