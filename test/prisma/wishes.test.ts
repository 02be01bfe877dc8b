import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Effect } from "../../core/effects.ts";
import type { SaidBy } from "../../core/reminders/wishes.ts";
import type { Database } from "../../prisma/client.ts";
import type { OutboxState } from "../../prisma/generated/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  answer,
  arrival,
  greet,
  newSecrets,
  openTestStores,
  pendingOf,
  reply,
  roomOn,
  turn,
} from "../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

const wish = (of: string, address: string, words?: string, channel = "telegram"): Effect => ({
  kind: "remind",
  of,
  channel,
  address,
  said: { by: "button", ...(words && { words }) },
});
const forget = (of?: string): Effect => ({
  kind: "forgetReminders",
  channel: "telegram",
  said: { by: "word" },
  ...(of && { of }),
});
const prefer = (how: object): Effect => ({
  kind: "preferReminders",
  channel: "telegram",
  said: { by: "button" },
  ...how,
});

const wishesOf = (contactId: string) => stores.conversations.find(contactId, { kind: "wishes" });
const heldOf = (contactId: string) => stores.conversations.find(contactId, { kind: "held" });
/** What is kept as proof, without its day. */
const proofOf = async (contactId: string) =>
  (await heldOf(contactId)).consents.map(({ on: _, ...consent }) => consent);

/** Lets a contact have a message of a campaign in the outbox. */
async function campaignTo(contactId: string, given: { state: OutboxState; begunAt?: Date }) {
  const address = await database.prisma.address.findFirstOrThrow({ where: { contactId } });
  const { id } = await database.prisma.outbox.create({
    data: {
      contactId,
      channel: address.channel,
      lookup: address.lookup,
      kind: "NOTICE",
      sealed: Buffer.from([1]),
      campaign: "voto",
      ...given,
    },
  });
  return async () => (await database.prisma.outbox.findUniqueOrThrow({ where: { id } })).state;
}

/** Somebody who writes in two chats that turned out to be theirs. */
async function inTwoChats(name: string, effects: readonly Effect[] = []): Promise<string> {
  const contactId = await greet(stores, name, { effects });
  await stores.inbox.receive([arrival(name, "ciao", { channel: "whatsapp" })]);
  const other = await pendingOf(stores, name);
  await stores.conversations.save([answer(other)]);
  const where = { contactId: other.contactId };
  await database.prisma.address.updateMany({ where, data: { contactId } });
  return contactId;
}

describe("What somebody wants to be told", () => {
  it("is kept with the proof of who said so, how, and below which words", async () => {
    const contactId = await greet(stores, "a", {
      effects: [wish("news", "a", "remind.offer:it:00000000"), wish("phase_opens", "a")],
    });
    expect(await wishesOf(contactId)).toEqual({
      of: ["news", "phase_opens"],
      hours: "any",
      chat: "telegram",
      chats: ["telegram"],
      withdrawn: false,
    });
    const given = { act: "given", by: "button", channel: "telegram" };
    const first = { ...given, of: "news", words: "remind.offer:it:00000000" };
    expect(await proofOf(contactId)).toEqual([first, { ...given, of: "phase_opens" }]);
    await turn(stores, "a", { effects: [wish("news", "a"), wish("phase_opens", "a")] });
    expect(await proofOf(contactId)).toHaveLength(2);
  });

  it("is taken back one by one, or all at once: saying so twice is noted once", async () => {
    const contactId = await greet(stores, "b", { effects: ["news", "vote"].map((of) => wish(of, "b")) });
    await turn(stores, "b", { effects: [forget("news"), forget("news")] });
    expect(await wishesOf(contactId)).toMatchObject({ of: ["vote"], withdrawn: false });
    for (let said = 0; said < 3; said++) await turn(stores, "b", { effects: [forget()] });
    expect(await wishesOf(contactId)).toMatchObject({ of: [], withdrawn: true });
    const withdrawn = { act: "withdrawn", by: "word", channel: "telegram" };
    expect((await proofOf(contactId)).slice(2)).toEqual([{ ...withdrawn, of: "news" }, withdrawn]);
    await turn(stores, "b", { effects: [wish("vote", "b")] });
    expect(await wishesOf(contactId)).toMatchObject({ of: ["vote"], withdrawn: false });
  });

  it("is wanted by nobody who said «stop» before wanting anything", async () => {
    const contactId = await greet(stores, "c", { effects: [forget()] });
    expect(await wishesOf(contactId)).toMatchObject({ of: [], withdrawn: true });
    expect(await proofOf(contactId)).toHaveLength(1);
  });

  it("calls back what is on its way, and nothing that was begun or asked for", async () => {
    const contactId = await greet(stores, "d", { effects: [wish("phase_opens", "d")] });
    const states = [
      await campaignTo(contactId, { state: "READY" }),
      await campaignTo(contactId, { state: "SENDING" }),
      await campaignTo(contactId, { state: "SENDING", begunAt: new Date() }),
    ];
    await turn(stores, "d", { effects: [forget()], sends: [reply("d", "Va bene.")] });
    expect(await Promise.all(states.map((state) => state()))).toEqual(["FAILED", "FAILED", "SENDING"]);
    const replies = await database.prisma.outbox.count({
      where: { contactId, kind: "REPLY", state: "READY" },
    });
    expect(replies).toBe(1);
  });

  it("comes at their hours, of their Comune, in the chat of theirs that they chose", async () => {
    const contactId = await inTwoChats("e", [wish("phase_opens", "e")]);
    const how = [prefer({ hours: "evening" }), prefer({ comune: "vigolzone" }), prefer({ chat: "whatsapp" })];
    await turn(stores, "e", { effects: how });
    expect(await wishesOf(contactId)).toEqual({
      of: ["phase_opens"],
      hours: "evening",
      comune: "vigolzone",
      chat: "whatsapp",
      chats: ["telegram", "whatsapp"],
      withdrawn: false,
    });
    await turn(stores, "e", { effects: [prefer({ comune: null }), prefer({ chat: "fax" })] });
    expect(await wishesOf(contactId)).not.toHaveProperty("comune");
    expect((await proofOf(contactId)).map(({ of, act }) => `${of} ${act}`)).toEqual([
      "phase_opens given",
      "hours given",
      "comune given",
      "chat given",
      "comune withdrawn",
    ]);
  });

  it("does not concern a vote that they say they have cast, until they say that they have not", async () => {
    const contactId = await greet(stores, "f", { effects: [{ kind: "noteVoted", voted: true }] });
    expect((await heldOf(contactId)).votedIn).toBe("test");
    await turn(stores, "f", { effects: [{ kind: "noteVoted", voted: false }] });
    expect(await heldOf(contactId)).not.toHaveProperty("votedIn");
  });
});

