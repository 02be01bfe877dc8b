import { afterAll, beforeAll, expect, test } from "vitest";
import type { Campaign } from "../../core/campaigns/campaign.ts";
import { fateOf } from "../../core/campaigns/fate.ts";
import { type Database, openDatabase } from "../../prisma/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { NOW, rules } from "../core/campaigns/people.ts";
import { campaignAbout, populate } from "../support/campaigns.ts";
import { createServerDatabase, serverUrl } from "../support/database.ts";
import { newSecrets, openTestStores, turn } from "../support/stores.ts";

/* Two processes feed campaigns to a thousand people, some of whom say stop meanwhile. */

const PEOPLE = 1_000;
const secrets = newSecrets();
const databases: Database[] = [];
const stores: Stores[] = [];
let drop = async () => {};
beforeAll(async () => {
  const server = await createServerDatabase(serverUrl ?? "postgresql://postgres@127.0.0.1:5432/test");
  drop = server.drop;
  for (const _ of [1, 2]) {
    const database = await openDatabase({ url: server.url, dataDirectory: "" });
    databases.push(database);
    stores.push(await openTestStores(database, secrets));
  }
});
afterAll(async () => {
  for (const database of databases) await database.close();
  await drop();
});

const approved = () => true;

/** What a process does until nobody waits, while others are at it too. */
async function feedAll(
  { campaigns }: Stores,
  ids: readonly string[],
  campaign: Campaign,
  dailyLimit: number,
) {
  for (let idle = 0; idle < 20; ) {
    let some = 0;
    for (const id of ids) {
      while (await campaigns.enrol(id, NOW));
      some += await campaigns.feed(id, {
        ...{ campaign, now: NOW, dailyLimit, batch: 50 },
        room: new Map([
          ["telegram", PEOPLE],
          ["whatsapp", PEOPLE],
        ]),
        fateOf: (candidate, templates) => fateOf(campaign, candidate, rules, { approved, ...templates }, NOW),
        compose: () => ({ text: "Una notizia.", choices: [] }),
      });
    }
    idle = some === 0 ? idle + 1 : 0;
  }
}

test("Nobody gets more than their week has room for, nor WhatsApp more than it takes a day, and nobody who said stop", async () => {
  const [database] = databases;
  const [one, other] = stores;
  if (!database || !one || !other) throw new Error("There is no database.");
  const people = Array.from({ length: PEOPLE }, (_, at) => ({
    ...{ name: `p${at}`, channel: at % 2 === 0 ? "telegram" : "whatsapp", wishes: ["news"] },
  }));
  const ids = await populate(database, secrets, people);
  const template = { name: "campaign_news", parameters: [] };
  const campaign = campaignAbout(["news"], { template });
  const three = ["first", "second", "third"];
  for (const id of three) {
    await one.campaigns.write(id, campaign.plan);
    await one.campaigns.send(id, "Anna Neri", NOW, false);
  }
  await one.campaigns.begin(new Map(), NOW);

  const stopped = people.filter((_, at) => at % 20 === 0).map(({ name }) => name);
  const stop = { kind: "forgetReminders", channel: "telegram", said: { by: "word" } } as const;
  const dailyLimit = 300;
  await Promise.all([
    feedAll(one, three, campaign, dailyLimit),
    feedAll(other, three.toReversed(), campaign, dailyLimit),
    (async () => {
      for (const name of stopped) while (!(await turn(one, name, { effects: [stop] })));
    })(),
  ]);

  const rows = await database.prisma.outbox.findMany({
    where: { kind: "NOTICE" },
    select: { contactId: true, campaign: true, state: true, channel: true },
  });
  const pairs = rows.map(({ contactId, campaign: of }) => `${contactId} ${of}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  const perPerson = new Map<string | null, number>();
  for (const { contactId } of rows) perPerson.set(contactId, (perPerson.get(contactId) ?? 0) + 1);
  expect(Math.max(...perPerson.values())).toBe(rules.weeklyMost);
  expect(rows.filter(({ channel }) => channel === "whatsapp")).toHaveLength(dailyLimit);
  const gone = new Set(stopped.map((name) => ids.get(name)));
  const left = rows.filter(({ contactId, state }) => gone.has(contactId ?? "") && state !== "FAILED");
  expect(left).toEqual([]);
  const telegram = PEOPLE / 2 - stopped.length;
  expect(rows.filter(({ channel, state }) => channel === "telegram" && state === "READY")).toHaveLength(
    telegram * rules.weeklyMost,
  );
}, 120_000);
