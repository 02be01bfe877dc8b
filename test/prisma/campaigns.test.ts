import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Campaign } from "../../core/campaigns/campaign.ts";
import { type Exclusion, exclusions, fateOf } from "../../core/campaigns/fate.ts";
import { foresee } from "../../core/campaigns/foresee.ts";
import { previewOf } from "../../core/campaigns/preview.ts";
import type { Database } from "../../prisma/client.ts";
import { purge } from "../../prisma/purge.ts";
import type { Stores } from "../../prisma/stores.ts";
import { DAY, HOUR, NOW, rules } from "../core/campaigns/people.ts";
import { campaignAbout, candidateOf, type Made, populate, wishesOf } from "../support/campaigns.ts";
import { openTestDatabase } from "../support/database.ts";
import { greet, newFrame, newSecrets, newSession, openTestStores, turn } from "../support/stores.ts";

/** From ten in the morning, when it begins, to half past six. */
const EVENING_AFTER = 8.5 * HOUR;
const mornings = (first: Date, days: number): readonly Date[] =>
  Array.from({ length: days }, (_, day) => new Date(first.getTime() + day * DAY));
const secrets = newSecrets();
let database: Database;
let stores: Stores;
let edition = "";
const reported: string[] = [];
let count = 0;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
/** Each test has an edition of its own, and nobody of the ones before. */
beforeEach(async () => {
  await database.prisma.outbox.deleteMany();
  await database.prisma.contact.deleteMany();
  count += 1;
  edition = `edition-${count}`;
  reported.length = 0;
  stores = await openTestStores(
    database,
    secrets,
    ({ table, id }) => reported.push(`${table} ${id}`),
    edition,
  );
});

const approved = (_: string, language: string) => language === "en";
const put = (people: readonly Made[]) => populate(database, secrets, people, edition);
const telegramOnly = (count: number): readonly Made[] =>
  Array.from({ length: count }, (_, at) => ({ name: `t${at}`, wishes: ["news"] }));
/** The edition's clock is ahead of the real one: what was heard now is heard as of then. */
const real = (edition: Date, now: Date) => new Date(Date.now() + edition.getTime() - now.getTime());

interface Fed {
  readonly dailyLimit?: number;
  readonly room?: Readonly<Record<string, number>>;
  readonly batch?: number;
}

/** Deals with a few recipients. */
function feedOnce(
  id: string,
  campaign: Campaign,
  now: Date,
  { dailyLimit, room, batch = 5 }: Fed,
): Promise<number> {
  return stores.campaigns.feed(id, {
    ...{ campaign, now, batch, dailyLimit: dailyLimit ?? Number.POSITIVE_INFINITY },
    room: new Map(Object.entries(room ?? { telegram: 1000, whatsapp: 1000 })),
    fateOf: (candidate, templates) => fateOf(campaign, candidate, rules, { approved, ...templates }, now),
    compose: ({ language }) => ({ text: `Una notizia in ${language}.`, choices: [] }),
  });
}

async function enrolAll(id: string, now: Date): Promise<void> {
  await stores.campaigns.begin(new Map(), now);
  while (await stores.campaigns.enrol(id, now));
}

/** Does what a process does each second: takes whoever is due, as long as there is somebody. */
async function feedAll(id: string, campaign: Campaign, now: Date, given: Fed = {}): Promise<number> {
  await enrolAll(id, now);
  let fed = 0;
  for (let some = 1; some > 0; fed += some) some = await feedOnce(id, campaign, now, given);
  await stores.campaigns.finish(id, now >= new Date(campaign.plan.until));
  return fed;
}

/** Keeps a campaign and lets it begin. */
async function begin(id: string, campaign: Campaign, now = NOW) {
  await stores.campaigns.write(id, campaign.plan);
  await stores.campaigns.send(id, "Anna Neri", now, false);
}

/** What became of everybody, by name. */
async function outcomes(id: string, ids: ReadonlyMap<string, string>) {
  const rows = await database.prisma.campaignRecipient.findMany({ where: { edition, campaignId: id } });
  const of = new Map(rows.map((row) => [row.contactId, row]));
  return new Map([...ids].map(([name, contactId]) => [name, of.get(contactId)]));
}

