import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Effect } from "../../core/effects.ts";
import type { Database } from "../../prisma/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  answer,
  arrival,
  greet,
  newFrame,
  newSecrets,
  newSession,
  openTestStores,
  pendingOf,
  reply,
  turn,
} from "../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

const by = { name: "Ada", surname: "Rossi", email: "ada@example.org" };
const text = {
  challenge: "spid",
  title: "Sportello in piazza",
  need: "Chi non usa il telefono resta fuori.",
  solution: "Un banco al mercato.",
  reach: "Un giorno in ogni Comune.",
  involved: "Le associazioni.",
  place: "Le piazze.",
  cost: 3000,
  conflicts: "",
};
const submit = (code: string): Effect => ({ kind: "submitProposal", code, text, by });
const inOneHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function codesFor(address: string, kind: "proposals" | "ownProposals"): Promise<readonly string[]> {
  const contactId = await contactOf(address);
  return (await stores.conversations.find(contactId, { kind })).map(({ code }) => code);
}

/** The contact behind an address, whatever waits of it. */
async function contactOf(address: string): Promise<string> {
  await stores.inbox.receive([arrival(address, "…")]);
  return (await pendingOf(stores, address)).contactId;
}

describe("proposals", () => {
  it("are found as they were submitted, the latest first, their proponent sealed", async () => {
    await greet(stores, "a1", { effects: [submit("A-1")] });
    await turn(stores, "a1", { effects: [submit("A-2")] });
    const contactId = await contactOf("a1");
    const own = await stores.conversations.find(contactId, { kind: "ownProposals" });
    expect(own).toEqual([
      { ...text, code: "A-2", state: "submitted", by },
      { ...text, code: "A-1", state: "submitted", by },
    ]);
    const row = await database.prisma.proposal.findUniqueOrThrow({ where: { code: "A-1" } });
    expect(Buffer.from(row.proponent ?? []).toString("latin1")).not.toContain("Rossi");
  });

  it("are withdrawn by their own contact alone, pressed once or twice, and only before they are judged", async () => {
    await greet(stores, "b1", { effects: [submit("B-1")] });
    await greet(stores, "b2");
    const effects: readonly Effect[] = [{ kind: "withdrawProposal", code: "B-1" }];
    expect(await turn(stores, "b2", { effects })).toBe(false);
    expect(await turn(stores, "b1", { effects: [...effects, ...effects] })).toBe(true);
    expect(await codesFor("b2", "proposals")).not.toContain("B-1");
    expect(await codesFor("b1", "ownProposals")).toEqual(["B-1"]);
    await database.prisma.proposal.update({ where: { code: "B-1" }, data: { state: "ADMITTED" } });
    expect(await turn(stores, "b1", { effects })).toBe(false);
  });

  it("of another edition are not seen", async () => {
    await greet(stores, "c1", { effects: [submit("C-1")] });
    await database.prisma.proposal.update({ where: { code: "C-1" }, data: { edition: "other" } });
    expect(await codesFor("c1", "proposals")).not.toContain("C-1");
    expect(await codesFor("c1", "ownProposals")).toEqual([]);
  });

  it("have each contact once among those who work on them, with what was said last", async () => {
    await greet(stores, "d1", { effects: [submit("D-1")] });
    await greet(stores, "d2", { effects: [{ kind: "joinCoDesign", code: "D-1", by }] });
    await turn(stores, "d2", {
      effects: [{ kind: "joinCoDesign", code: "D-1", by: { ...by, association: "Pro loco" } }],
    });
    expect(await database.prisma.coDesigner.count({ where: { proposal: { code: "D-1" } } })).toBe(1);
    expect(await turn(stores, "d2", { effects: [{ kind: "joinCoDesign", code: "none", by }] })).toBe(false);
  });
});

