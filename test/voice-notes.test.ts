import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Assistant, createAssistant } from "../assistant.ts";
import type { Sound, Transcribed } from "../bots/voice/transcribe.ts";
import type { Incoming } from "../core/engine/message.ts";
import type { Database } from "../prisma/client.ts";
import { endLeases } from "../prisma/leases.ts";
import { openTestDatabase } from "./support/database.ts";
import { openTestHouse, type TestHouse } from "./support/house.ts";
import { createRecorder, type Recorder } from "./support/recorder.ts";
import { until } from "./support/until.ts";

/** How voice notes pass through the assistant: a service that takes its time is in the test's hands. */

let database: Database;
let house: TestHouse;
let running: Assistant[];
let seed = 0;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  house = await openTestHouse(database, { seed: `voice ${seed++}` });
  running = [];
});
afterEach(async () => {
  for (const assistant of running) await assistant.stop();
  await database.prisma.inbox.deleteMany({ where: { state: "PENDING" } });
});

/** A transcription service: every request waits until the test answers it. */
function createService() {
  const asked: { readonly words: string; readonly answer: (transcribed?: Transcribed) => void }[] = [];
  let left = 0;
  return {
    asked,
    /** Resolves once there were so many requests. */
    request: (count: number) =>
      until(
        async () => asked.length,
        (length) => length === count,
      ),
    /** Requests that nobody waits for any more. */
    left: () => left,
    transcribe({ bytes }: Sound, _language: string, signal: AbortSignal): Promise<Transcribed> {
      const words = Buffer.from(bytes).toString("utf8");
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          left += 1;
          resolve({ kind: "failed", reason: "AbortError" });
        });
        asked.push({ words, answer: (transcribed = { kind: "heard", text: words }) => resolve(transcribed) });
      });
    },
  };
}
type Service = ReturnType<typeof createService>;

function open(service: Service, chat: Recorder): Assistant {
  const assistant = createAssistant({ ...house, transcribe: service.transcribe }, () => [chat]);
  assistant.start();
  running.push(assistant);
  return assistant;
}

let order = 0;
const receive = (assistant: Assistant, address: string, incoming: Incoming) =>
  assistant.inbox.receive([
    { channel: "chat", address: `${address} ${seed}`, id: `voice ${order}`, order: order++, incoming },
  ]);
const says = (assistant: Assistant, address: string, text: string) =>
  receive(assistant, address, { kind: "text", text });
const speaks = (assistant: Assistant, address: string, words: string) =>
  receive(assistant, address, { kind: "media", media: "voice", recording: { file: `said:${words}` } });
const heardBy = async (chat: Recorder, address: string) => (await chat.next(`${address} ${seed}`)).text;

