import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Effect } from "../../core/effects.ts";
import type { Database } from "../../prisma/client.ts";
import { lookupAddress } from "../../prisma/places.ts";
import { createSealer } from "../../prisma/seal.ts";
import type { Stores } from "../../prisma/stores.ts";
import { wishesOf } from "../support/campaigns.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  answer,
  arrival,
  newFrame,
  newSecrets,
  newSession,
  openTestStores,
  pendingOf,
  reply,
  roomOn,
  textsOf,
} from "../support/stores.ts";

const channel = "whatsapp";
const secrets = newSecrets();
const sealer = createSealer(secrets);

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, secrets);
});
afterAll(() => database.close());

/** Ids that no other test has. */
let number: string;
let userId: string;
beforeEach(() => {
  number = `39${randomUUID()}`;
  userId = `IT.${randomUUID()}`;
});

const write = (address: string, aliases: readonly string[] = [], text = "ciao") =>
  stores.inbox.receive([arrival(address, text, { channel, ...(aliases.length > 0 && { aliases }) })]);

async function ownerOf(id: string): Promise<string | undefined> {
  const lookup = lookupAddress(sealer, channel, id);
  const found = await database.prisma.address.findUnique({ where: { channel_lookup: { channel, lookup } } });
  return found?.contactId;
}

/** Answers all that waits of whoever wrote from there last. */
async function answerTo(address: string, session = newSession(), effects: readonly Effect[] = []) {
  const pending = await pendingOf(stores, address);
  const saved = await stores.conversations.save([answer(pending, { session, effects })]);
  expect(saved.has(pending.contactId)).toBe(true);
  return pending.contactId;
}

const sessionOf = async (address: string) => (await pendingOf(stores, address)).session;

describe("one person with several ids", () => {
  it("is one contact from the first message on, whichever of them comes next", async () => {
    await write(number, [userId], "uno");
    await write(userId, [userId], "due");
    await write(number, [], "tre");
    expect(await ownerOf(number)).toBe(await ownerOf(userId));
    expect(textsOf(await pendingOf(stores, number))).toEqual(["uno", "due", "tre"]);
  });

  it("is one contact where the first messages come all at once, and twice", async () => {
    const first = Array.from({ length: 10 }, (_, n) =>
      arrival(n % 2 ? number : userId, `${n}`, { channel, aliases: [userId] }),
    );
    await Promise.all([...first, ...first].map((one) => stores.inbox.receive([one])));
    expect(await ownerOf(number)).toBe(await ownerOf(userId));
    expect(textsOf(await pendingOf(stores, number))).toEqual(first.map((_, n) => `${n}`));
  });

  it("without a number is known by the user id, and keeps the conversation when the number shows", async () => {
    await write(userId, [userId]);
    const before = await answerTo(userId, newSession({ language: "en" }));
    await write(number, [userId]);
    expect(await ownerOf(number)).toBe(before);
    expect(await sessionOf(number)).toMatchObject({ language: "en" });
  });

  it("whose number was known before user ids were keeps the conversation", async () => {
    await write(number);
    const before = await answerTo(number, newSession({ language: "en" }));
    await write(number, [userId]);
    expect(await ownerOf(userId)).toBe(before);
  });

  it("keeps the conversation with a number that is new to us", async () => {
    await write(number, [userId]);
    const before = await answerTo(number, newSession({ language: "en" }));
    const other = `39${randomUUID()}`;
    await write(other, [userId]);
    expect(await ownerOf(other)).toBe(before);
    expect(await sessionOf(other)).toMatchObject({ language: "en" });
  });

  it("costs the known nothing: no new contacts, no new addresses", async () => {
    await write(number, [userId]);
    const count = () => Promise.all([database.prisma.contact.count(), database.prisma.address.count()]);
    const before = await count();
    for (const text of ["uno", "due"]) await write(number, [userId], text);
    expect(await count()).toEqual(before);
  });
});

