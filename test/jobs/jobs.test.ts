import { afterAll, beforeAll, expect, it } from "vitest";
import { createAssistant } from "../../assistant.ts";
import { automaticCampaigns } from "../../core/campaigns/automatic.ts";
import { createCampaignJob } from "../../jobs/campaigns.ts";
import type { Database } from "../../prisma/client.ts";
import { campaignAbout, populate } from "../support/campaigns.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { newSecrets } from "../support/stores.ts";

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

it("reminds of an event on the day before, and leads to it", async () => {
  const house = await openTestHouse(database, { day: "2026-09-10", seed: "events" });
  const approved = { language: "it", state: "approved", at: new Date() } as const;
  await house.stores.templates.note([{ name: "event_tomorrow", ...approved }]);
  const chat = createRecorder("chat");
  const assistant = createAssistant(house, () => [chat]);
  let order = 0;
  async function opens(address: string, payload: string) {
    const incoming = { kind: "start", payload } as const;
    await assistant.inbox.receive([
      { channel: "chat", address, id: `event ${order}`, order: order++, incoming },
    ]);
    return chat.next(address);
  }
  assistant.start();
  for (const address of ["Lina", "Ugo"]) await opens(address, "remind-event-idee");
  await opens("Ugo", "stop");
  house.moveTo("2026-09-17");
  // Begun before the day was moved.
  const event = automaticCampaigns(house.edition).get("auto.event.idee.2026-09-19");
  if (!event) throw new Error("There is no such event.");
  const moved = { ...event, say: { literal: "È domani!" }, from: house.clock.now().toISOString() };
  await house.stores.campaigns.begin(new Map([["auto.event.idee.2026-09-18", moved]]), house.clock.now());
  await assistant.jobs.remind();
  house.moveTo("2026-09-18");
  await Promise.all([assistant.jobs.remind(), assistant.jobs.remind()]);
  const told = await chat.next("Lina");
  expect(told.text).toContain("Il 19 settembre 2026 alle 20:30 c'è «Serata delle idee»");
  expect(told.choices.map(({ data }) => data)).toEqual(["go.event-idee", "go.menu"]);
  expect(told.template).toMatchObject({ name: "event_tomorrow", language: "it" });
  await assistant.jobs.remind();
  await assistant.stop();
  expect(chat.untaken("Lina") + chat.untaken("Ugo")).toBe(0);
});

it("fills what is free with what ends first, and goes on past a campaign that cannot be worked at", async () => {
  const secrets = newSecrets();
  const own = await openTestDatabase();
  const house = await openTestHouse(own, { day: "2026-09-08", seed: "several", secrets });
  const { campaigns } = house.stores;
  const names = ["a", "b", "c", "d", "e", "f"];
  await populate(
    own,
    secrets,
    names.map((name) => ({ name, wishes: ["news"] })),
    house.edition.id,
  );
  const soon = { until: "2026-09-10T00:00:00Z" };
  const broken = { ...soon, say: { key: "campaign.nothing" }, until: "2026-09-09T00:00:00Z" };
  for (const [id, plan] of [
    ["later", {}],
    ["sooner", soon],
    ["broken", broken],
  ] as const) {
    await campaigns.write(id, campaignAbout(["news"], plan).plan);
    await campaigns.send(id, "Anna Neri", house.clock.now(), false);
  }
  const run = createCampaignJob({
    ...{ campaigns, templates: house.stores.templates, dailyLimits: house.stores.dailyLimits },
    ...{ edition: house.edition, clock: house.clock, words: house.words, wrote: () => undefined },
    channels: [{ name: "telegram", pace: { perSecond: 0.4, perAddressMs: 0 } }],
  });
  const sent = async () => {
    await expect(run()).rejects.toThrow("campaign.nothing");
    const rows = await own.prisma.outbox.groupBy({ by: ["campaign"], _count: true });
    await own.prisma.outbox.updateMany({ data: { state: "SENT", settledAt: new Date() } });
    return Object.fromEntries(rows.map(({ campaign, _count }) => [campaign?.split("/")[1], _count]));
  };
  expect(await sent()).toEqual({ sooner: 4 });
  expect(await sent()).toEqual({ sooner: 6, later: 2 });
  expect(await sent()).toEqual({ sooner: 6, later: 6 });
  await own.close();
});
