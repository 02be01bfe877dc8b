import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TemplateNews } from "../../core/campaigns/templates.ts";
import type { Signal } from "../../core/reminders/signals.ts";
import { templateRoutes } from "../../office/templates.ts";
import type { Database } from "../../prisma/client.ts";
import type { Unreadable } from "../../prisma/context.ts";
import { openStores, type Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import { greet, newSecrets, newSession, openTestStores, reply, turn } from "../support/stores.ts";

/** What platforms tell besides messages, on the embedded database. */

let database: Database;
let stores: Stores;
let nth = 0;
const secrets = newSecrets();

beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, secrets);
});
afterAll(() => database.close());
beforeEach(() => {
  nth += 1;
});

describe("templates", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 1, 10, 0, second));
  const told = (second: number, more: Partial<TemplateNews>): TemplateNews => ({
    ...{ name: `template_${nth}`, language: "it", at: at(second) },
    ...more,
  });
  const known = async () => (await stores.templates.list()).filter(({ name }) => name === `template_${nth}`);

  test("are approved once that is told, and in that language alone", async () => {
    const name = `template_${nth}`;
    expect((await stores.templates.approved())(name, "it")).toBe(false);
    await stores.templates.note([told(1, { state: "pending" }), told(2, { state: "approved" })]);
    const approved = await stores.templates.approved();
    expect([approved(name, "it"), approved(name, "en")]).toEqual([true, false]);
    await stores.templates.note([told(3, { state: "paused", reason: "FIRST_PAUSE" })]);
    expect((await stores.templates.approved())(name, "it")).toBe(false);
    expect(await known()).toEqual([told(3, { state: "paused", reason: "FIRST_PAUSE" })]);
  });

  test.each([
    ["an older one", told(1, { state: "rejected" })],
    ["a review of the same second", told(2, { state: "pending" })],
    ["one that comes twice", told(2, { state: "approved", category: "UTILITY" })],
  ])("take no step back for %s", async (_, again) => {
    const name = `template_${nth}`;
    await stores.templates.note([told(2, { state: "pending" })]);
    await stores.templates.note([told(2, { state: "approved", category: "UTILITY" })]);
    await stores.templates.note([{ ...again, name }]);
    expect(await known()).toEqual([told(2, { state: "approved", category: "UTILITY" })]);
  });

  test("are listed to the office, which may note what it saw by itself", async () => {
    const name = `template_${nth}`;
    const office = templateRoutes({ templates: stores.templates, languages: ["it", "en"] });
    const noted = await office.request(`/templates/${name}/it/approved`, { method: "POST" });
    expect(await noted.json()).toEqual({ kind: "done", told: false });
    expect((await stores.templates.approved())(name, "it")).toBe(true);
    const listed = await office.request("/templates");
    expect(await listed.json()).toMatchObject({
      languages: ["it", "en"],
      known: expect.arrayContaining([expect.objectContaining({ name, language: "it", state: "approved" })]),
    });
  });

  test("keep their category until another is told, and nothing is known of one by its category alone", async () => {
    await stores.templates.note([told(1, { category: "MARKETING" })]);
    expect(await known()).toEqual([]);
    await stores.templates.note([
      told(2, { state: "approved", category: "UTILITY" }),
      told(3, { category: "MARKETING" }),
      told(4, { state: "paused" }),
      told(1, { category: "UTILITY" }),
    ]);
    expect(await known()).toEqual([told(4, { state: "paused", category: "MARKETING" })]);
  });
});