describe("two contacts who turn out to be one", () => {
  const code = () => randomUUID();
  const proposal = (own: string): Effect => ({
    kind: "submitProposal",
    code: own,
    text: {
      challenge: "spid",
      title: "Sportello",
      need: "",
      solution: "",
      reach: "",
      involved: "",
      place: "",
      cost: 3000,
      conflicts: "",
    },
    by: { name: "Ada", surname: "Rossi", email: "ada@posta.it" },
  });
  const wish = (of: string, address: string): Effect => ({
    kind: "remind",
    of,
    channel,
    address,
    said: { by: "button" },
  });

  it("become the one whose conversation was used last, with everything of both", async () => {
    const [first, second] = [code(), code()];
    await write(number);
    const old = await answerTo(number, newSession({ counter: 7, parked: [newFrame("a")] }), [
      proposal(first),
      wish("vote", number),
      wish("promote", number),
    ]);
    await write(userId, [userId]);
    const kept = await answerTo(userId, newSession({ language: "en", counter: 3, parked: [newFrame("a")] }), [
      proposal(second),
      wish("vote", userId),
    ]);
    expect(kept).not.toBe(old);
    const ticket = { edition: "test", number: 1 };
    await database.prisma.ticket.create({ data: { ...ticket, contactId: old, sealed: Buffer.from([1]) } });
    await write(number, [], "waiting");
    await write(number, [userId], "joined");

    expect([await ownerOf(number), await ownerOf(userId)]).toEqual([kept, kept]);
    expect(await database.prisma.contact.findUnique({ where: { id: old } })).toBeNull();
    expect(await database.prisma.ticket.findFirst({ where: ticket })).toMatchObject({ contactId: kept });
    const pending = await pendingOf(stores, number);
    expect(textsOf(pending)).toEqual(["waiting", "joined"]);
    expect(pending.session).toMatchObject({ language: "en", parked: [{ id: "8" }, { id: "a" }] });
    const found = await stores.conversations.find(kept, { kind: "ownProposals" });
    expect(found.map((one) => one.code).sort()).toEqual([first, second].sort());
    // Sealed anew for the one who is kept, and its own where both had a wish.
    expect(await wishesOf(stores, kept, ["promote", "vote"])).toMatchObject([
      { of: "promote", unreachable: false },
      { of: "vote", unreachable: false },
    ]);
  });

  it("take along what hangs on either, whatever is added", async () => {
    const tables = await database.prisma.$queryRaw<{ name: string }[]>`
      SELECT conrelid::regclass::text AS name FROM pg_constraint
      WHERE contype = 'f' AND confrelid = '"Contact"'::regclass ORDER BY 1`;
    // A table that is missing here has to be moved by prisma/merge.ts, or is lost with the other contact.
    expect(tables.map(({ name }) => name.replaceAll('"', ""))).toEqual([
      "Accompaniment",
      "Address",
      "BallotLink",
      "BallotSession",
      "BallotTie",
      "CampaignRecipient",
      "CityUser",
      "CoDesigner",
      "Consent",
      "Facilitator",
      "Inbox",
      "OfferedDraft",
      "Outbox",
      "Proposal",
      "QuestionnaireAnswer",
      "Reminder",
      "TestCode",
      "Ticket",
    ]);
  });

  it("who is the only one with a conversation is kept, however old it is", async () => {
    await write(userId, [userId]);
    const old = await answerTo(userId);
    await write(number);
    await write(number, [userId]);
    expect(await ownerOf(number)).toBe(old);
  });

  it("lose nothing of what is being stored meanwhile", async () => {
    await write(number);
    await write(userId, [userId]);
    const texts = Array.from({ length: 40 }, (_, n) => `${n}`);
    await Promise.all([
      ...texts.map((text, n) => write(n % 2 ? number : userId, n % 2 ? [] : [userId], text)),
      write(number, [userId], "joined"),
    ]);
    const pending = await pendingOf(stores, number);
    expect([...textsOf(pending)].sort()).toEqual(["ciao", "ciao", "joined", ...texts].sort());
  });

  it("answers that were being written for the one who is gone are not saved, and are written again", async () => {
    await write(userId, [userId]);
    await answerTo(userId);
    await write(number, [], "in hand");
    const inHand = await pendingOf(stores, number);
    await write(number, [userId], "joined");
    const saved = await stores.conversations.save([answer(inHand, { sends: [reply(number, "stale")] })]);
    expect([...saved]).toEqual([]);
    expect(textsOf(await pendingOf(stores, number))).toEqual(["in hand", "joined"]);
  });
});