describe("a turn with effects", () => {
  it("is saved whole or not at all", async () => {
    await greet(stores, "e1");
    await stores.inbox.receive([arrival("e1", "invia")]);
    const seen = await pendingOf(stores, "e1");
    const wrong = answer(seen, {
      session: newSession({ misses: 9 }),
      sends: [reply("e1", "inviata")],
      effects: [submit("E-1"), { kind: "withdrawProposal", code: "nobody" }],
    });
    expect([...(await stores.conversations.save([wrong]))]).toEqual([]);
    expect(await database.prisma.proposal.count({ where: { code: "E-1" } })).toBe(0);
    expect(await database.prisma.outbox.count({ where: { contactId: seen.contactId } })).toBe(0);
    expect(await pendingOf(stores, "e1")).toEqual(seen);
  });

  it("writes no effect where somebody else saved the contact meanwhile", async () => {
    await stores.inbox.receive([arrival("e2", "invia")]);
    const seen = await pendingOf(stores, "e2");
    const saves = ["E-2a", "E-2b", "E-2c"].map((code) =>
      stores.conversations.save([answer(seen, { effects: [submit(code)] })]),
    );
    expect((await Promise.all(saves)).filter(({ size }) => size > 0)).toHaveLength(1);
    expect(await codesFor("e2", "ownProposals")).toHaveLength(1);
  });

  it("is not saved where another has the code already", async () => {
    await greet(stores, "e3", { effects: [submit("E-3")] });
    expect(await turn(stores, "e3", { effects: [submit("E-3")] })).toBe(false);
    expect(await turn(stores, "e3", { effects: [submit("E-4")] })).toBe(true);
  });
});

describe("a draft offered on one channel", () => {
  const frame = newFrame("f-7");
  const offer = (code: string, until = inOneHour()): Effect => ({
    kind: "offerDraft",
    code,
    frame: "f-7",
    until,
  });
  const take = (code: string): Effect => ({ kind: "takeDraft", code });
  const find = async (code: string) =>
    stores.conversations.find(await contactOf("finder"), { kind: "offeredDraft", code });

  it("is taken once by whoever types its code, and leaves where it was", async () => {
    await greet(stores, "f1", { session: newSession({ active: [frame] }), effects: [offer("123456")] });
    await greet(stores, "f2");
    await greet(stores, "f3");
    expect(await find("123456")).toEqual(frame);
    const session = newSession({ active: [frame] });
    const takers = ["f2", "f3"].map((one) => turn(stores, one, { session, effects: [take("123456")] }));
    expect((await Promise.all(takers)).sort()).toEqual([false, true]);
    expect(await find("123456")).toBeNull();
    await stores.inbox.receive([arrival("f1", "e io?")]);
    expect(await pendingOf(stores, "f1")).toMatchObject({ version: 2, session: { active: [] } });
  });

  it("does not undo a turn that its owner is having: that one is thought over", async () => {
    await greet(stores, "g1", { session: newSession({ parked: [frame] }), effects: [offer("222222")] });
    await greet(stores, "g2");
    await stores.inbox.receive([arrival("g1", "scrivo ancora")]);
    const seen = await pendingOf(stores, "g1");
    expect(await turn(stores, "g2", { effects: [take("222222")] })).toBe(true);
    expect((await stores.conversations.save([answer(seen)])).size).toBe(0);
    expect((await pendingOf(stores, "g1")).session?.parked).toEqual([]);
  });

  it("stays with its owner where the owner types the code", async () => {
    const session = newSession({ active: [frame] });
    await greet(stores, "h1", { session, effects: [offer("333333")] });
    expect(await turn(stores, "h1", { session, effects: [take("333333")] })).toBe(true);
    await stores.inbox.receive([arrival("h1", "ok")]);
    expect((await pendingOf(stores, "h1")).session).toEqual(session);
  });

  it("is gone when its time is over, or its owner has sent it", async () => {
    const session = newSession({ active: [frame] });
    const over = new Date(Date.now() - 1000).toISOString();
    await greet(stores, "i1", { session, effects: [offer("444444", over)] });
    await greet(stores, "i2", { session, effects: [offer("555555")] });
    await turn(stores, "i2", { session: newSession() });
    await greet(stores, "i3");
    for (const code of ["444444", "555555", "000000"]) {
      expect(await find(code)).toBeNull();
      expect(await turn(stores, "i3", { effects: [take(code)] })).toBe(false);
    }
  });
});