const plan = (given: Partial<Campaign["plan"]> = {}) =>
  campaignAbout(["news", "vote"], {
    template: { name: "campaign_news", parameters: [] },
    until: new Date(NOW.getTime() + 4 * DAY).toISOString(),
    ...given,
  });

test("What is previewed is what comes about, for every reason and every wait", async () => {
  const now = NOW;
  const ago = (ms: number) => real(new Date(now.getTime() - ms), now);
  const wa = { channel: "whatsapp", wishes: ["news"] };
  const crowd: readonly Made[] = [
    { name: "now", wishes: ["news"] },
    { name: "evening", wishes: ["news"], hours: "EVENING" },
    { name: "english", wishes: ["vote"], session: { language: "en" } },
    { name: "open chat", ...wa, heardAt: ago(HOUR) },
    {
      name: "template from the evening on",
      ...wa,
      heardAt: ago(20 * HOUR),
      hours: "EVENING",
      session: { language: "en" },
    },
    ...Array.from({ length: 14 }, (_, at) => ({
      name: `template ${at}`,
      ...wa,
      session: { language: "en" },
    })),
    { name: "no template", ...wa },
    { name: "full week", wishes: ["news"] },
    { name: "full week, once", wishes: ["vote"] },
    { name: "week of room tomorrow", wishes: ["news"] },
    { name: "simple, full", wishes: ["news"], session: { profile: { simple: true, numbers: false } } },
    { name: "no wish" },
    { name: "another wish", wishes: ["phase_opens"] },
    { name: "blocked", wishes: ["news"], unreachable: true },
    { name: "elsewhere", wishes: ["news"], comune: "carpaneto" },
    { name: "broken", wishes: ["news"], broken: true },
    { name: "got it", wishes: ["news"] },
    { name: "voted", wishes: ["news"], votedIn: edition },
  ];
  const ids = await put(crowd.map((one) => ({ comune: "vigolzone", ...one })));
  const campaign = plan({ audience: { comuni: ["vigolzone"], state: "notVoted" } });
  await begin("news", campaign);
  await received(ids, "full week", [1, 2]);
  await received(ids, "full week, once", [1, 2]);
  await received(ids, "week of room tomorrow", [5, 6]);
  await received(ids, "simple, full", [3]);
  await database.prisma.campaignRecipient.create({
    data: { edition, campaignId: "news", contactId: ids.get("got it") ?? "", state: "QUEUED", queuedAt: now },
  });

  const dailyLimit = 3;
  const options = { campaign, rules, approved, dailyLimit, from: now, price: undefined };
  const templatesLeft = await stores.campaigns.templatesLeft(dailyLimit, now);
  const preview = await previewOf(stores.campaigns.everybody("news", campaign, now), {
    ...options,
    templatesLeft,
  });
  const foreseen = new Map<string, string>();
  for await (const some of stores.campaigns.everybody("news", campaign, now))
    for (const { contactId, candidate } of some) {
      const end = candidate && foresee(campaign, candidate, rules, approved, now).fate;
      foreseen.set(contactId, !end ? "unreadable" : end.kind === "send" ? "send" : end.because);
    }

  let before = now;
  for (const at of mornings(now, 6).flatMap((morning) => [
    morning,
    new Date(morning.getTime() + EVENING_AFTER),
  ])) {
    await pass(at.getTime() - before.getTime());
    await feedAll("news", campaign, at, { dailyLimit });
    before = at;
  }
  await pass(0);
  await feedAll("news", campaign, before);

  expect(new Set(reported)).toEqual(new Set([`Contact ${ids.get("broken")}`]));
  const became = await outcomes("news", ids);
  const excluded: Partial<Record<Exclusion, number>> = {};
  let gets = 0;
  for (const [name, row] of became) {
    if (name === "got it") continue;
    const fate = foreseen.get(ids.get(name) ?? "");
    if (row?.state === "QUEUED") gets += 1;
    else excluded[reasonOf(row?.reason)] = (excluded[reasonOf(row?.reason)] ?? 0) + 1;
    // Who comes too late because the platform lets no more out is known only of all of them together.
    if (!name.startsWith("template "))
      expect([name, row?.state === "QUEUED" ? "send" : row?.reason]).toEqual([name, fate]);
  }
  expect({ gets, excluded: { ...excluded, has_it: 1 } }).toEqual({
    gets: preview.gets,
    excluded: preview.excluded,
  });
  expect(Object.keys(preview.excluded).toSorted()).toEqual(exclusions.toSorted());
  expect(Object.keys(preview.delayed).toSorted()).toEqual(["limit", "quiet", "weekly"]);
  expect(preview.ways).toEqual(
    expect.arrayContaining([
      { channel: "whatsapp", language: "en", template: true, simple: false, count: 12 },
    ]),
  );
  expect(await stores.campaigns.read("news")).toMatchObject({ state: "done" });
});