describe("A platform", () => {
  it.each<["blocked" | "unsubscribed" | "unreachable", number]>([
    ["blocked", 1],
    ["unreachable", 1],
    ["unsubscribed", 0],
  ])("that tells that somebody is %s ends what they wanted there, once", async (by, unreachable) => {
    const contactId = await inTwoChats(by, [wish("news", by), wish("vote", by)]);
    await turn(stores, by, { effects: [wish("phase_opens", by, undefined, "whatsapp")] });
    const state = await campaignTo(contactId, { state: "READY" });
    for (let told = 0; told < 2; told++) await stores.consents.withdraw("telegram", [by, "nobody"], by);
    expect(await wishesOf(contactId)).toMatchObject({ of: ["phase_opens"], chat: "whatsapp" });
    expect((await proofOf(contactId)).filter(({ act }) => act === "withdrawn")).toEqual([
      { act: "withdrawn", by, channel: "telegram" },
    ]);
    expect(await state()).toBe("FAILED");
    const where = { contactId, unreachableAt: { not: null } };
    expect(await database.prisma.address.count({ where })).toBe(unreachable);
  });

  it("that unblocks somebody starts nothing: they write again, and it is off", async () => {
    const contactId = await greet(stores, "back", { effects: [wish("news", "back")] });
    await stores.consents.withdraw("telegram", ["back"], "blocked");
    await stores.inbox.receive([arrival("back", "eccomi")]);
    expect(await wishesOf(contactId)).toMatchObject({ of: [], chats: ["telegram"], withdrawn: true });
  });

  it("that cannot bring a message ends it too, at once or when it learns of it later", async () => {
    const contactIds = ["now", "later"].map((name) =>
      greet(stores, name, { effects: [wish("news", name)], sends: [reply(name, "ciao")] }),
    );
    const [now = "", later = ""] = await Promise.all(contactIds);
    const claimed = await stores.outbox.claim(roomOn(["telegram"], 100), 60_000);
    const settle = (contactId: string) => claimed.find((one) => one.contactId === contactId)?.id ?? 0n;
    await stores.outbox.settle([
      { id: settle(now), accepted: 0, as: "unreachable", reason: "403" },
      { id: settle(later), accepted: 1, as: "sent", platformId: "later" },
    ]);
    const failed = { channel: "telegram", platformId: "later", as: "failed" } as const;
    await stores.deliveries.report([{ ...failed, at: new Date(), reason: "131026", unreachable: true }]);
    for (const contactId of [now, later]) {
      expect(await wishesOf(contactId)).toMatchObject({ of: [], withdrawn: true });
      expect((await proofOf(contactId)).at(-1)).toEqual({
        act: "withdrawn",
        by: "unreachable" satisfies SaidBy,
        channel: "telegram",
      });
    }
  });

  it("whose number passed to somebody else tells them nothing of what its former owner wanted", async () => {
    const contactId = await greet(stores, "passed", { effects: [wish("news", "passed")] });
    await turn(stores, "passed", { effects: [{ kind: "partFrom", channel: "telegram", address: "passed" }] });
    expect((await heldOf(contactId)).reminders).toEqual([]);
    expect((await proofOf(contactId)).at(-1)).toMatchObject({ act: "withdrawn", by: "parted" });
  });
});

