import { afterAll, beforeAll, expect, it } from "vitest";
import { createAssistant } from "../assistant.ts";
import type { Database } from "../prisma/client.ts";
import { openTestDatabase } from "./support/database.ts";
import { openTestHouse } from "./support/house.ts";
import { createRecorder } from "./support/recorder.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** Somebody who asked to be told, and somebody who asked and thought better of it. */
async function askedBeforeThePhase() {
  const house = await openTestHouse(database, { day: "2026-08-20", seed: "reminders" });
  const chat = createRecorder("chat");
  const assistant = createAssistant(house, () => [chat]);
  let order = 0;
  async function says(address: string, text: string) {
    const id = `reminder ${order}`;
    await assistant.inbox.receive([
      { channel: "chat", address, id, order: order++, incoming: { kind: "text", text } },
    ]);
    return chat.next(address);
  }
  assistant.start();
  for (const address of ["Rosa", "Piero"]) {
    await says(address, "proposta");
    await says(address, "1");
  }
  await says("Piero", "stop");
  return { house, chat, assistant };
}

it("reminds once, on the day, only who still wants it", async () => {
  const { house, chat, assistant } = await askedBeforeThePhase();
  await assistant.jobs.remind();
  house.moveTo("2026-08-31");
  await Promise.all([assistant.jobs.remind(), assistant.jobs.remind()]);
  expect((await chat.next("Rosa")).text).toContain("raccolta delle proposte");
  await assistant.jobs.remind();
  await assistant.stop();
  expect(chat.untaken("Rosa") + chat.untaken("Piero")).toBe(0);
});