/** Lets messages go out, and what was heard be heard so much longer ago. */
async function pass(ms: number) {
  await database.prisma.outbox.updateMany({ data: { state: "SENT", settledAt: new Date() } });
  await database.prisma
    .$executeRaw`UPDATE "Address" SET "heardAt" = "heardAt" - ${ms}::float8 * interval '1 ms'`;
}

const reasonOf = (reason: string | null | undefined): Exclusion => {
  const found = exclusions.find((one) => one === reason);
  if (!found) throw new Error(`${reason} is no reason.`);
  return found;
};

/** Somebody got other campaigns, so many days ago. */
async function received(ids: ReadonlyMap<string, string>, name: string, daysAgo: readonly number[]) {
  for (const days of daysAgo) {
    const id = `earlier-${days}`;
    await stores.campaigns.write(id, plan().plan);
    await database.prisma.campaignRecipient.create({
      data: {
        ...{ edition, campaignId: id, contactId: ids.get(name) ?? "", state: "QUEUED" },
        queuedAt: new Date(NOW.getTime() - days * DAY + HOUR),
      },
    });
  }
}

describe("A campaign", () => {
  const campaign = plan();

  test("is fed once to everybody, however many feed it, and however often they die in between", async () => {
    const ids = await put(telegramOnly(20));
    await begin("news", campaign);
    const enrolled = await Promise.all([1, 2, 3].map(() => stores.campaigns.enrol("news", NOW)));
    expect(enrolled).toEqual([false, false, false]);
    await Promise.all([1, 2, 3].map(() => feedAll("news", campaign, NOW)));
    await feedAll("news", campaign, NOW);
    const sent = await database.prisma.outbox.findMany({
      select: { contactId: true, kind: true, campaign: true },
    });
    expect(sent.map(({ contactId }) => contactId).toSorted()).toEqual([...ids.values()].toSorted());
    expect(new Set(sent.map(({ kind, campaign: of }) => `${kind} ${of}`))).toEqual(
      new Set([`NOTICE ${edition}/news`]),
    );
    expect(await stores.campaigns.progress("news")).toEqual({
      enrolled: true,
      counts: [{ count: 20, as: "queued", channel: "telegram", language: "it" }],
    });
  });

  test("leaves nothing half done where it breaks off", async () => {
    const ids = await put(telegramOnly(12));
    await begin("news", campaign);
    await enrolAll("news", NOW);
    let left = 7;
    const breaking = stores.campaigns.feed("news", {
      ...{ campaign, now: NOW, batch: 10, dailyLimit: 10, room: new Map([["telegram", 100]]) },
      fateOf(candidate, templates) {
        left -= 1;
        if (left === 0) throw new Error("The process dies.");
        return fateOf(campaign, candidate, rules, { approved, ...templates }, NOW);
      },
      compose: () => ({ text: "", choices: [] }),
    });
    await expect(breaking).rejects.toThrow("The process dies.");
    expect(await database.prisma.outbox.count()).toBe(0);
    expect(await feedAll("news", campaign, NOW)).toBe(12);
    const sent = await database.prisma.outbox.findMany({ select: { contactId: true } });
    expect(sent.map(({ contactId }) => contactId).toSorted()).toEqual([...ids.values()].toSorted());
  });

  test("waits while much of its channel waits to be sent, and nothing else does", async () => {
    const session = { language: "en" };
    await put([...telegramOnly(6), { name: "w", channel: "whatsapp", wishes: ["news"], session }]);
    await begin("news", campaign);
    await enrolAll("news", NOW);
    const queued = async (telegram: number, whatsapp: number) => {
      for (let some = 1; some > 0; )
        some = await feedOnce("news", campaign, NOW, { room: { telegram, whatsapp }, batch: 100 });
      return Object.fromEntries(await stores.campaigns.waiting());
    };
    expect(await queued(0, 0)).toEqual({});
    expect(await feedOnce("news", campaign, NOW, { room: { telegram: 2, whatsapp: 0 }, batch: 100 })).toBe(7);
    expect(Object.fromEntries(await stores.campaigns.waiting())).toEqual({ telegram: 2 });
    expect(await queued(0, 5)).toEqual({ telegram: 2, whatsapp: 1 });
    expect(await queued(2, 0)).toEqual({ telegram: 6, whatsapp: 1 });
  });

  test("spends what was asked for once, and gives it back where it is taken back", async () => {
    const ids = await put([{ name: "rosa", wishes: ["vote", "news"] }]);
    const rosa = ids.get("rosa") ?? "";
    const names = async () => (await wishesOf(stores, rosa, ["vote", "news"])).map(({ of }) => of);
    await begin("news", campaign);
    await feedAll("news", campaign, NOW);
    expect(await names()).toEqual(["news"]);
    await stores.campaigns.pause("news");
    expect([await names(), await database.prisma.outbox.count()]).toEqual([["news", "vote"], 0]);
    expect(await feedAll("news", campaign, NOW)).toBe(0);
    await stores.campaigns.resume("news");
    await feedAll("news", campaign, NOW);
    const { notices } = await stores.conversations.find(rosa, { kind: "held" });
    expect(notices).toEqual([{ id: "news", on: "2026-09-08" }]);
    expect([await names(), await database.prisma.outbox.count()]).toEqual([["news"], 1]);
  });

  test("that is stopped calls back what nobody has begun to send, and reaches nobody else", async () => {
    await put([...telegramOnly(4), { name: "late", wishes: ["news"], hours: "EVENING" }]);
    await begin("news", campaign);
    await feedAll("news", campaign, NOW);
    const [first] = await database.prisma.outbox.findMany({ orderBy: { id: "asc" }, take: 1 });
    await database.prisma.outbox.update({
      where: { id: first?.id ?? 0n },
      data: { state: "SENDING", begunAt: new Date(), leaseUntil: new Date(Date.now() + HOUR) },
    });
    expect(await stores.campaigns.stop("news")).toEqual({ kind: "done", state: "stopped" });
    expect(await stores.campaigns.stop("news")).toEqual({ kind: "conflict", state: "stopped" });
    await feedAll("news", campaign, new Date(NOW.getTime() + DAY));
    const { counts = [] } = (await stores.campaigns.progress("news")) ?? {};
    expect(counts.map(({ count, as, because }) => `${count} ${as} ${because}`).toSorted()).toEqual([
      "1 excluded stopped",
      "1 queued undefined",
      "3 failed stopped",
    ]);
  });

  test("takes no notice of who says stop while it is fed, neither before nor after", async () => {
    const contactId = await greet(stores, "m1", {
      effects: [{ kind: "remind", of: "news", channel: "telegram", address: "m1", said: { by: "button" } }],
    });
    await begin("news", campaign);
    await feedAll("news", campaign, NOW);
    const stop = { kind: "forgetReminders", channel: "telegram", said: { by: "word" } } as const;
    await turn(stores, "m1", { effects: [stop] });
    const rows = await database.prisma.outbox.findMany({ where: { contactId, kind: "NOTICE" } });
    expect(rows.map(({ state, sealed }) => [state, sealed])).toEqual([["FAILED", null]]);
    await begin("again", campaign);
    await feedAll("again", campaign, NOW);
    expect((await stores.campaigns.progress("again"))?.counts).toEqual([
      { count: 1, as: "excluded", because: "no_wish" },
    ]);
  });

  test("reaches somebody once who turns out to be two contacts", async () => {
    await put([{ name: "old number", wishes: ["news"] }]);
    await begin("news", campaign);
    await feedAll("news", campaign, NOW);
    const ids = await put([{ name: "new number", wishes: ["news"] }]);
    await begin("again", campaign);
    await enrolAll("again", NOW);
    const later = new Date(NOW.getTime() + HOUR);
    await database.prisma.campaignRecipient.updateMany({
      where: { contactId: ids.get("new number") ?? "" },
      data: { notBefore: later },
    });
    expect(await feedOnce("again", campaign, NOW, { batch: 1 })).toBe(1);
    const move = { channel: "telegram", from: ["old number"], address: "new number" };
    await stores.contacts.move([move]);
    await feedAll("again", campaign, later);
    const rows = await database.prisma.campaignRecipient.findMany({ where: { edition } });
    expect(new Set(rows.map(({ contactId }) => contactId)).size).toBe(1);
    expect(rows.map(({ campaignId, state }) => `${campaignId} ${state}`).toSorted()).toEqual([
      "again QUEUED",
      "news QUEUED",
    ]);
    expect(await database.prisma.outbox.count()).toBe(2);
  });

  test("needs a second person where it is to be approved, and moves only forward", async () => {
    await stores.campaigns.write("news", campaign.plan);
    expect(await stores.campaigns.approve("news", "Anna")).toEqual({ kind: "conflict", state: "draft" });
    expect(await stores.campaigns.send("news", "Anna Neri", NOW, true)).toEqual({
      kind: "done",
      state: "waiting",
    });
    expect(await stores.campaigns.write("news", campaign.plan)).toBe(false);
    expect(await stores.campaigns.approve("news", " anna  neri")).toMatchObject({ kind: "samePerson" });
    expect(await stores.campaigns.send("news", "Bea", NOW, false)).toEqual({
      kind: "conflict",
      state: "waiting",
    });
    await stores.campaigns.begin(new Map(), NOW);
    expect(await stores.campaigns.running()).toEqual([]);
    expect(await stores.campaigns.approve("news", "Bea Rossi")).toEqual({ kind: "done", state: "scheduled" });
    await stores.campaigns.begin(new Map(), new Date(NOW.getTime() - 1));
    expect(await stores.campaigns.running()).toEqual([]);
    await stores.campaigns.begin(new Map(), NOW);
    expect(await stores.campaigns.running()).toMatchObject([
      { id: "news", state: "running", sentBy: "Anna Neri", approvedBy: ["Bea Rossi"] },
    ]);
    expect(await stores.campaigns.pause("nothing")).toEqual({ kind: "unknown" });
  });

  test("of the calendar begins once, whoever begins it, and never where it was stopped before", async () => {
    const due = new Map([
      ["auto.opens", campaign.plan],
      ["auto.closes", campaign.plan],
    ]);
    expect(await stores.campaigns.stop("auto.closes", campaign.plan)).toEqual({
      kind: "done",
      state: "stopped",
    });
    await Promise.all([1, 2, 3].map(() => stores.campaigns.begin(due, NOW)));
    expect((await stores.campaigns.list()).map(({ id, state, automatic }) => [id, state, automatic])).toEqual(
      [
        ["auto.closes", "stopped", true],
        ["auto.opens", "running", true],
      ],
    );
  });

  test("is forgotten by person, and remembered in numbers", async () => {
    await put(telegramOnly(3));
    await begin("news", campaign);
    await feedAll("news", campaign, NOW);
    const before = await stores.campaigns.progress("news");
    const later = new Date(Date.now() + 31 * DAY);
    await database.prisma.outbox.updateMany({ data: { state: "SENT", settledAt: new Date() } });
    await feedAll("news", campaign, NOW);
    const sent = await stores.campaigns.progress("news");
    await purge(database, later);
    expect(await database.prisma.campaignRecipient.count({ where: { edition } })).toBe(0);
    expect(await database.prisma.outbox.count()).toBe(0);
    expect(await stores.campaigns.progress("news")).toEqual(sent);
    expect(sent).not.toEqual(before);
  });
});

test("What is asked of somebody is what is kept of them", async () => {
  const ids = await put([
    {
      name: "rosa",
      wishes: ["news", "vote"],
      comune: "vigolzone",
      hours: "MORNING",
      session: { language: "en" },
    },
  ]);
  const rosa = ids.get("rosa") ?? "";
  await database.prisma.contact.update({ where: { id: rosa }, data: { votedIn: "another" } });
  expect(await candidateOf(stores, rosa, ["news", "vote"])).toMatchObject({
    ...{
      language: "en",
      hours: "morning",
      comune: "vigolzone",
      draft: false,
      voted: false,
      got: [],
      hasThis: false,
    },
    wishes: [
      { of: "news", once: false },
      { of: "vote", once: true },
    ],
  });
  expect(newSession({ parked: [newFrame("1")] }).parked).toHaveLength(1);
});