describe("a number that passed to somebody else", () => {
  it("comes with another user id, and gets nothing of the one who had it", async () => {
    await write(number, [userId]);
    const before = await answerTo(number, newSession({ parked: [newFrame("a")] }));
    const stranger = `IT.${randomUUID()}`;
    await write(number, [stranger], "chi siete?");
    const owner = await ownerOf(number);
    expect(owner).toBe(await ownerOf(stranger));
    expect(owner).not.toBe(before);
    expect(await sessionOf(number)).toBeNull();
    // The one who had it is still known by the id that stays.
    expect(await ownerOf(userId)).toBe(before);
  });
});

describe("a change that the platform tells", () => {
  const newNumber = () => `39${randomUUID()}`;

  it("keeps the conversation, and lets what waits go to the new number", async () => {
    const [to, newId] = [newNumber(), `IT.${randomUUID()}`];
    await write(number, [userId]);
    const pending = await pendingOf(stores, number);
    await stores.conversations.save([
      answer(pending, {
        sends: [reply(number, "due", { channel: `${channel}` })],
        effects: [{ kind: "remind", of: "later", channel, address: number, said: { by: "button" } }],
      }),
    ]);
    await stores.contacts.move([{ channel, from: [number, userId], address: to, aliases: [newId] }]);

    expect([await ownerOf(to), await ownerOf(newId)]).toEqual([pending.contactId, pending.contactId]);
    expect([await ownerOf(number), await ownerOf(userId)]).toEqual([undefined, undefined]);
    const [claimed] = await stores.outbox.claim(roomOn([channel], 100), 60_000);
    expect(claimed).toMatchObject({ address: to, message: { text: "due" } });
    if (claimed) await stores.outbox.settle([{ id: claimed.id, accepted: 1, as: "sent", platformId: "w" }]);
    expect(await wishesOf(stores, pending.contactId, ["later"])).toMatchObject([{ unreachable: false }]);
    // Whoever gets the old number begins anew.
    await write(number, [`IT.${randomUUID()}`]);
    expect(await ownerOf(number)).not.toBe(pending.contactId);
  });

  it("does the same when it is told twice, or after the first message from the new number", async () => {
    const [to, newId] = [newNumber(), `IT.${randomUUID()}`];
    await write(number, [userId]);
    const before = await answerTo(number, newSession({ language: "en" }));
    await write(to, [newId], "sono io");
    const move = { channel, from: [number, userId], address: to, aliases: [newId] };
    await stores.contacts.move([move]);
    await stores.contacts.move([move, move]);
    expect([await ownerOf(to), await ownerOf(newId)]).toEqual([before, before]);
    expect(await sessionOf(to)).toMatchObject({ language: "en" });
  });

  it("of somebody unknown makes nobody", async () => {
    const before = await database.prisma.contact.count();
    await stores.contacts.move([{ channel, from: [number, userId], address: newNumber() }]);
    expect(await database.prisma.contact.count()).toBe(before);
  });
});

describe("when somebody wrote last", () => {
  it("goes with what is to be sent to them unasked, on whichever of their ids", async () => {
    const own = `window ${randomUUID()}`;
    await stores.inbox.receive([arrival(number, "ciao", { channel: own, aliases: [userId] })]);
    const pending = await pendingOf(stores, number);
    const notice = reply(userId, "promemoria", { channel: own, kind: "notice" });
    await stores.conversations.save([answer(pending, { sends: [notice] })]);
    const [claimed] = await stores.outbox.claim(roomOn([own], 1), 60_000);
    expect(Math.abs((claimed?.heardAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("is written once an hour at most, and again after it", async () => {
    const heardAt = async () => {
      const lookup = lookupAddress(sealer, channel, number);
      const row = await database.prisma.address.findUnique({
        where: { channel_lookup: { channel, lookup } },
      });
      return row?.heardAt?.getTime();
    };
    const set = (ago: number) =>
      database.prisma.address.updateMany({
        where: { lookup: lookupAddress(sealer, channel, number) },
        data: { heardAt: new Date(Date.now() - ago) },
      });
    await write(number);
    await set(50 * 60_000);
    const before = await heardAt();
    await write(number);
    expect(await heardAt()).toBe(before);
    await set(70 * 60_000);
    await write(number);
    expect(await heardAt()).toBeGreaterThan(before ?? 0);
  });
});