describe("Two contacts that turn out to be one person", () => {
  const join = (number: string, userId: string) =>
    stores.inbox.receive([arrival(number, "sono io", { channel: "whatsapp", aliases: [userId] })]);
  const met = async (address: string, aliases: readonly string[], effects: readonly Effect[]) => {
    await stores.inbox.receive([
      arrival(address, "ciao", { channel: "whatsapp", ...(aliases.length > 0 && { aliases }) }),
    ]);
    const pending = await pendingOf(stores, address);
    await stores.conversations.save([answer(pending, { effects })]);
    return pending.contactId;
  };
  const on = (of: string, address: string) => wish(of, address, undefined, "whatsapp");

  it("want what either wanted, and what one withdrew later is withdrawn", async () => {
    await met("n1", [], [on("news", "n1"), on("vote", "n1"), prefer({ hours: "morning" })]);
    const kept = await met("u1", ["u1"], [on("phase_opens", "u1"), on("vote", "u1"), forget("vote")]);
    await join("n1", "u1");
    expect((await wishesOf(kept)).of.toSorted()).toEqual(["news", "phase_opens"]);
    expect((await wishesOf(kept)).hours).toBe("morning");
    expect(await proofOf(kept)).toHaveLength(6);
  });

  it("want nothing where the later word of either was «stop»", async () => {
    await met("n2", [], [on("news", "n2")]);
    const kept = await met("u2", ["u2"], [forget()]);
    await join("n2", "u2");
    expect(await wishesOf(kept)).toMatchObject({ of: [], withdrawn: true });
  });

  it("want what was wished after the «stop» of the other", async () => {
    await met("n3", [], [forget()]);
    const kept = await met("u3", ["u3"], [on("news", "u3")]);
    await join("n3", "u3");
    expect((await wishesOf(kept)).of).toEqual(["news"]);
  });
});

describe("News of one's own proposal", () => {
  const text = {
    ...{ challenge: "connessa", title: "Sportello in piazza", need: "Serve.", solution: "Un banco." },
    ...{ reach: "", involved: "", place: "", cost: 3000, conflicts: "" },
  };
  const by = { name: "Ada", surname: "Rossi", email: "ada@example.org" };
  const submit = (code: string): Effect => ({ kind: "submitProposal", code, text, by });
  const refused = (code: string) =>
    stores.desk.commission.decide(
      code,
      { decision: "refused", because: "No.", again: false },
      { today: "2026-10-25" },
      () => () => ({ text: "Non ammessa.", choices: [] }),
    );

  it("go to the chat in which they are wanted, and the office is told so", async () => {
    const contactId = await inTwoChats("news-a", [submit("N-1"), wish("news", "news-a")]);
    await stores.inbox.receive([arrival("news-a", "ciao", { channel: "whatsapp" })]);
    expect(await refused("N-1")).toEqual({ kind: "done", told: true });
    const notices = await database.prisma.outbox.findMany({ where: { contactId, kind: "NOTICE" } });
    expect(notices.map(({ channel, campaign }) => [channel, campaign])).toEqual([["telegram", null]]);
  });

  it("do not go to who said «stop», and the office is told that, too", async () => {
    const contactId = await greet(stores, "news-b", { effects: [submit("N-2"), wish("news", "news-b")] });
    await turn(stores, "news-b", { effects: [forget()] });
    expect(await refused("N-2")).toEqual({ kind: "done", told: false });
    expect(await database.prisma.outbox.count({ where: { contactId, kind: "NOTICE" } })).toBe(0);
  });
});

it("Whoever is forgotten leaves neither wishes nor proofs", async () => {
  const contactId = await greet(stores, "z", {
    effects: [wish("news", "z"), prefer({ comune: "vigolzone" })],
  });
  await turn(stores, "z", { effects: [{ kind: "eraseContact" }] });
  const { prisma } = database;
  const where = { where: { contactId } };
  expect(await Promise.all([prisma.reminder.count(where), prisma.consent.count(where)])).toEqual([0, 0]);
});
