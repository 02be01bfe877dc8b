import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Database } from "../../prisma/client.ts";
import { purge } from "../../prisma/purge.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  arrival,
  greet,
  newFrame,
  newSecrets,
  newSession,
  openTestStores,
  pendingOf,
  reply,
  roomOn,
} from "../support/stores.ts";

const DAY_MS = 86_400_000;

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

describe("settings", () => {
  const anchor = z.object({ day: z.string() });

  it("are remembered, and overwritten", async () => {
    expect(await stores.settings.get("anchor", anchor)).toBeUndefined();
    await stores.settings.set("anchor", { day: "2026-01-01" });
    await stores.settings.set("anchor", { day: "2026-01-02" });
    expect(await stores.settings.get("anchor", anchor)).toEqual({ day: "2026-01-02" });
  });

  it("are decided once where several processes start together", async () => {
    const given = ["a", "b", "c"].map((value) => stores.settings.getOrSet("first", z.string(), value));
    const decided = new Set(await Promise.all(given));
    expect(decided.size).toBe(1);
    expect(await stores.settings.getOrSet("first", z.string(), "z")).toBe([...decided][0]);
  });
});

describe("the mailbox of the demo", () => {
  it("shows the latest first, and keeps nothing in clear", async () => {
    await stores.mailbox.deliver({ to: "ada@example.org", subject: "Codice", text: "123456" });
    await stores.mailbox.deliver({ to: "ugo@example.org", subject: "Copia", text: "Ecco" });
    const latest = await stores.mailbox.latest(10);
    expect(latest.map(({ to }) => to)).toEqual(["ugo@example.org", "ada@example.org"]);
    expect(latest[1]).toMatchObject({ subject: "Codice", text: "123456", at: expect.any(Date) });
    const rows = await database.prisma.demoMail.findMany();
    expect(rows.map(({ sealed }) => Buffer.from(sealed).toString("latin1")).join()).not.toContain("ada@");
  });
});

describe("the history of a phone", () => {
  it("gives what came after an entry, and writes the same key once", async () => {
    const { phoneHistory } = stores;
    const first = await phoneHistory.append("telegram/a", {
      direction: "in",
      payload: { text: "ciao" },
      key: "k1",
    });
    const second = await phoneHistory.append("telegram/a", { direction: "out", payload: ["x"] });
    await phoneHistory.append("telegram/b", { direction: "out", payload: null, key: "k1" });
    expect(await phoneHistory.append("telegram/a", { direction: "in", payload: "again", key: "k1" })).toBe(
      first,
    );
    expect(await phoneHistory.after("telegram/a", 0n, 10)).toEqual([
      { id: first, at: expect.any(Date), direction: "in", payload: { text: "ciao" }, key: "k1" },
      { id: second, at: expect.any(Date), direction: "out", payload: ["x"] },
    ]);
    expect(await phoneHistory.after("telegram/a", first, 10)).toMatchObject([{ id: second }]);
  });
});

describe("the purge", () => {
  it("removes what was done 30 days ago, and nothing that waits", async () => {
    await greet(stores, "old", {
      session: newSession({ parked: [newFrame("f")] }),
      sends: [reply("old", "inviata"), reply("old", "in attesa")],
      effects: [
        { kind: "offerDraft", code: "1", frame: "f", until: new Date(Date.now() + DAY_MS).toISOString() },
      ],
    });
    const [sent] = await stores.outbox.claim(roomOn(["telegram"], 1), 60_000);
    await stores.outbox.settle([{ id: sent?.id ?? 0n, accepted: 1, as: "sent", platformId: "p" }]);
    await stores.inbox.receive([arrival("old", "aspetta")]);

    const in29Days = new Date(Date.now() + 29 * DAY_MS);
    expect(await purge(database, in29Days)).toEqual({ inbox: 0, outbox: 0, offeredDrafts: 1 });
    const in31Days = new Date(Date.now() + 31 * DAY_MS);
    expect(await purge(database, in31Days)).toEqual({ inbox: 1, outbox: 1, offeredDrafts: 0 });
    expect((await pendingOf(stores, "old")).messages).toHaveLength(1);
    expect(await database.prisma.outbox.count()).toBe(1);
  });
});