describe("while a voice note is listened to", () => {
  test("others are answered, and its own sender's next messages wait for their turn", async () => {
    const [service, chat] = [createService(), createRecorder("chat")];
    const assistant = open(service, chat);
    await says(assistant, "ada", "ciao");
    await heardBy(chat, "ada");
    await speaks(assistant, "ada", "voglio fare una proposta");
    await service.request(1);
    await says(assistant, "ada", "sì");
    await says(assistant, "bice", "contatti");
    expect(await heardBy(chat, "bice")).toContain("0523");
    expect(chat.untaken(`ada ${seed}`)).toBe(0);
    service.asked[0]?.answer();
    expect(await heardBy(chat, "ada")).toContain("Ho sentito: «voglio fare una proposta»");
    expect(await heardBy(chat, "ada")).toContain("Scriviamo insieme la tua proposta");
  });

  test("what was written before it is answered before it", async () => {
    const [service, chat] = [createService(), createRecorder("chat")];
    const assistant = open(service, chat);
    const [first, second] = [order++, order++];
    const message = { channel: "chat", address: `ada ${seed}` };
    await assistant.inbox.receive([
      { ...message, id: `v${first}`, order: first, incoming: { kind: "text", text: "contatti" } },
      {
        ...message,
        id: `v${second}`,
        order: second,
        incoming: { kind: "media", media: "voice", recording: { file: "said:regole" } },
      },
    ]);
    expect(await heardBy(chat, "ada")).toContain("0523");
    await service.request(1);
    service.asked[0]?.answer();
    expect(await heardBy(chat, "ada")).toContain("«regole»");
  });

  test("no more than a few are listened to at once, and nobody is forgotten", async () => {
    const [service, chat] = [createService(), createRecorder("chat")];
    const assistant = open(service, chat);
    const people = ["a", "b", "c", "d", "e", "f"];
    for (const name of people) await speaks(assistant, name, name);
    await service.request(4);
    await says(assistant, "bice", "contatti");
    await heardBy(chat, "bice");
    expect(service.asked).toHaveLength(4);
    for (const { answer } of service.asked) answer();
    await until(
      async () => chat.sent.length,
      (sent) => sent === 5,
    );
    // As if the time had passed for which the others are left alone, which is short.
    await database.pool.query(
      `UPDATE "Contact" SET "heldUntil" = NULL WHERE "heldUntil" < now() + interval '10 s'`,
    );
    assistant.worker.notify();
    await service.request(6);
    for (const { answer } of service.asked) answer();
    for (const name of people) expect(await heardBy(chat, name)).toContain(`«${name}»`);
  });

  test("another process on the same database does not listen to it too", async () => {
    const [service, chat] = [createService(), createRecorder("chat")];
    const one = open(service, chat);
    await speaks(one, "ada", "regole");
    await service.request(1);
    const other = open(service, chat);
    await says(other, "bice", "contatti");
    await heardBy(chat, "bice");
    service.asked[0]?.answer();
    expect(await heardBy(chat, "ada")).toContain("«regole»");
    await says(other, "bice", "contatti");
    await heardBy(chat, "bice");
    expect(service.asked).toHaveLength(1);
  });
});

describe("a voice note is never lost", () => {
  test("a process that ends does not wait for it; the next one listens to it again", async () => {
    const [service, chat] = [createService(), createRecorder("chat")];
    const before = open(service, chat);
    await speaks(before, "ada", "regole");
    await service.request(1);
    await before.stop();
    expect(service.left()).toBe(1);
    expect(chat.sent).toEqual([]);
    open(service, chat);
    await service.request(2);
    service.asked[1]?.answer();
    expect(await heardBy(chat, "ada")).toContain("«regole»");
  });

  test("what a dead process listened to is listened to once more, and answered once", async () => {
    const [service, chat] = [createService(), createRecorder("chat")];
    const dead = open(service, chat);
    await speaks(dead, "ada", "regole");
    await service.request(1);
    // What a start does where nobody else is at work; or so much time has passed.
    await endLeases(database.pool);
    const next = open(service, chat);
    await service.request(2);
    service.asked[1]?.answer();
    expect(await heardBy(chat, "ada")).toContain("«regole»");
    // The one that was taken for dead lives after all, and is late.
    service.asked[0]?.answer();
    await says(next, "ada", "sì");
    expect(await heardBy(chat, "ada")).toContain("Una proposta è ammessa");
    await says(next, "ada", "contatti");
    expect(await heardBy(chat, "ada")).toContain("0523");
    expect(service.asked).toHaveLength(2);
  });

  test("where it could not be listened to, the pending question stands as it stood", async () => {
    const [service, chat] = [createService(), createRecorder("chat")];
    const assistant = open(service, chat);
    await says(assistant, "ada", "proposta");
    await heardBy(chat, "ada");
    await speaks(assistant, "ada", "sì");
    await service.request(1);
    service.asked[0]?.answer({ kind: "failed", reason: "HTTP 500" });
    const answer = await heardBy(chat, "ada");
    expect(answer).toContain("Non sono riuscito ad ascoltare");
    expect(answer).toContain("È il tuo caso?");
    await says(assistant, "ada", "1");
    expect(await heardBy(chat, "ada")).toContain("A nome di chi fai la proposta?");
  });

  test("a defect while answering it is told, and does not come again", async () => {
    const chat = createRecorder("chat");
    const assistant = createAssistant(
      { ...house, transcribe: () => Promise.reject(new Error("A defect.")) },
      () => [chat],
    );
    assistant.start();
    running.push(assistant);
    await speaks(assistant, "ada", "regole");
    expect(await heardBy(chat, "ada")).toContain("Qualcosa non ha funzionato");
    await says(assistant, "ada", "contatti");
    expect(await heardBy(chat, "ada")).toContain("0523");
  });
});