describe("a notice to who is spoken to in Romanian", () => {
  const notice = (language: string) => ({
    ...{ text: `in ${language}`, choices: [], language },
    template: { name: `template_${nth}`, language, parameters: [language] },
  });

  test.each([
    ["is left as it is where nobody has told of its template", [], "ro"],
    ["has the template in Romanian where that is approved", ["en", "it", "ro"], "ro"],
    ["else in the edition's first language that is", ["en", "it"], "it"],
    ["be it the second", ["en"], "en"],
    ["and in no language that the edition does not speak", ["ar"], "ro"],
  ])("%s", async (_, approved, expected) => {
    const report = ({ error }: Unreadable) => {
      throw error;
    };
    const languages = ["it", "en"];
    const spoken = await openStores(database, { secrets, edition: "test", languages, report });
    const told = approved.map((language) => ({ name: `template_${nth}`, language, at: new Date() }));
    await spoken.templates.note(told.map((one) => ({ ...one, state: "approved" })));
    const address = `romanian ${nth}`;
    const session = newSession({ language: "ro" });
    await greet(spoken, address, {
      session,
      effects: [{ kind: "openTicket", number: 10_000 + nth, text: "?" }],
    });
    expect(await spoken.desk.tickets.answer(10_000 + nth, "!", false, notice)).toMatchObject({ told: true });
    const rooms = [{ channel: "telegram", replies: 99, notices: 99 }];
    const claimed = (await spoken.outbox.claim(rooms, 60_000)).find((one) => one.address === address);
    expect(claimed?.message).toMatchObject({ text: "in ro", template: { language: expected } });
  });
});

test("the limit is the one told last, by its date", async () => {
  const { dailyLimits } = stores;
  expect(await dailyLimits.told()).toBeUndefined();
  await dailyLimits.note(2000, new Date("2026-11-02"));
  await dailyLimits.note(250, new Date("2026-11-01"));
  expect(await dailyLimits.told()).toBe(2000);
  await dailyLimits.note("unlimited", new Date("2026-11-03"));
  expect(await dailyLimits.told()).toBe("unlimited");
});

describe("who blocks us or unsubscribes", () => {
  const address = () => `p${nth}`;
  const signal = (kind: Signal["kind"]): Signal => ({ kind, channel: "telegram", addresses: [address()] });

  /** Somebody who wants reminders, with one of a campaign and an answer waiting to be sent. */
  async function wishing(): Promise<string> {
    const contactId = await greet(stores, address());
    await turn(stores, address(), {
      effects: [
        { kind: "remind", of: "vote", channel: "telegram", address: address(), said: { by: "button" } },
      ],
      sends: [reply(address(), "Va bene."), reply(address(), "Si vota!", { kind: "notice" })],
    });
    await database.prisma.outbox.updateMany({
      where: { contactId, kind: "NOTICE" },
      data: { campaign: "vote" },
    });
    return contactId;
  }

  const stateOf = async (contactId: string) => {
    const where = { contactId };
    const [wishes, consents, outbox, { unreachableAt }] = await Promise.all([
      database.prisma.reminder.count({ where }),
      database.prisma.consent.findMany({ where, orderBy: { id: "asc" } }),
      database.prisma.outbox.findMany({ where, orderBy: { id: "asc" } }),
      database.prisma.address.findFirstOrThrow({ where }),
    ]);
    return {
      wishes,
      withdrawn: consents.filter(({ act }) => act === "WITHDRAWN").map(({ by }) => by),
      notice: outbox.find(({ campaign }) => campaign !== null),
      reply: outbox.find(({ campaign }) => campaign === null)?.state,
      reachable: unreachableAt === null,
    };
  };

  test.each([
    ["blocked", false],
    ["unsubscribed", true],
  ] as const)("%s: nothing is wanted any more, and what waits is called back", async (kind, reachable) => {
    const contactId = await wishing();
    await stores.signals.heed([signal(kind), signal(kind)]);
    expect(await stateOf(contactId)).toEqual({
      ...{ wishes: 0, withdrawn: [kind], reply: "READY", reachable },
      notice: expect.objectContaining({ state: "FAILED", sealed: null, reason: kind }),
    });
  });

  test("who lets us write again can be reached, and wants nothing until they say so", async () => {
    const contactId = await wishing();
    await stores.signals.heed([signal("blocked"), signal("unblocked")]);
    expect(await stateOf(contactId)).toMatchObject({ wishes: 0, withdrawn: ["blocked"], reachable: true });
  });

  test("what others have is theirs, and who is not known is passed over", async () => {
    const contactId = await wishing();
    await stores.signals.heed([
      { ...signal("blocked"), addresses: ["nobody"] },
      { ...signal("blocked"), channel: "whatsapp" },
    ]);
    expect(await stateOf(contactId)).toMatchObject({ wishes: 1, withdrawn: [], reachable: true });
  });
});
